import { expect, test } from 'vitest';
import { counting, type LookUp } from './plural.ts';

const hebrew: Readonly<Record<string, string>> = {
  siteSessionsOne: 'one',
  siteSessionsTwo: 'two',
  siteSessionsOther: 'other $COUNT$',
};
const lookUp: LookUp = (key, count = '') => hebrew[key]?.replace('$COUNT$', count) ?? '';

test('a count is said in the form that the language has for it', () => {
  const sayCount = counting(lookUp, 'he');
  expect([1, 2, 5, 1_200].map(count => sayCount('siteSessions', count))).toEqual([
    'one',
    'two',
    'other 5',
    'other 1,200',
  ]);
});

test('a form that is not there is said in the common one', () => {
  const lacking: LookUp = (key, ...rest) => (key === 'siteSessionsTwo' ? '' : lookUp(key, ...rest));
  expect(counting(lacking, 'he')('siteSessions', 2)).toBe('other 2');
});

test('a number in a text is written as the region writes it', () => {
  const english: LookUp = (key, count = '') => (key === 'siteSessionsOther' ? count : '');
  expect(counting(english, 'en')('siteSessions', 1_200_000)).toBe('1,200,000');
  expect(counting(english, 'en-IN')('siteSessions', 1_200_000)).toBe('12,00,000');
});
