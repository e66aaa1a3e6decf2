import { expect, test } from 'vitest';
import { kept } from './kept.ts';

const before = {
  list: [
    { id: 'a', state: { is: 'open' } },
    { id: 'b', state: { is: 'open' } },
  ],
  settings: { lastTab: true, sites: ['one'] },
};

test('what was read again and is the same stays the same object', () => {
  expect(kept(before, structuredClone(before))).toBe(before);
});

test('what has changed is new, and all around it as it was', () => {
  const after = kept(before, {
    ...structuredClone(before),
    list: [
      { id: 'a', state: { is: 'owed' } },
      { id: 'b', state: { is: 'open' } },
    ],
  });
  expect(after.list.map(({ state }) => state.is)).toEqual(['owed', 'open']);
  expect(after.list[1]).toBe(before.list[1]);
  expect(after.settings).toBe(before.settings);
});

test('what has an id is found again where another left the list or came in front', () => {
  const without = kept(before.list, [structuredClone({ id: 'b', state: { is: 'open' } })]);
  expect(without).toHaveLength(1);
  expect(without[0]).toBe(before.list[1]);
  const more = kept(before.list, [{ id: 'c', state: { is: 'open' } }, ...structuredClone(before.list)]);
  expect(more.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  expect(more.slice(1)).toEqual(before.list);
  expect(more[1]).toBe(before.list[0]);
});

test('what is gone, also a value that is undefined, is not the same', () => {
  const one: Record<string, unknown> = { a: 1, b: undefined };
  expect(kept(one, { a: 1 })).toEqual({ a: 1 });
  expect(Object.keys(kept(one, { a: 1 }))).toEqual(['a']);
  expect(Object.keys(kept<Record<string, unknown>>({ a: 1 }, { a: 1, b: undefined }))).toEqual(['a', 'b']);
  expect(kept<readonly number[]>([1, 2, 3], [1, 2])).toEqual([1, 2]);
  expect(kept<unknown>([], {})).toEqual({});
  expect(kept<unknown>(null, { a: 1 })).toEqual({ a: 1 });
});
