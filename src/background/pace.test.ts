import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reuse } from '../browser/reuse.ts';
import { firstPace, learn, type Pace, restMs } from './pace.ts';

/** A server that closes a connection after `limitMs` without a request. */
const at =
  (limitMs: number) =>
  (pace: Pace): Pace =>
    learn(pace, restMs(pace) < limitMs ? 'reused' : 'new', restMs(pace));

const paceAfter = (
  times: number,
  step: (pace: Pace) => Pace,
  pace = learn(firstPace, 'new', undefined),
): Pace => (times === 0 ? pace : paceAfter(times - 1, step, step(pace)));

describe('the pace of a connection', () => {
  it.each([
    [5_000, 4_000],
    [10_000, 8_500],
    [15_000, 13_000],
    [30_000, 26_000],
    [60_000, 54_000],
    [75_000, 70_000],
    [120_000, 105_000],
    [900_000, 105_000],
  ])('at a limit of %i ms settles at a rest of %i ms', (limitMs, rest) => {
    expect(restMs(paceAfter(20, at(limitMs)))).toBe(rest);
    expect(restMs(paceAfter(21, at(limitMs)))).toBe(rest);
  });

  it('finds the connection gone twice, and then no more', () => {
    const steps = Array.from({ length: 60 }, (_, times) => paceAfter(times + 1, at(30_000)).last);
    expect(steps.filter(last => last === 'new')).toHaveLength(2);
  });

  it('takes one loss for an accident', () => {
    const settled = paceAfter(20, at(60_000));
    const once = learn(settled, 'new', restMs(settled));
    expect(restMs(once)).toBeLessThan(restMs(settled));
    expect(restMs(paceAfter(3, at(60_000), once))).toBe(restMs(settled));
  });

  it('takes nothing for proof that the computer slept through', () => {
    const settled = paceAfter(20, at(60_000));
    const slept = learn(settled, 'new', 3_600_000);
    expect(slept.lost).toEqual(settled.lost);
    expect(restMs(slept)).toBe(restMs(settled));
  });

  it('leaves a server that keeps no connection open almost alone', () => {
    const hour = { requests: 0, ms: 0 };
    for (let pace = paceAfter(40, at(0)); hour.ms < 3_600_000; pace = at(0)(pace)) {
      hour.requests++;
      hour.ms += restMs(pace);
    }
    expect(hour.requests).toBeLessThan(40);
  });

  it.each<Reuse>(['unknown', 'unanswered'])('learns nothing from %s, and asks every 20 s', reuse => {
    const pace = learn(learn(firstPace, 'new', undefined), reuse, 4_000);
    expect(restMs(pace)).toBe(20_000);
    expect(pace.step).toBe(0);
  });

  it('never rests longer than servers do, nor asks more than every 4 s, whatever it is told', () => {
    const told = fc.tuple(
      fc.constantFrom<Reuse>('reused', 'new', 'unanswered', 'unknown'),
      fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: undefined }),
    );
    fc.assert(
      fc.property(fc.array(told), all => {
        const pace = all.reduce((before, [reuse, rested]) => learn(before, reuse, rested), firstPace);
        expect(restMs(pace)).toBeGreaterThanOrEqual(4_000);
        expect(restMs(pace)).toBeLessThanOrEqual(105_000);
      }),
    );
  });
});
