import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './package/names.ts';
import { rowsOf, withRows } from './soak/summary.ts';

const noon = new Date(Date.UTC(2026, 10, 23, 12));

it('takes the counts out of what a long run says', () => {
  const output =
    '700 schedules so far\n800 schedules with 9 happenings, 7 requests and 5 faults, in 3 s.\nNever: "x"\n0 promises broken, 2 cells empty.\n';
  expect(rowsOf(output)).toBe(
    '800 schedules with 9 happenings, 7 requests and 5 faults, in 3 s. 0 promises broken, 2 cells empty.',
  );
  expect(
    rowsOf('firefox 1: killed\nfirefox: 5 known tokens, 0 lost; 1 killed before anybody knew; 0 leaks\n'),
  ).toBe('firefox: 5 known tokens, 0 lost; 1 killed before anybody knew; 0 leaks');
  expect(rowsOf('Error: gone')).toBe('it ended without a word');
});

it('puts them into the page, says what failed, and keeps what was not run again', () => {
  const page =
    'a\n<!-- soak -->\n| old | 2026-01-01 | fine |\n| mutants | 2026-01-01 | 1 |\n<!-- /soak -->\nb\n';
  const done = [
    { part: 'mutants', said: '1 of 2 found out.', good: false },
    { part: 'simulate', said: '3 schedules', good: true },
  ];
  const after = withRows(page, done, noon);
  expect(after.split('\n').slice(1, -2)).toEqual([
    '<!-- soak -->',
    '| run | when | what came of it |',
    '|---|---|---|',
    '| old | 2026-01-01 | fine |',
    '| mutants | 2026-11-23 | **failed**: 1 of 2 found out. |',
    '| simulate | 2026-11-23 | 3 schedules |',
    '<!-- /soak -->',
  ]);
  expect(withRows(after, done, noon)).toBe(after);
});

it('finds its marks in docs/reliability.md', () => {
  const page = readFileSync(join(root, 'docs', 'reliability.md'), 'utf8');
  expect(withRows(page, [], noon)).toBe(page);
});
