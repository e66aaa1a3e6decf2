import { expect, test } from 'vitest';
import { type Cell, cellsOf } from './cells.ts';
import { linesOf, rowOf } from './table.ts';
import { shownOf, type Try } from './try.ts';

const cell: Cell = {
  browser: 'chromium',
  table: 'cross',
  guard: 'off',
  ending: 'SIGKILL',
  worker: 'asleep',
  line: 'warm',
  roundTripMs: 300,
  sessions: 1,
  at: 'sites',
  tries: 2,
};
const at = Date.UTC(2026, 10, 23);
const alive: Try = { version: '156', at, tokens: 1, afterMs: [], afterGoneMs: [], asked: [0] };
const dead: Try = { ...alive, afterMs: [120], afterGoneMs: [80], goneMs: 40, asked: [1] };

test('a log-off that never comes stands in its row, and so does one that the next start has lost', () => {
  const tries = [dead, { ...alive, afterNextStartMs: [790] }, { ...alive, afterNextStartMs: [] }];
  expect(rowOf({ cell, tries, build: 'current' })).toBe(
    '| SIGKILL | asleep | 300 | 1 of 3 | 120 (120–120) | 1 of 2: 790 (790–790) | 0–1 | 2026-11-23 |',
  );
});

test('a browser that did not end has no time for it', () => {
  expect(rowOf({ cell: { ...cell, table: 'guard' }, tries: [alive], build: 'current' })).toBe(
    '| SIGKILL | asleep | 300 | 0 of 1 | – | – | – | 0 | 2026-11-23 |',
  );
});

test('what was made again is counted, what went wrong after the end is told, and an older build is called one', () => {
  const lines = linesOf('chromium', 'cross', [
    {
      cell,
      tries: [
        { ...dead, madeAgain: 2 },
        { ...alive, trouble: 'no end', madeAgain: 0 },
      ],
      build: 'current',
    },
    { cell, tries: [dead], build: 'older' },
  ]).join('\n');
  expect(lines).toContain(
    'Tries of the latest build: 2; begun again, because they had not got as far as the end: 2.',
  );
  expect(lines).toContain('| 2026-11-23, an older build |');
  expect(lines).toContain('- SIGKILL, asleep, 300 ms, Guard off: no end');
});

test('tries of another build count for nothing, and are shown only until there are enough of this one', () => {
  const [older, another, now] = [alive, { ...alive, build: 'a' }, { ...dead, build: 'b' }];
  expect(shownOf(cell, [older, another, another], 'b')).toEqual({ current: [], older: [another, another] });
  expect(shownOf(cell, [older, another, now], 'b')).toEqual({ current: [now], older: [another] });
  expect(shownOf(cell, [older, now, now], 'b')).toEqual({ current: [now, now], older: [] });
});

test('with the Guard and without it the same ends are tried, awake and asleep, near and far', () => {
  const told = (table: 'cross' | 'guard') =>
    cellsOf('firefox', table).map(
      ({ ending, worker, roundTripMs }) => `${ending}, ${worker}, ${roundTripMs}`,
    );
  expect(told('guard')).toEqual(told('cross'));
  expect(new Set(told('guard')).size).toBe(4 * 2 * 3 + 3);
});
