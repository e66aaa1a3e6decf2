import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import type { Plugin } from 'vite';

const messagesSchema = v.record(
  v.string(),
  v.object({
    message: v.string(),
    description: v.optional(v.string()),
    placeholders: v.optional(
      v.record(v.string(), v.object({ content: v.string(), example: v.optional(v.string()) })),
    ),
  }),
);

/** The texts of a build as the browser wants them: what is said in them to translators stays here. */
export function packedTexts(): Plugin {
  let outDir = '';
  return {
    name: 'packed-texts',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      const folder = join(outDir, '_locales');
      for (const language of readdirSync(folder)) {
        const file = join(folder, language, 'messages.json');
        writeFileSync(file, packTexts(readFileSync(file, 'utf8')));
      }
    },
  };
}

/** One language's file, without descriptions, examples and blanks, and with `$1` where that says as much as a name. */
export function packTexts(text: string): string {
  const messages = v.parse(messagesSchema, JSON.parse(text));
  const packed = Object.entries(messages).map(([key, { message, placeholders = {} }]) => {
    const plain = Object.entries(placeholders).reduce(
      (words, [name, { content }]) => words.replaceAll(new RegExp(`\\$${name}\\$`, 'gi'), () => content),
      message,
    );
    if (isPlain(plain)) return [key, { message: plain }] as const;
    const contents = Object.entries(placeholders).map(([name, { content }]) => [name, { content }] as const);
    return [key, { message, placeholders: Object.fromEntries(contents) }] as const;
  });
  return JSON.stringify(Object.fromEntries(packed));
}

/** Whether no two of them stand so that a browser could take what is between for a placeholder's name. */
function isPlain(message: string): boolean {
  return !/\$[a-z0-9_@]+\$/i.test(message) && !/\$\d\d/.test(message) && !message.includes('$$');
}
