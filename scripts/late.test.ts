import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lateIn } from './late.ts';

let build = '';
const put = (name: string, text: string) => writeFileSync(join(build, name), text);

beforeEach(() => {
  build = mkdtempSync(join(tmpdir(), 'late-'));
  mkdirSync(join(build, 'assets'));
  put('assets/page.js', 'import{a as b}from"./shared.js";b()');
  put('assets/shared.js', 'import"./other.js";export const a=()=>1');
  put('assets/other.js', '');
});
afterEach(() => rmSync(build, { recursive: true, force: true }));

it('finds what a page imports and does not name', () => {
  const own = '<script type="module" src="/assets/page.js"></script>';
  put('page.html', own);
  expect(lateIn(build, 'page.html')).toEqual(['assets/shared.js', 'assets/other.js']);
  put('page.html', `${own}<link rel="modulepreload" href="/assets/shared.js">`);
  expect(lateIn(build, 'page.html')).toEqual(['assets/other.js']);
});

it('wants a script', () => {
  put('page.html', '<p>Nothing</p>');
  expect(() => lateIn(build, 'page.html')).toThrow('no script');
});
