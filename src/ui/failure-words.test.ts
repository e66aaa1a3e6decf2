import { expect, test } from 'vitest';
import type { Obstacle } from '../session/session.ts';
import { english } from './english.ts';
import { failureWords } from './failure-words.ts';

const words = (obstacle: Obstacle) => failureWords(obstacle, 'https://acme.fogbugz.com/', english);

const failures: readonly Obstacle[] = [
  { is: 'unreachable', why: 'Failed to fetch' },
  { is: 'timed-out', afterMs: 10_000 },
  { is: 'redirected' },
  { is: 'too-large' },
  { is: 'not-fogbugz', status: 404 },
  { is: 'unavailable', status: 503 },
  { is: 'refused', code: 7, message: 'No' },
  { is: 'refused', code: 7, message: '' },
  { is: 'not-permitted' },
];

test.each(failures)('$is names the site, and does not speak of a log-off that nobody asked for', failure => {
  const { happened, advice } = words(failure);
  expect(happened).toContain('acme.fogbugz.com');
  expect(`${happened} ${advice}`).not.toMatch(/log-off|need not do anything/);
});

test('a refusal quotes the server', () => {
  expect(words({ is: 'refused', code: 28, message: 'In maintenance' }).happened).toBe(
    'acme.fogbugz.com said no: “In maintenance” (FogBugz error 28)',
  );
});
