import { describe, expect, it } from 'vitest';
import { happenings } from './happenings/all.ts';
import { mistakes } from './mistakes.ts';
import { simulate } from './simulate.ts';

const minutes = 60_000;

const idle = 'a call that fails has to be there';
const brief =
  'the Guard works for few turns, and this is rare: schedules made for it are in the long command';

/** What these seeds need not bring about, and why. */
const unreached: Readonly<Record<string, string>> = {
  'storage fails, waiting for nothing': idle,
  'call fails, waiting for nothing': idle,
  'last window, waiting for the Guard': brief,
  'close private windows, waiting for the Guard': brief,
  'dead cookie back, waiting for the Guard': brief,
  'forget, waiting for the Guard': brief,
  'key out, waiting for the Guard': brief,
  'change rules, waiting for the Guard': brief,
  'remove the site, waiting for the Guard': brief,
  'call fails, waiting for the Guard': brief,
};

describe('the whole extension in a simulated browser', () => {
  it(
    'keeps its promises, whatever happens at whatever await point',
    async () => {
      const { broken, coverage, happened, lived, faults } = await simulate({ count: 1_500 });
      expect(broken.map(({ schedule, promise }) => `--seed ${schedule.seed}: ${promise}`)).toEqual([]);
      expect(happened / lived).toBeGreaterThanOrEqual(30);
      expect(faults / lived).toBeGreaterThan(5);
      // The seeds are the same each time: what they reach changes with the product or the simulation alone.
      const empty = coverage.emptyInGroups(happenings.keys());
      expect(empty.filter(cell => !Object.hasOwn(unreached, cell))).toEqual([]);
      expect(coverage.points().length).toBeGreaterThan(25);
    },
    10 * minutes,
  );
});

describe('a product with a mistake', () => {
  it.each(Object.entries(mistakes))(
    'is found out: %s',
    async (_, { breaks, ...mistake }) => {
      const { broken } = await simulate({ count: 1_000, mistake, stopsAt: 'first' });
      expect(broken.map(({ promise }) => promise).join('\n')).toMatch(breaks);
    },
    10 * minutes,
  );
});
