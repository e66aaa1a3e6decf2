import { describe, expect, it } from 'vitest';
import { happenings } from './happenings/all.ts';
import { mistakes } from './mistakes.ts';
import { simulate } from './simulate.ts';

const minutes = 60_000;

describe('the whole extension in a simulated browser', () => {
  it(
    'keeps its promises, whatever happens at whatever await point',
    async () => {
      const { broken, coverage, happened, lived } = await simulate({ count: 500 });
      expect(broken.map(({ schedule, promise }) => `--seed ${schedule.seed}: ${promise}`)).toEqual([]);
      expect(happened / lived).toBeGreaterThan(25);
      const came = new Set(coverage.cells().map(([cell]) => cell.split('|')[0]));
      expect([...happenings.keys()].filter(name => !came.has(name))).toEqual([]);
      expect(coverage.points().length).toBeGreaterThan(25);
    },
    10 * minutes,
  );
});

describe('a product with a mistake', () => {
  it.each(Object.entries(mistakes))(
    'is found out: %s',
    async (_, { breaks, ...mistake }) => {
      const { broken } = await simulate({ count: 400, mistake, stopsAt: 'first' });
      expect(broken.map(({ promise }) => promise).join('\n')).toMatch(breaks);
    },
    10 * minutes,
  );
});
