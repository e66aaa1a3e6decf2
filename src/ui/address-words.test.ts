import { expect, test } from 'vitest';
import { tidyAddress } from '../browser/addresses.ts';
import { badAddressWords } from './address-words.ts';
import { english } from './english.ts';

test.each([
  ['', /not an address/],
  ['ftp://files.example.com', /not one of a web page/],
  ['https://ada:secret@fogbugz.example.com', /name or a password/],
])('%j is explained', (text, meaning) => {
  const outcome = tidyAddress(text);
  if (outcome.is !== 'bad-address') throw new Error('taken for an address');
  const { happened, advice } = badAddressWords(outcome, english.say);
  expect(happened).toMatch(meaning);
  expect(`${happened} ${advice}`).not.toContain('secret');
});
