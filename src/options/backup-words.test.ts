import { expect, it } from 'vitest';
import { english } from '../ui/english.ts';
import { importedWords, refusalWords } from './backup-words.ts';

it('says why a file was refused, and that nothing was changed', () => {
  expect(refusalWords({ is: 'unreadable', name: 'idleMinutes' }, english)).toEqual({
    tone: 'bad',
    happened: 'The value of “When I am away from the computer” in this file makes no sense.',
    advice: 'Nothing was changed.',
  });
  for (const is of ['not-a-backup', 'newer', 'too-large'] as const) {
    expect(refusalWords({ is }, english)).toMatchObject({ tone: 'bad', advice: 'Nothing was changed.' });
  }
});

it('says what of a file was not taken', () => {
  expect(importedWords([], [], english)).toEqual({ tone: 'good', happened: 'The settings are imported.' });
  expect(importedWords(['sound', 'x'], ['lock'], english).advice).toBe(
    'Left as it is, because your administrator has set it: “When the screen is locked”. ' +
      'Left out, because this version does not know it: “sound” and “x”.',
  );
});
