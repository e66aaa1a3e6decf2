import { expect, test } from 'vitest';
import { localeFor } from './language.ts';

test('writes dates the way of the region that the user prefers', () => {
  expect(localeFor('en', ['de-DE', 'en-GB', 'en-US'])).toBe('en-GB');
});

test('never mixes a date in another language into the texts', () => {
  expect(localeFor('en', ['nl-NL', 'nl'])).toBe('en');
  expect(localeFor('en', ['enm'])).toBe('en');
});
