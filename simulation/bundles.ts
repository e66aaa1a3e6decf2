import files from 'node:fs';
import filesLater from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import type { Bundles, Vendor } from './programs.ts';

/**
 * A slip made on purpose: `find`, which stands in the file exactly once, becomes `replace`.
 */
export type Mistake = { readonly file: string; readonly find: string; readonly replace: string };

/** Modules of the world outside a program, by name, and what is imported from them. */
type Outside = Readonly<Record<string, readonly string[]>>;

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles a program as it is built for its users, but as the text of a function: whoever calls that starts the
 * program once more, with a world of its own in place of the real one.
 */
async function bundle(entry: string, outside: Outside, mistake?: Mistake, define = {}): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    define: { __GIVEN_SERVERS__: '[]', ...define },
    plugins: [withOutside(outside), ...(mistake ? [withMistake(mistake)] : [])],
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: `${root}${entry}`, formats: ['iife'], name: 'program' },
    },
  });
  const [{ output: [chunk] = [] } = {}] = Array.isArray(built) ? built : [];
  if (chunk?.type !== 'chunk') throw new Error(`${entry} was not bundled`);
  return `${chunk.code}\nreturn typeof program === 'undefined' ? undefined : program;`;
}

export async function makeBundles(mistake?: Mistake): Promise<Bundles> {
  const inRoom = (...rooms: readonly string[]) =>
    mistake && rooms.some(room => mistake.file.startsWith(room)) ? mistake : undefined;
  const common = ['src/session/', 'src/fogbugz/', 'src/token.ts', 'src/guard-messages.ts'];
  const worker = (vendor: Vendor) =>
    bundle(
      'src/background/worker.ts',
      { 'webextension-polyfill': [] },
      inRoom('src/background/', 'src/browser/', ...common),
      { __FIREFOX__: String(vendor === 'firefox') },
    );
  const [chromium, firefox, guard, fogbugz] = await Promise.all([
    worker('chromium'),
    worker('firefox'),
    bundle('simulation/entries/guard.ts', guardOutside, inRoom('src/guard/', ...common)),
    bundle('simulation/entries/fogbugz.ts', fogbugzOutside),
  ]);
  return { worker: { chromium, firefox }, guard, fogbugz };
}

const guardOutside: Outside = {
  'node:fs/promises': Object.keys(filesLater),
  'node:fs': Object.keys(files),
  'node:child_process': ['spawn', 'execFile'],
  'node:timers/promises': ['setTimeout'],
  'node:crypto': ['randomUUID'],
  'node:events': ['setMaxListeners'],
  'node:stream/consumers': ['text'],
  'node:path': Object.keys(path),
  'node:util': ['parseArgs'],
};

const fogbugzOutside: Outside = {
  'node:timers/promises': ['setTimeout'],
  'node:crypto': ['randomBytes'],
  busboy: [],
};

function withOutside(outside: Outside): Plugin {
  return {
    name: 'outside',
    enforce: 'pre',
    resolveId: id => (Object.hasOwn(outside, id) ? `\0outside:${id}` : undefined),
    load(id) {
      const name = id.startsWith('\0outside:') ? id.slice('\0outside:'.length) : undefined;
      if (name === undefined) return undefined;
      const from = `__outside[${JSON.stringify(name)}]`;
      const names = (outside[name] ?? []).map(one => `export const ${one} = ${from}.${one};`);
      return `export default ${from};\n${names.join('\n')}`;
    },
  };
}

function withMistake({ file, find, replace }: Mistake): Plugin {
  let made = false;
  return {
    name: 'mistake',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith(`/${file}`)) return undefined;
      if (code.split(find).length !== 2) throw new Error(`${file} does not have this once: ${find}`);
      made = true;
      return code.replace(find, () => replace);
    },
    buildEnd() {
      if (!made) this.warn(`${file} is no part of this program`);
    },
  };
}

/** The simulator itself as one file of JavaScript, for threads. */
export async function makePart(outDir: string): Promise<string> {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: { ssr: `${root}simulation/part.ts`, outDir, emptyOutDir: true, target: 'node20' },
  });
  return `${outDir}/part.js`;
}
