import { expect, test } from 'vitest';
import { states } from './states.ts';

test('no two states of one page share a name, so that each can be asked for', () => {
  const names = states.map(({ page, name }) => `${page} ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

test('every state can be sent and stored: it is plain data', () => {
  expect(structuredClone(states)).toEqual(states);
});
