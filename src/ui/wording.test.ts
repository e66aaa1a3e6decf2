import { describe, expect, test } from 'vitest';
import { triggers } from '../session/session.ts';
import { defaultSettings } from '../session/settings.ts';
import { viewWith } from '../session/stage/samples.ts';
import { english } from './english.ts';
import {
  because,
  personAndSource,
  personSourceAndSince,
  protection,
  rulesInForce,
  sinceWords,
} from './wording.ts';

const { say } = english;
const noon = Date.UTC(2026, 2, 14, 12);
const session = viewWith({
  since: noon - 3 * 3_600_000,
  person: { name: 'Grace Hopper', email: 'grace@acme.example' },
  seenAliveAt: noon - 2 * 60_000,
});

test('every trigger has words of its own', () => {
  const reasons = triggers.map(trigger => because(trigger, say));
  expect(new Set(reasons).size).toBe(triggers.length);
  expect(reasons).not.toContain('');
});

describe('whose session it is', () => {
  test('names the person and the source', () => {
    expect(personAndSource(session, say)).toBe('Grace Hopper\u00a0· web session');
  });

  test('does without a name that is not known yet, and mentions a private window', () => {
    expect(personAndSource({ ...session, person: undefined, private: true }, say)).toBe(
      'web session\u00a0· private window',
    );
  });

  test('mentions a container tab', () => {
    expect(personAndSource({ ...session, container: true }, say)).toBe(
      'Grace Hopper\u00a0· web session\u00a0· container tab',
    );
  });

  test('calls an API key by its name, wherever it came from', () => {
    expect(personAndSource({ ...session, source: 'pasted', kind: 'api-key' }, say)).toBe(
      'Grace Hopper\u00a0· API key',
    );
  });
});

describe('since when', () => {
  test('tells when the server last said that it is alive', () => {
    expect(sinceWords(session, noon, english)).toBe('On since 09:00\u00a0· confirmed 2 min ago');
    expect(sinceWords({ ...session, seenAliveAt: noon }, noon, english)).toBe(
      'On since 09:00\u00a0· confirmed just now',
    );
  });

  test('does not claim so when the server was never asked', () => {
    expect(sinceWords({ ...session, seenAliveAt: undefined }, noon, english)).toBe('On since 09:00');
  });
});

test('one of several sessions has a line for all of that', () => {
  expect(personSourceAndSince(session, noon, english)).toBe(
    'Grace Hopper\u00a0· web session\u00a0· since 09:00',
  );
});

describe('what is protected', () => {
  const noClose = { ...defaultSettings, browserClose: false };
  const byHand = { ...noClose, lastTab: false };

  test('is the close and the next start, and a crash only where the Guard covers it', () => {
    expect(protection([defaultSettings], 'not-covered', say)).toBe('Protected: at close · next start');
    expect(protection([defaultSettings], 'covered', say)).toBe(
      'Protected: at close · after a crash · next start',
    );
  });

  test('is nothing at the close once the user turned that off', () => {
    expect(protection([noClose], 'covered', say)).toMatch(/last tab, not at browser close/);
    expect(protection([byHand], 'covered', say)).toMatch(/by hand/);
    expect(protection([{ ...byHand, lock: true }], 'covered', say)).toMatch(/not log off at browser close/);
  });

  test('is not claimed for all when a site of an open session has rules of its own', () => {
    const settings = { ...defaultSettings, exceptions: { [session.site]: { browserClose: false } } };
    const other = { ...session, id: '2', site: 'https://beta.fogbugz.com/' };
    expect(protection(rulesInForce([session, other], settings), 'covered', say)).toMatch(
      /^Not every session/,
    );
    expect(protection(rulesInForce([session], settings), 'covered', say)).toMatch(/not at browser close/);
    expect(protection(rulesInForce([other], settings), 'covered', say)).toMatch(/^Protected/);
    expect(protection(rulesInForce([], settings), 'covered', say)).toMatch(/^Protected/);
  });

  test('always is a private session, which ends with the last private window', () => {
    expect(protection(rulesInForce([{ ...session, private: true }], byHand), 'covered', say)).toMatch(
      /^Protected/,
    );
  });
});
