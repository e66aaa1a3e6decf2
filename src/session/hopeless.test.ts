import { expect, test } from 'vitest';
import { isHopeless } from './hopeless.ts';

const now = Date.UTC(2026, 2, 14);
const owed = {
  is: 'owed',
  trigger: 'last-tab',
  since: now - 60_000,
  attempts: 2,
  nextTryAt: now + 40_000,
  obstacle: { is: 'unreachable', why: '' },
} as const;

test('a log-off is not given up after a bad minute', () => {
  expect(isHopeless(owed, now)).toBe(false);
});

test('it may be after eight attempts, or after a day', () => {
  expect(isHopeless({ ...owed, attempts: 8 }, now)).toBe(true);
  expect(isHopeless({ ...owed, since: now - 25 * 3_600_000 }, now)).toBe(true);
});

test('a FogBugz that is busy, or kept the session alive, is never given up', () => {
  const busy = { is: 'unavailable', status: 503, retryAfterMs: undefined } as const;
  expect(isHopeless({ ...owed, attempts: 50, obstacle: busy }, now)).toBe(false);
  expect(isHopeless({ ...owed, attempts: 50, obstacle: { is: 'still-alive' } }, now)).toBe(false);
});

test('a web page that keeps its session after every log-off may be given up', () => {
  expect(isHopeless({ ...owed, attempts: 8, obstacle: { is: 'page-still-on' } }, now)).toBe(true);
});

test('one that has not failed yet is not given up', () => {
  expect(isHopeless({ ...owed, attempts: 50, obstacle: undefined }, now)).toBe(false);
});
