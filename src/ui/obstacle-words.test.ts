import { describe, expect, test } from 'vitest';
import type { Obstacle } from '../session/session.ts';
import { english } from './english.ts';
import { obstacleWords } from './obstacle-words.ts';

const words = (obstacle: Obstacle) => obstacleWords(obstacle, 'https://acme.fogbugz.com/', english);

const obstacles: readonly Obstacle[] = [
  { is: 'unreachable', why: 'Failed to fetch' },
  { is: 'timed-out', afterMs: 10_000 },
  { is: 'redirected' },
  { is: 'too-large' },
  { is: 'not-fogbugz', status: 404 },
  { is: 'unavailable', status: 503, retryAfterMs: undefined },
  { is: 'refused', code: 7, message: 'No' },
  { is: 'still-alive' },
  { is: 'page-still-on' },
  { is: 'not-permitted' },
];

test.each(obstacles)('$is says what happened at which site, and what to do', obstacle => {
  const { happened, advice } = words(obstacle);
  expect(happened).toContain('acme.fogbugz.com');
  expect(advice).toMatch(/\.$/);
});

test('a time limit is given in seconds', () => {
  expect(words({ is: 'timed-out', afterMs: 10_000 }).happened).toBe(
    'acme.fogbugz.com did not answer within 10 seconds.',
  );
});

describe('a refusal', () => {
  test('quotes the server', () => {
    expect(words({ is: 'refused', code: 0, message: 'FogBugz is not initialized' }).happened).toBe(
      'acme.fogbugz.com refused the log-off: “FogBugz is not initialized” (FogBugz error 0)',
    );
  });

  test('does without a message that the server did not give', () => {
    expect(words({ is: 'refused', code: 7, message: '' }).happened).not.toContain('“');
  });

  test.each([
    [0, /maintenance/],
    [28, /maintenance/],
    [13, /may not do this/],
    [27, /said no/],
  ])('error %d is explained', (code, meaning) => {
    expect(words({ is: 'refused', code, message: 'x' }).advice).toMatch(meaning);
  });
});
