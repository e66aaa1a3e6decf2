import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Plugin } from 'vite';
import { root } from './package/names.ts';

/** By name: a method with its count of arguments, or a namespace with more of the same. */
type Metadata = { readonly [name: string]: Metadata | number | boolean };
const metadataSchema: v.GenericSchema<unknown, Metadata> = v.record(
  v.string(),
  v.union([v.number(), v.boolean(), v.lazy(() => metadataSchema)]),
);

/**
 * `webextension-polyfill` as far as a build has use for it. In Firefox it hands on the browser's own API; in Chromium it
 * wraps the methods of a long list, of which only those stay that our adapters name.
 */
export function leanPolyfill(browser: 'chrome' | 'firefox'): Plugin {
  return {
    name: 'lean-polyfill',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/webextension-polyfill\/dist\// },
      handler: code => ({
        code:
          browser === 'firefox' ? 'export default globalThis.browser;\n' : withOnly(code, namedInAdapters()),
        // Line by line what it was, for whoever asks what the bytes are.
        map: null,
      }),
    },
  };
}

const list = /const apiMetadata = (\{[\s\S]*?\n {6}\});/;

/** The polyfill with the methods of these names alone. */
export function withOnly(code: string, names: ReadonlySet<string>): string {
  const [found, metadata] = list.exec(code) ?? [];
  if (found === undefined || metadata === undefined) throw new Error('The polyfill has no list of methods');
  const lean = only(v.parse(metadataSchema, JSON.parse(metadata)), names);
  return code.replace(found, () => `const apiMetadata = ${JSON.stringify(lean)};`);
}

function only(metadata: Metadata, names: ReadonlySet<string>): Metadata {
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([name, value]): [string, Metadata | number | boolean][] => {
      if (typeof value !== 'object') return [[name, value]];
      if (isMethod(value)) return names.has(name) ? [[name, value]] : [];
      const inner = only(value, names);
      return names.has(name) && Object.keys(inner).length > 0 ? [[name, inner]] : [];
    }),
  );
}

function isMethod(value: Metadata): boolean {
  return typeof value.minArgs === 'number';
}

/** Every name after a dot in `src/browser`: more than is called, and nothing that is called is missing. */
function namedInAdapters(): ReadonlySet<string> {
  const folder = join(root, 'src/browser');
  const files = readdirSync(folder).filter(name => /\.ts$/.test(name) && !/\.test\./.test(name));
  const texts = files.map(name => readFileSync(join(folder, name), 'utf8'));
  return new Set(texts.flatMap(text => [...text.matchAll(/\.(\w+)/g)].map(([, name = '']) => name)));
}
