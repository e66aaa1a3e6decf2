import { describe, expect, test } from 'vitest';
import { endings } from '../session/session.ts';
import type { HistoryEntry } from '../session/view.ts';
import { english } from './english.ts';
import { lastLine, outcomeWords, reasonWords } from './history-words.ts';

const { say } = english;
const entry: HistoryEntry = {
  id: '1',
  at: Date.UTC(2026, 2, 14, 12),
  site: 'https://acme.fogbugz.com/',
  person: 'Grace Hopper',
  trigger: 'last-tab',
  outcome: 'logged-off',
  attempts: 1,
  ms: 43,
  confirmed: true,
};
const byGuard: HistoryEntry = { ...entry, trigger: 'guard', ended: 'browser-died', ms: 80 };

describe('the last log-off in one line', () => {
  test('says what, why, how fast and whether it was proven', () => {
    expect(lastLine(entry, english)).toBe(
      'Last: logged off acme.fogbugz.com, last tab closed, 43 ms, confirmed',
    );
  });

  test('does not claim a proof that there is not', () => {
    expect(lastLine({ ...entry, outcome: 'forgotten', confirmed: false }, english)).toBe(
      'Last: forgot acme.fogbugz.com, last tab closed, 43 ms, not confirmed',
    );
  });

  test('tells how soon after the end the Guard did it', () => {
    expect(lastLine(byGuard, english)).toBe(
      'Last: logged off acme.fogbugz.com by the Guard 80 ms after the browser died or was killed, confirmed',
    );
    expect(lastLine({ ...byGuard, outcome: 'already-off', ended: 'browser-closed' }, english)).toBe(
      'Last: the Guard found acme.fogbugz.com already logged off 80 ms after the browser closed, confirmed',
    );
  });

  test('does without the end where it is not known', () => {
    const { ended, ...older } = byGuard;
    expect(lastLine(older, english)).toBe(
      'Last: logged off acme.fogbugz.com, Guard, after the browser ended, 80 ms, confirmed',
    );
  });
});

test('every outcome has words of its own, and the Guard gets its credit', () => {
  const outcomes = (['logged-off', 'already-off', 'by-page', 'forgotten'] as const).map(outcome =>
    outcomeWords({ ...entry, outcome }, say),
  );
  expect(new Set(outcomes).size).toBe(4);
  expect(outcomeWords(byGuard, say)).toBe('logged off by the Guard');
  expect(outcomeWords({ ...byGuard, outcome: 'already-off' }, say)).toMatch(/already.*Guard/);
});

test('every end that the Guard saw has words of its own, as a reason and in the last line', () => {
  const each = endings.map(ended => ({ ...byGuard, ended }));
  expect(new Set(each.map(one => reasonWords(one, say))).size).toBe(endings.length);
  expect(new Set(each.map(one => lastLine(one, english))).size).toBe(endings.length);
  expect(reasonWords(byGuard, say)).toBe('browser died or was killed');
  expect(reasonWords(entry, say)).toBe('last tab closed');
});
