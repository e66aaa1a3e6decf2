import { expect, test } from 'vitest';
import type { SiteView } from '../browser/face.ts';
import { chosenSite } from './chosen-site.ts';

const site = (base: string): SiteView => ({ base, own: true, dialect: 'json', curl: { json: '', xml: '' } });
const intranet = 'https://intranet/fogbugz/';
const known = { sites: [site(intranet)], trouble: [] };
const choose = (address: string, face: Parameters<typeof chosenSite>[1] = known) =>
  chosenSite({ site: '', address }, face);

test('a site of the list is taken as it is', () => {
  expect(chosenSite({ site: intranet, address: '' }, known)).toEqual({ is: 'site', base: intranet });
});

test('an address is tidied', () => {
  expect(choose('acme.fogbugz.com/login')).toEqual({ is: 'site', base: 'https://acme.fogbugz.com/' });
  expect(choose('intranet/fogbugz/default.asp')).toEqual({ is: 'site', base: intranet });
  expect(choose('')).toMatchObject({ is: 'bad-address' });
});

test('an own server has to be added first', () => {
  expect(choose('bugs.example.com')).toEqual({ is: 'not-added', base: 'https://bugs.example.com/' });
});

test('nothing is sent to a site that the extension may not reach', () => {
  const trouble = [{ is: 'no-permission', site: intranet }] as const;
  expect(chosenSite({ site: intranet, address: '' }, { ...known, trouble })).toEqual({
    is: 'no-permission',
    base: intranet,
  });
  expect(choose('intranet/fogbugz', { ...known, trouble })).toMatchObject({ is: 'no-permission' });
});
