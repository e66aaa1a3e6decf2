import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packageName } from '../src/guard-messages.ts';
import { brokenLinks, npmScripts, readDoc, readDocs, unmarkedCommands } from './docs.ts';
import { packages, root } from './package/names.ts';
import { notRun, toRun, typed } from './typed.ts';

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

it.each(docs)('every command of $path stands where the test of the packages finds it', doc => {
  expect(unmarkedCommands(doc)).toEqual([]);
});

it('what is not run is still told to be typed, and the rest is run once each', () => {
  expect(Object.keys(notRun).filter(line => !typed(docs).includes(line))).toEqual([]);
  const lines = toRun(docs).flatMap(script => script.split('\n'));
  expect(new Set(lines).size).toBe(lines.length);
  expect(new Set([...lines, ...Object.keys(notRun)])).toEqual(new Set(typed(docs)));
});

it('takes commands out of a page, without what is said about them, and notices one that is not marked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const blocks = [
    'sh\nnpm test   # everything\ntrue "a#b" # said\n  # more of it',
    'sh\ntrue "a#b"\nfalse',
    'text\nnpm run fix',
    '\nsome drawing',
  ];
  writeFileSync(join(folder, 'page.md'), blocks.map(block => `\`\`\`${block}\n\`\`\`\n`).join('\n'));
  const page = readDoc(folder, 'page.md');
  expect(toRun([page])).toEqual(['true "a#b"', 'false']);
  expect(unmarkedCommands(page)).toEqual(['npm run fix']);
});

it.each(['src/fogbugz/library.ts', 'examples/logoff.mjs', 'docs/library.md', 'docs/guard.md'])(
  '%s calls the npm package by its name',
  file => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(new Set(text.match(/@[\w-]+\/logoff-guard\b/g))).toEqual(new Set([packageName]));
  },
);

it('the packages are called by their names where they are listed', () => {
  const text = readFileSync(join(root, 'docs/building.md'), 'utf8');
  for (const name of Object.values(packages))
    expect(text).toContain(`\`${name.replace(/\d+\.\d+\.\d+/, 'VERSION')}\``);
});
