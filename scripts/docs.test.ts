import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { brokenLinks, npmScripts, readDoc, readDocs } from './docs.ts';
import { root } from './package/names.ts';

const docs = readDocs(root);

it.each(docs)('every link of $path leads somewhere', doc => {
  expect(brokenLinks(root, doc)).toEqual([]);
});

it('notices a missing file, a missing heading, and a link into a build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/made.md'), '');
  writeFileSync(join(folder, 'other.md'), '# Two *words*, `and` more\n');
  writeFileSync(
    join(folder, 'page.md'),
    '[a](other.md#two-words-and-more) [b](other.md#gone) [c](gone.md) ![d](gone.png) [e](#here) [f](dist/made.md) [g](https://example.org)\n\n# Here\n',
  );
  expect(brokenLinks(folder, readDoc(folder, 'page.md'))).toEqual([
    'other.md#gone',
    'gone.md',
    'gone.png',
    'dist/made.md',
  ]);
});

it('every npm script that is mentioned exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const mentioned = new Set(docs.flatMap(npmScripts));
  expect(mentioned).toContain('package');
  expect([...mentioned].filter(name => !Object.hasOwn(scripts, name))).toEqual([]);
});

it.each([
  ['start', 'npm start'],
  ['sandbox', '--port'],
])('npm run %s says how it is used', (script, words) => {
  const said = execFileSync('npm', ['run', '--silent', script, '--', '--help'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(said).toContain(words);
});
