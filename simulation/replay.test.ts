import { beforeAll, expect, it } from 'vitest';
import { makeBundles } from './bundles.ts';
import { mistakes } from './mistakes.ts';
import { type Programs, programsOf } from './programs.ts';
import { replay, shrink } from './replay.ts';
import { live, scheduleOf } from './schedule.ts';

let programs: Programs;
beforeAll(async () => {
  // A worker that is asked in vain rejects here and there; in a browser that is a line in its console.
  process.on('unhandledRejection', () => undefined);
  programs = programsOf(await makeBundles());
});

it.each([1, 12, 29])('lives seed %i twice in the same way, told or not', async seed => {
  const [first, second] = [
    await replay(programs, scheduleOf(seed)),
    await replay(programs, scheduleOf(seed)),
  ];
  expect(first.split('\n').length).toBeGreaterThan(30);
  expect(second).toBe(first);
  const { journal: _, ...untold } = await live(programs, scheduleOf(seed));
  const { journal: __, ...told } = await live(programs, scheduleOf(seed), undefined, true);
  expect(untold).toEqual(told);
});

it('lives another seed in another way', async () => {
  expect(await replay(programs, scheduleOf(2))).not.toBe(await replay(programs, scheduleOf(1)));
});

it('shrinks a schedule to what breaks the promise, and tells that', { timeout: 300_000 }, async () => {
  const mistake = mistakes['the record goes before its end is sure'];
  if (!mistake) throw new Error('No such mistake');
  const broken = programsOf(await makeBundles(mistake));
  for (let seed = 1; seed < 200; seed++) {
    const schedule = scheduleOf(seed);
    if ((await live(broken, schedule)).broken === undefined) continue;
    const shortest = await shrink(broken, schedule);
    expect(shortest.steps.length).toBeLessThan(schedule.steps.length / 2);
    expect(await replay(broken, shortest)).toMatch(/^BROKEN: .*was lost/m);
    return;
  }
  throw new Error('No schedule broke anything');
});
