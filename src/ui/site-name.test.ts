import { expect, test } from 'vitest';
import { siteName } from './site-name.ts';

test('an on-demand site is known by its host', () => {
  expect(siteName('https://acme.fogbugz.com/')).toBe('acme.fogbugz.com');
});

test('an own server keeps its port and folder, so that two on one host are told apart', () => {
  expect(siteName('http://intranet:8080/fogbugz/')).toBe('intranet:8080/fogbugz');
});

test('an address that is none is shown as it is', () => {
  expect(siteName('acme')).toBe('acme');
});
