import { expect, it } from 'vitest';
import { createQueue } from './queue.ts';

it('does the same job once that is asked for in a row, and again when another came between or it has begun', async () => {
  const inTurn = createQueue();
  const done: string[] = [];
  const count = async () => void done.push('count');
  const other = async () => void done.push('other');
  const all = [inTurn(count), inTurn(count), inTurn(other), inTurn(count), inTurn(count)];
  await Promise.all(all);
  expect(done).toEqual(['count', 'other', 'count']);
  await inTurn(count);
  expect(done).toHaveLength(4);
  let again: Promise<void> | undefined;
  const within = async () => {
    done.push('within');
    again ??= inTurn(within);
  };
  await inTurn(within);
  await again;
  expect(done.slice(4)).toEqual(['within', 'within']);
});

it('says to all who asked that it failed, and goes on', async () => {
  const inTurn = createQueue();
  const fails = () => Promise.reject(new Error('no'));
  const [one, two] = [inTurn(fails), inTurn(fails)];
  await expect(one).rejects.toThrow('no');
  await expect(two).rejects.toThrow('no');
  await inTurn(async () => undefined);
});
