import { describe, expect, it } from 'vitest';
import { defaultSettings } from './settings.ts';
import { cookieIdentity, sampleStates as is, sessionWith } from './stage/samples.ts';
import { at, told } from './stage/told.ts';
import { transition, wakeAt } from './transition.ts';

const key = { kind: 'api-key', source: { is: 'pasted' } } as const;

describe('an API key', () => {
  it('is logged off when the user revokes it', () => {
    const { state, does } = told(is.unused, { is: 'revoked', at }, key);
    expect(state).toEqual({
      is: 'owed',
      trigger: 'click',
      since: at,
      attempts: 1,
      attempt: { is: 'in-flight' },
    });
    expect(does).toEqual(['log-off']);
  });

  it('is revoked although it was told to stay on this time', () => {
    expect(told(is.unused, { is: 'revoked', at }, { ...key, staysOnce: true }).does).toEqual(['log-off']);
  });

  it('leaves the extension when the user drops it, and nobody is asked or told', () => {
    const { session, does } = told(is.unused, { is: 'dropped' }, key);
    expect(session).toBeUndefined();
    expect(does).toEqual([]);
  });

  it.each(['sending', 'waiting', 'checking', 'checkWaiting'] as const)(
    'cannot be dropped or revoked again once its end is decided: %s',
    name => {
      for (const event of [{ is: 'dropped' }, { is: 'revoked', at }] as const) {
        const { before, session, does } = told(is[name], event, key);
        expect(session).toBe(before);
        expect(does).toEqual([]);
      }
    },
  );

  it('stays pasted when a cookie is found to carry it, and is asked about for no cookie', () => {
    for (const event of [
      { is: 'cookie-moved', cookie: cookieIdentity },
      { is: 'cookie-vanished' },
    ] as const) {
      const { before, session, does } = told(is.unused, event, key);
      expect(session).toBe(before);
      expect(does).toEqual([]);
    }
  });

  it('has no age and no time of day', () => {
    const settings = { ...defaultSettings, maxHours: 1, dailyAt: '12:00' };
    const one = sessionWith({ ...key, state: is.unused });
    expect(wakeAt(one, settings)).toBeUndefined();
    expect(transition(one, { is: 'due', at: 1e12 }, settings)).toEqual({ session: one, effects: [] });
  });

  it.each(['alive', 'dead', 'unknown'] as const)(
    'is kept whatever is found out about a cookie: %s',
    result => {
      const { before, session, does } = told(
        is.unused,
        { is: 'check-ended', about: 'cookie', result, at, chance: 0.5 },
        key,
      );
      expect(session).toBe(before);
      expect(does).toEqual([]);
    },
  );
});

describe('a session that is no key', () => {
  it.each(['open', 'unused', 'countingDown', 'waiting'] as const)(
    'can be neither revoked nor dropped: %s',
    name => {
      for (const source of ['logon', 'pasted'] as const) {
        for (const event of [{ is: 'dropped' }, { is: 'revoked', at }] as const) {
          const { before, session, does } = told(is[name], event, { source: { is: source } });
          expect(session).toBe(before);
          expect(does).toEqual([]);
        }
      }
    },
  );

  it.each(['logon', 'pasted'] as const)('becomes one of the web when the pages have it too: %s', source => {
    for (const state of [is.unused, is.countingDown]) {
      const { session, does } = told(
        state,
        { is: 'cookie-moved', cookie: cookieIdentity },
        { source: { is: source } },
      );
      expect(session).toMatchObject({ source: { is: 'web', cookie: cookieIdentity }, state });
      expect(does).toEqual([]);
    }
  });

  it('follows its token into another cookie', () => {
    const cookie = { ...cookieIdentity, path: '/f' };
    expect(told(is.open, { is: 'cookie-moved', cookie }).session).toMatchObject({ source: { cookie } });
  });

  it('keeps the cookie that it had once its end is decided', () => {
    const { before, session } = told(is.waiting, {
      is: 'cookie-moved',
      cookie: { ...cookieIdentity, path: '/f' },
    });
    expect(session).toBe(before);
  });
});
