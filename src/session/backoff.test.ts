import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';

const longestMs = 15 * 60_000;
const attempts = fc.integer({ min: 1, max: 10_000 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('waiting between two attempts', () => {
  it('doubles from two seconds to a quarter of an hour', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(attempt => backoff(attempt, 1) / 1000);
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  it('never takes more than the full wait nor less than half of it, however often it failed', () => {
    fc.assert(
      fc.property(attempts, chance, (attempt, dice) => {
        const full = Math.min(longestMs, 2000 * 2 ** Math.min(attempt - 1, 20));
        const wait = backoff(attempt, dice);
        expect(wait).toBeGreaterThanOrEqual(full / 2);
        expect(wait).toBeLessThanOrEqual(full);
        expect(Number.isInteger(wait)).toBe(true);
      }),
    );
  });

  it('is spread, so that not everybody comes back at once', () => {
    expect(new Set([0, 0.25, 0.5, 0.75].map(dice => backoff(5, dice))).size).toBe(4);
  });

  it('is as long as the server asks for, up to the longest wait', () => {
    fc.assert(
      fc.property(attempts, chance, fc.integer({ min: 0, max: 86_400_000 }), (attempt, dice, asked) => {
        const wait = backoff(attempt, dice, asked);
        expect(wait).toBeGreaterThanOrEqual(Math.min(asked, longestMs));
        expect(wait).toBeLessThanOrEqual(longestMs);
      }),
    );
  });
});
