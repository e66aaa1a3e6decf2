import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgets, overBudget, startedBy } from './sizes.ts';

let build = '';
const put = (name: string, text: string) => writeFileSync(join(build, name), text);

beforeEach(() => {
  build = mkdtempSync(join(tmpdir(), 'sizes-'));
  mkdirSync(join(build, 'assets'));
  put('manifest.json', JSON.stringify({ background: { service_worker: 'loader.js' } }));
  put('loader.js', `import './assets/worker.js';`);
  put('assets/worker.js', `import{a as b}from"./shared.js";import"./other.js";b()`);
  put('assets/shared.js', 'export const a=()=>1');
  put('assets/other.js', `import './shared.js'`);
  put('assets/page.js', 'x'.repeat(1_000_000));
  put('archive.zip', '');
});
afterEach(() => rmSync(build, { recursive: true, force: true }));

describe('the sizes of a build', () => {
  it.each([
    ['Chromium', { service_worker: 'loader.js' }],
    ['Firefox', { scripts: ['loader.js'] }],
  ])('count each file that the worker of %s imports, once, and no others', (_, background) => {
    put('manifest.json', JSON.stringify({ background }));
    const { chunks, bytes } = startedBy(build);
    expect(chunks.map(({ file }) => file.slice(build.length + 1))).toEqual([
      'loader.js',
      'assets/worker.js',
      'assets/shared.js',
      'assets/other.js',
    ]);
    expect(bytes).toBe(chunks.reduce((all, { code }) => all + code.length, 0));
  });

  it('are over their budgets one by one', () => {
    const archive = join(build, 'archive.zip');
    expect(overBudget(build, archive)).toEqual([]);
    put('archive.zip', 'x'.repeat(budgets.packed + 1));
    expect(overBudget(build, archive)).toEqual([
      `packed: ${budgets.packed + 1} bytes, and the budget is ${budgets.packed}`,
    ]);
    put('archive.zip', '');
    put('assets/shared.js', `export const a=()=>1//${'x'.repeat(budgets.parsed)}`);
    expect(overBudget(build, archive)).toEqual([expect.stringMatching(/^parsed: /)]);
  });
});
