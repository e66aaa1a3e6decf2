import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { backoff } from './backoff.ts';
import { type Trigger, triggers } from './session.ts';

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

describe('the list of triggers', () => {
  it('holds what the union holds', () => {
    expectTypeOf<(typeof triggers)[number]>().toEqualTypeOf<Trigger>();
    // Spelled out, so that nobody adds or drops one without meaning to: history lines of former versions name them.
    const all: Record<Trigger, true> = {
      click: true,
      shortcut: true,
      'last-tab': true,
      'private-closed': true,
      'browser-close': true,
      startup: true,
      idle: true,
      lock: true,
      'max-age': true,
      daily: true,
      replaced: true,
      'cookie-gone': true,
      'site-removed': true,
      guard: true,
    };
    expect([...triggers].sort()).toEqual(Object.keys(all).sort());
  });

  it('holds each of them once', () => {
    expect(new Set(triggers).size).toBe(triggers.length);
  });

  it('leaves no room for a trigger of another name', () => {
    expectTypeOf<'whim'>().not.toExtend<Trigger>();
    expectTypeOf<string>().not.toExtend<Trigger>();
  });
});
