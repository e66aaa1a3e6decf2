import { expect, it } from 'vitest';
import { createHandOver } from './hand-over.ts';

/** Notes left, in order; each of the first ones takes so many ms to write. */
function create(...slowMs: number[]) {
  const world = { at: 1_000, left: [] as (number | 'page')[] };
  const handOver = createHandOver({
    leaveNote: async at => {
      world.left.push(at);
      world.at += slowMs.shift() ?? 0;
    },
    leavePage: async () => void world.left.push('page'),
    now: () => world.at,
  });
  return { world, handOver };
}

it('leaves a note that is still young when it stands', async () => {
  const { world, handOver } = create(6_000, 5_001, 5_000);
  await handOver.leave();
  expect(world.left).toEqual([1_000, 7_000, 12_001]);
});

it('tells of the page only where the user is in the middle of something', async () => {
  const { world, handOver } = create();
  await handOver.leave();
  handOver.keepPage();
  await handOver.leave();
  expect(world.left).toEqual([1_000, 1_000, 'page']);
});

it('fails with the note: without it nothing may be reloaded', async () => {
  const handOver = createHandOver({
    leaveNote: () => Promise.reject(new Error('the disk is full')),
    leavePage: async () => undefined,
    now: () => 1_000,
  });
  await expect(handOver.leave()).rejects.toThrow('the disk is full');
});
