import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { scriptsFirst } from './blocking.ts';

let folder = '';
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const built = async (): Promise<string> => {
  await build({ root: folder, configFile: false, logLevel: 'silent', plugins: [scriptsFirst()] });
  return readFileSync(join(folder, 'dist', 'index.html'), 'utf8');
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blocking-'));
  put('own.js', 'document.body.append("There")');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('has the first frame wait for the script of a page', async () => {
  put('index.html', '<head><script type="module" src="/own.js"></script></head><body></body>');
  expect(await built()).toMatch(/<script type="module" blocking="render" [^>]*src="\/assets\/index-/);
});

it('wants a script', async () => {
  put('index.html', '<body>Nothing</body>');
  await expect(built()).rejects.toThrow('has no script');
});
