import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { BrowserName } from '../../../e2e/browser.ts';
import { buildOf } from '../../../e2e/stage.ts';
import { pages } from './pages.ts';

/**
 * A copy of the shipped build that shows whatever state it is told to: with another worker, and a script before each page's
 * own. Pages, styles, texts, their rules and their origin are those that are shipped.
 */
export async function withStandIns<T>(name: BrowserName, use: (extension: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  try {
    await cp(buildOf(name), folder, { recursive: true });
    const worker = join(folder, 'service-worker-loader.js');
    await rm(worker); // throws where the build's worker lies elsewhere
    await writeFile(worker, await bundled('worker.ts'));
    await writeFile(join(folder, 'stand-in.js'), await bundled('page.ts'));
    for (const path of Object.values(pages)) {
      const file = join(folder, path);
      const html = await readFile(file, 'utf8');
      await writeFile(file, html.replace('<head>', '<head><script src="/stand-in.js"></script>'));
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One script without imports, of a file beside this one. */
async function bundled(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { __FIREFOX__: 'false', __GIVEN_SERVERS__: '[]' },
    build: {
      write: false,
      minify: false,
      rollupOptions: {
        input: fileURLToPath(new URL(entry, import.meta.url)),
        output: { format: 'iife' },
      },
    },
  });
  const [script, ...more] = [built].flat().flatMap(one => ('output' in one ? one.output : []));
  if (script?.type !== 'chunk' || more.length > 0) throw new Error(`${entry} is more than one script`);
  return script.code;
}
