import { expect, test } from 'vitest';
import { directionOf, isolatedIn } from './direction.ts';

test('knows which languages run from right to left', () => {
  expect(directionOf('he')).toBe('rtl');
  expect(directionOf('ar-EG')).toBe('rtl');
  expect(directionOf('pt-BR')).toBe('ltr');
});

test('keeps an address readable between words that run from the right, and leaves others alone', () => {
  expect(isolatedIn('he', '10.0.0.1:8080/fogbugz')).toBe('\u206810.0.0.1:8080/fogbugz\u2069');
  expect(isolatedIn('de', 'acme.fogbugz.com')).toBe('acme.fogbugz.com');
});
