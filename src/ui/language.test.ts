import { expect, test } from 'vitest';
import { directionOf, localeFor } from './language.ts';

test('writes dates the way of the region that the user prefers', () => {
  expect(localeFor('en', ['de-DE', 'en-GB', 'en-US'])).toBe('en-GB');
});

test('never mixes a date in another language into the texts', () => {
  expect(localeFor('en', ['nl-NL', 'nl'])).toBe('en');
  expect(localeFor('en', ['enm'])).toBe('en');
});

test('knows which languages run from right to left', () => {
  expect(directionOf('he')).toBe('rtl');
  expect(directionOf('ar-EG')).toBe('rtl');
  expect(directionOf('pt-BR')).toBe('ltr');
});
