import { expect, test } from 'vitest';
import { counting, type LookUp } from './plural.ts';

const hebrew: Readonly<Record<string, string>> = {
  siteSessionsOne: 'one',
  siteSessionsTwo: 'two',
  siteSessionsOther: 'other $COUNT$',
};
const lookUp: LookUp = (key, count = '') => hebrew[key]?.replace('$COUNT$', count) ?? '';

test('a count is said in the form that the language has for it', () => {
  const sayCount = counting(lookUp, () => 'he');
  expect([1, 2, 5, 1_200].map(count => sayCount('siteSessions', count))).toEqual([
    'one',
    'two',
    'other 5',
    'other 1,200',
  ]);
});

test('a form that is not there is said in the common one', () => {
  const lacking: LookUp = (key, ...rest) => (key === 'siteSessionsTwo' ? '' : lookUp(key, ...rest));
  expect(counting(lacking, () => 'he')('siteSessions', 2)).toBe('other 2');
});
