import { expect, test } from 'vitest';
import { parseGrace } from './grace.ts';

test.each([
  ['0', 0],
  ['10', 10],
  [' 600 ', 600],
])('%j is a wait of %d seconds', (text, seconds) => {
  expect(parseGrace(text)).toBe(seconds);
});

test.each(['', ' ', '-1', '601', '1.5', '1e2', 'ten'])('%j is not on offer', text => {
  expect(parseGrace(text)).toBeUndefined();
});
