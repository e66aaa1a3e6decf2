import { describe, expect, test } from 'vitest';
import type { LoggedOn, TokenTaken } from '../browser/commands.ts';
import { english } from '../ui/english.ts';
import { loggedOnWords, tokenWords, unreachableWords } from './answers.ts';

const acme = 'https://acme.fogbugz.com/';
const down = { is: 'failed', obstacle: { is: 'unreachable', why: '' } } as const;
const barred = { is: 'failed', obstacle: { is: 'not-permitted' } } as const;
const openAcme = { do: 'open-site', site: acme };
const allowAcme = { do: 'allow-again', site: acme };

describe('a log-on', () => {
  const told = (answer: Exclude<LoggedOn, { is: 'logged-on' }>) => loggedOnWords(answer, acme, english);

  test('that several people could mean asks for a name, if the site does not tell them', () => {
    expect(told({ is: 'ambiguous', people: [] }).advice).toMatch(/full name/);
  });

  test('with a wrong password thinks of two-factor authentication and single sign-on too', () => {
    const { advice, offer } = told({ is: 'wrong-password' });
    expect(advice).toMatch(/two-factor.*single sign-on/);
    expect(offer).toEqual(openAcme);
  });

  test('that only the page can do leads there', () => {
    expect(told({ is: 'two-factor' }).offer).toEqual(openAcme);
    expect(told({ is: 'page-not' })).toMatchObject({ tone: 'plain', offer: openAcme });
  });

  test('that failed says why, and offers the permission that is missing', () => {
    expect(told(down)).toMatchObject({ tone: 'bad', happened: 'acme.fogbugz.com could not be reached.' });
    expect(told(barred).offer).toEqual(allowAcme);
  });
});

describe('a pasted token', () => {
  const told = (answer: Exclude<TokenTaken, { is: 'taken' }>) => tokenWords(answer, acme, english);

  test('that was not taken is told from the others', () => {
    const answers: readonly Exclude<TokenTaken, { is: 'taken' }>[] = [
      { is: 'known' },
      { is: 'not-a-token' },
      { is: 'dead' },
      down,
      barred,
    ];
    expect(new Set(answers.map(answer => told(answer).happened)).size).toBe(answers.length);
    expect(answers.map(answer => told(answer).tone)).toEqual(['plain', 'bad', 'bad', 'bad', 'bad']);
  });
});

describe('a form that was not sent', () => {
  test('sends the user to the options for a site that is not added yet', () => {
    const base = 'https://bugs.example.com/';
    const { happened, offer } = unreachableWords({ is: 'not-added', base }, english);
    expect(happened).toContain('bugs.example.com');
    expect(offer).toEqual({ do: 'open-options' });
  });

  test('offers the permission that is missing', () => {
    expect(unreachableWords({ is: 'no-permission', base: acme }, english).offer).toEqual(allowAcme);
  });

  test('explains an address that is none', () => {
    expect(unreachableWords({ is: 'bad-address', why: 'not-a-url' }, english).advice).toMatch(/address bar/);
  });
});
