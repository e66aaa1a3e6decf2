import { describe, expect, it } from 'vitest';
import type { Event } from './event.ts';
import type { Obstacle } from './session.ts';
import { defaultSettings } from './settings.ts';
import { sampleStates as is, sessionWith } from './stage/samples.ts';
import { at, chance, offline, recorded, told } from './stage/told.ts';
import { transition, wakeAt } from './transition.ts';

describe('a log-off that ended', () => {
  const ended = (result: 'logged-off' | 'already-off' | Obstacle): Event => ({
    is: 'log-off-ended',
    result,
    at,
    chance,
  });

  it('with a yes is answered, recorded without proof, and checked', () => {
    const { state, does, effects } = told(is.sending, ended('logged-off'));
    expect(state).toEqual({
      is: 'answered',
      trigger: 'click',
      since: 9_000,
      at,
      attempts: 1,
      checks: 1,
      attempt: { is: 'in-flight' },
    });
    expect(does).toEqual(['remember-dead', 'remove-cookie', 'record', 'check']);
    expect(recorded(effects)).toEqual([
      { at, trigger: 'click', outcome: 'logged-off', attempts: 1, ms: 1_000, confirmed: false },
    ]);
  });

  it('with "not logged on" is proof enough: the record may go', () => {
    const { session, does, effects } = told(is.sending, ended('already-off'));
    expect(session).toBeUndefined();
    expect(does).toEqual(['remember-dead', 'remove-cookie', 'record']);
    expect(recorded(effects)).toEqual([
      { at, trigger: 'click', outcome: 'already-off', attempts: 1, ms: 1_000, confirmed: true },
    ]);
  });

  it('counts, although nobody waited for it any more', () => {
    expect(told(is.waiting, ended('logged-off')).state).toMatchObject({ is: 'answered', attempts: 2 });
    expect(told(is.waiting, ended('already-off')).session).toBeUndefined();
  });

  it.each<Obstacle>([
    offline,
    { is: 'timed-out', afterMs: 10_000 },
    { is: 'redirected' },
    { is: 'too-large' },
    { is: 'not-fogbugz', status: 200 },
    { is: 'unavailable', status: 503 },
    { is: 'refused', code: 7, message: 'No' },
    { is: 'not-permitted' },
  ])('without an answer stays owed and waits: $is', obstacle => {
    const { state, effects } = told(is.sending, ended(obstacle));
    expect(state).toEqual({
      is: 'owed',
      trigger: 'click',
      since: 9_000,
      attempts: 1,
      attempt: { is: 'waiting', until: at + 1_500 },
      obstacle,
    });
    expect(effects).toEqual([]);
  });

  it('waits as long as the server asks', () => {
    const { session } = told(is.sending, ended({ is: 'unavailable', status: 429, retryAfterMs: 60_000 }));
    expect(session && wakeAt(session, defaultSettings)).toBe(at + 60_000);
  });

  it('never takes less than no time, whatever the clock did', () => {
    const early: Event = { is: 'log-off-ended', result: 'already-off', at: 8_000, chance };
    expect(recorded(told(is.sending, early).effects)).toMatchObject([{ ms: 0 }]);
  });
});

describe('a check that ended', () => {
  const ended = (result: 'alive' | 'dead' | 'unknown'): Event => ({
    is: 'check-ended',
    about: 'proof',
    result,
    at,
    chance,
  });

  it('with a dead token is the proof; the record may go', () => {
    const { session, does, effects } = told(is.checking, ended('dead'));
    expect(session).toBeUndefined();
    expect(does).toEqual(['record']);
    expect(recorded(effects)).toEqual([
      { at: 9_500, trigger: 'click', outcome: 'logged-off', attempts: 1, ms: 500, confirmed: true },
    ]);
  });

  it('with a live token makes it owed again, and takes back what was recorded', () => {
    const { state, does } = told(is.checking, ended('alive'));
    expect(state).toEqual({
      is: 'owed',
      trigger: 'click',
      since: 9_000,
      attempts: 1,
      attempt: { is: 'waiting', until: at + 1_500 },
      obstacle: { is: 'still-alive' },
    });
    expect(does).toEqual(['unrecord']);
  });

  it('without an answer is made again, four times in all; the yes stands', () => {
    for (const checks of [1, 2, 3]) {
      const { session, effects } = told({ ...is.checking, checks }, ended('unknown'));
      expect(session).toMatchObject({ state: { is: 'answered', checks, attempt: { is: 'waiting' } } });
      expect(effects).toEqual([]);
    }
    const { session, effects } = told({ ...is.checking, checks: 4 }, ended('unknown'));
    expect(session).toBeUndefined();
    expect(effects).toEqual([]);
  });
});

describe('forgetting', () => {
  it.each(['sending', 'waiting'] as const)('lets an owed record go that is %s, and says so', name => {
    const { session, does, effects } = told(is[name], { is: 'forgotten', at });
    expect(session).toBeUndefined();
    expect(does).toEqual(['remember-dead', 'remove-cookie', 'record']);
    expect(recorded(effects)).toMatchObject([{ outcome: 'forgotten', confirmed: false }]);
  });
});

describe('a receipt of the Guard', () => {
  const answer = { at: 9_900, ms: 80, attempts: 1, ended: 'browser-died' } as const;
  const done: Event = { is: 'guard-answered', answer: { ...answer, outcome: 'logged-off' } };
  const late: Event = { is: 'guard-answered', answer: { ...answer, outcome: 'already-off' } };
  const line = { trigger: 'guard', at: 9_900, ms: 80, attempts: 1, ended: 'browser-died' };

  it.each(['open', 'unused', 'countingDown', 'sending', 'waiting'] as const)(
    'answers a session that is %s, is checked once like any answer, and says to the end who it was',
    name => {
      const { session, state, does, effects } = told(is[name], done);
      expect(state).toMatchObject({ is: 'answered', trigger: 'guard', since: 9_820, at: 9_900, checks: 1 });
      expect(does).toEqual(['remember-dead', 'remove-cookie', 'record', 'check']);
      expect(recorded(effects)).toEqual([{ ...line, outcome: 'logged-off', confirmed: false }]);
      const proof: Event = { is: 'check-ended', about: 'proof', result: 'dead', at, chance };
      const proven = transition(session ?? sessionWith(), proof, defaultSettings);
      expect(proven.session).toBeUndefined();
      expect(recorded(proven.effects)).toEqual([{ ...line, outcome: 'logged-off', confirmed: true }]);
    },
  );

  it.each(['open', 'unused', 'countingDown', 'sending', 'waiting'] as const)(
    'ends a session that is %s where the Guard found it dead',
    name => {
      const { session, does, effects } = told(is[name], late);
      expect(session).toBeUndefined();
      expect(does).toEqual(['remember-dead', 'remove-cookie', 'record']);
      expect(recorded(effects)).toEqual([{ ...line, outcome: 'already-off', confirmed: true }]);
    },
  );

  it('is not believed where the check finds the token alive', () => {
    const { session } = told(is.open, done);
    const alive: Event = { is: 'check-ended', about: 'proof', result: 'alive', at, chance };
    const step = transition(session ?? sessionWith(), alive, defaultSettings);
    expect(step.session?.state).toMatchObject({ is: 'owed', obstacle: { is: 'still-alive' } });
    expect(step.effects).toEqual([{ do: 'unrecord' }]);
  });

  it.each(['checking', 'checkWaiting'] as const)('tells nothing of a session that is %s', name => {
    for (const event of [done, late]) {
      const { before, session, effects } = told(is[name], event);
      expect(session).toBe(before);
      expect(effects).toEqual([]);
    }
  });

  it('ends no API key, unless it was revoked', () => {
    const key = { kind: 'api-key', source: { is: 'pasted' } } as const;
    const { before, session, effects } = told(is.open, done, key);
    expect(session).toBe(before);
    expect(effects).toEqual([]);
    expect(told(is.waiting, done, key).state).toMatchObject({ is: 'answered', trigger: 'guard' });
  });
});
