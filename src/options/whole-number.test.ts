import { expect, test } from 'vitest';
import { parseWholeNumber } from './whole-number.ts';

const parse = (text: string) => parseWholeNumber(text, { least: 0, most: 600 });

test.each([
  ['0', 0],
  ['10', 10],
  [' 600 ', 600],
])('%j is %d', (text, number) => {
  expect(parse(text)).toBe(number);
});

test.each(['', ' ', '-1', '601', '1.5', '1e2', 'ten'])('%j is not on offer', text => {
  expect(parse(text)).toBeUndefined();
});

test('zero is not on offer where something has to be', () => {
  expect(parseWholeNumber('0', { least: 1, most: 240 })).toBeUndefined();
});
