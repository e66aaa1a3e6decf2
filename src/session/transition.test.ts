import { describe, expect, it } from 'vitest';
import { endsAtClose } from './ends-at-close.ts';
import type { Event } from './event.ts';
import { triggers } from './session.ts';
import { defaultSettings } from './settings.ts';
import { sampleStates as is, secret, sessionWith } from './stage/samples.ts';
import { at, chance, recorded, told } from './stage/told.ts';
import { transition, wakeAt } from './transition.ts';

const [skippable, unskippable] = [
  ['last-tab', 'idle', 'lock'] as const,
  triggers.filter(trigger => !['last-tab', 'idle', 'lock'].includes(trigger)),
];

describe('a trigger', () => {
  it.each(triggers)('%s logs an open session off', trigger => {
    const { state, does } = told(is.open, { is: 'triggered', trigger, at });
    expect(state).toEqual({ is: 'owed', trigger, since: at, attempts: 1, attempt: { is: 'in-flight' } });
    expect(does).toEqual(['log-off']);
  });

  it('does not wait for a countdown that is running', () => {
    const { state, does } = told(is.countingDown, { is: 'triggered', trigger: 'click', at });
    expect(state).toMatchObject({ is: 'owed', trigger: 'click', since: at });
    expect(does).toEqual(['log-off']);
  });

  it('sends an owed log-off at once, and keeps why it was owed', () => {
    const { state, does } = told(is.waiting, { is: 'triggered', trigger: 'shortcut', at });
    expect(state).toMatchObject({
      trigger: 'click',
      since: 9_000,
      attempts: 3,
      attempt: { is: 'in-flight' },
    });
    expect(does).toEqual(['log-off']);
  });

  it.each(triggers)('%s does not log an API key off', trigger => {
    const { before, session, effects } = told(
      is.open,
      { is: 'triggered', trigger, at },
      { kind: 'api-key', source: { is: 'pasted' } },
    );
    expect(session).toBe(before);
    expect(effects).toEqual([]);
  });
});

describe('the last tab', () => {
  const gone: Event = { is: 'tabs-seen', any: false, at };

  it('starts the countdown as it goes', () => {
    const { session, state, effects } = told(is.open, gone);
    expect(state).toEqual({ is: 'counting-down', trigger: 'last-tab', until: 20_000 });
    expect(effects).toEqual([]);
    expect(session && wakeAt(session, defaultSettings)).toBe(20_000);
  });

  it('logs off at once without a grace', () => {
    const { state, does } = told(is.open, gone, { settings: { graceSeconds: 0 } });
    expect(state).toMatchObject({ is: 'owed', trigger: 'last-tab' });
    expect(does).toEqual(['log-off']);
  });

  it('means nothing while that is switched off', () => {
    const { state, effects } = told(is.open, gone, { settings: { lastTab: false } });
    expect(state).toEqual(is.unused);
    expect(effects).toEqual([]);
  });

  it('cannot be lost by a session that no tab has used', () => {
    expect(told(is.unused, gone).state).toEqual(is.unused);
    expect(told(is.unused, { is: 'tabs-seen', any: true, at }).state).toEqual(is.open);
  });

  it('leaves an API key alone, whatever the grace', () => {
    for (const graceSeconds of [0, 10]) {
      const { state, effects } = told(is.open, gone, { kind: 'api-key', settings: { graceSeconds } });
      expect(state).toEqual(is.unused);
      expect(effects).toEqual([]);
    }
  });

  it('coming back ends the countdown', () => {
    const { state, effects } = told(is.countingDown, { is: 'tabs-seen', any: true, at });
    expect(state).toEqual(is.open);
    expect(effects).toEqual([]);
  });

  it('coming back does not end a countdown that has another reason', () => {
    const state = { is: 'counting-down', trigger: 'idle', until: 20_000 } as const;
    expect(told(state, { is: 'tabs-seen', any: true, at }).state).toEqual(state);
  });
});

describe('a countdown', () => {
  it('ends in a log-off when its time has come', () => {
    const { state, does } = told(is.countingDown, { is: 'due', at: 20_000 });
    expect(state).toMatchObject({ is: 'owed', trigger: 'last-tab', since: 20_000, attempts: 1 });
    expect(does).toEqual(['log-off']);
  });

  it('ends when the user keeps the session on, until a tab has been there again', () => {
    const kept = told(is.countingDown, { is: 'kept-on' });
    expect(kept.state).toEqual(is.unused);
    expect(kept.effects).toEqual([]);
  });
});

describe('staying logged on this time', () => {
  it('is switched on and off', () => {
    expect(told(is.open, { is: 'stay-once', on: true }).session).toMatchObject({ staysOnce: true });
    expect(told(is.open, { is: 'stay-once', on: false }, { staysOnce: true }).session).toMatchObject({
      staysOnce: false,
    });
  });

  it('skips the last tab once', () => {
    const gone: Event = { is: 'tabs-seen', any: false, at };
    const first = told(is.open, gone, { staysOnce: true });
    expect(first.session).toMatchObject({ staysOnce: false, state: is.unused });
    expect(first.effects).toEqual([]);
    expect(told(is.open, gone).state).toMatchObject({ is: 'counting-down' });
  });

  it.each(skippable)('skips %s once', trigger => {
    const { session, effects } = told(is.open, { is: 'triggered', trigger, at }, { staysOnce: true });
    expect(session).toMatchObject({ staysOnce: false, state: is.open });
    expect(effects).toEqual([]);
  });

  it.each(unskippable)('does not skip %s', trigger => {
    const { state, does } = told(is.open, { is: 'triggered', trigger, at }, { staysOnce: true });
    expect(state).toMatchObject({ is: 'owed', trigger });
    expect(does).toEqual(['log-off']);
  });

  it('skips the log-off whose seconds are running, and no later one', () => {
    const { session, effects } = told(is.countingDown, { is: 'stay-once', on: true });
    expect(session).toMatchObject({ staysOnce: false, state: is.unused });
    expect(effects).toEqual([]);
  });

  it('is not used up by a last tab that means nothing', () => {
    const { session } = told(
      is.open,
      { is: 'tabs-seen', any: false, at },
      {
        staysOnce: true,
        settings: { lastTab: false },
      },
    );
    expect(session).toMatchObject({ staysOnce: true, state: is.unused });
  });

  it('never holds off the close', () => {
    expect(endsAtClose(sessionWith({ staysOnce: true }), defaultSettings)).toBe(true);
    expect(told(is.open, { is: 'run-over', at }, { staysOnce: true }).state).toMatchObject({ is: 'owed' });
  });
});

describe('closing the browser', () => {
  const closing: Event = { is: 'closing', at };

  it('owes what the closing function has sent, and does not send it again', () => {
    const { state, effects } = told(is.open, closing);
    expect(state).toEqual({
      is: 'owed',
      trigger: 'browser-close',
      since: at,
      attempts: 1,
      attempt: { is: 'in-flight' },
    });
    expect(effects).toEqual([]);
  });

  it('counts as an attempt at what was owed before', () => {
    const { state, effects } = told(is.waiting, closing);
    expect(state).toMatchObject({ trigger: 'click', attempts: 3, attempt: { is: 'in-flight' } });
    expect(effects).toEqual([]);
  });

  it('ends a countdown early', () => {
    expect(told(is.countingDown, closing).state).toMatchObject({ is: 'owed', trigger: 'browser-close' });
    expect(told(is.countingDown, closing, { settings: { browserClose: false } }).state).toMatchObject({
      is: 'owed',
      trigger: 'last-tab',
    });
  });

  it('leaves an open session open when that is switched off', () => {
    const { state, does } = told(is.open, closing, { settings: { browserClose: false } });
    expect(state).toEqual(is.unused);
    expect(does).toEqual([]);
  });

  it.each([
    ['open', false],
    ['unused', false],
    ['sending', true],
    ['waiting', true],
    ['checking', false],
  ] as const)('ends an API key only after it was revoked (%s)', (name, ends) => {
    const key = sessionWith({ kind: 'api-key', state: is[name] });
    expect(endsAtClose(key, defaultSettings)).toBe(ends);
  });

  it.each([
    ['open', true, false],
    ['unused', true, false],
    ['countingDown', true, true],
    ['sending', true, true],
    ['waiting', true, true],
    ['checking', false, false],
    ['checkWaiting', false, false],
  ] as const)('ends a session that is %s: %s, and with the trigger switched off: %s', (name, on, off) => {
    const session = sessionWith({ state: is[name] });
    expect(endsAtClose(session, { ...defaultSettings, browserClose: true })).toBe(on);
    expect(endsAtClose(session, { ...defaultSettings, browserClose: false })).toBe(off);
  });
});

describe('a browser run that is over', () => {
  const over: Event = { is: 'run-over', at };

  it('leaves every open session owed, due at once', () => {
    for (const state of [is.open, is.unused]) {
      const { state: owed, effects } = told(state, over);
      expect(owed).toEqual({
        is: 'owed',
        trigger: 'startup',
        since: at,
        attempts: 0,
        attempt: { is: 'waiting', until: at },
      });
      expect(effects).toEqual([]);
    }
  });

  it('leaves a countdown owed for the reason that it had, with the trigger switched off too', () => {
    for (const browserClose of [true, false]) {
      expect(told(is.countingDown, over, { settings: { browserClose } }).state).toMatchObject({
        is: 'owed',
        trigger: 'last-tab',
      });
    }
  });

  it.each(['sending', 'waiting', 'checking', 'checkWaiting'] as const)('makes due what is %s', name => {
    const { session, state, effects } = told(is[name], over);
    expect(state).toMatchObject({ is: is[name].is, trigger: 'click', attempts: is[name].attempts });
    expect(session && wakeAt(session, defaultSettings)).toBe(at);
    expect(effects).toEqual([]);
  });

  it('leaves an API key, and a session with the trigger switched off, open and unused', () => {
    expect(told(is.open, over, { kind: 'api-key' }).state).toEqual(is.unused);
    expect(told(is.open, over, { settings: { browserClose: false } }).state).toEqual(is.unused);
  });
});

describe('a worker that started', () => {
  it.each(['sending', 'checking'] as const)('begins anew what another one left %s', name => {
    const { session } = told(is[name], { is: 'worker-started', at });
    expect(session && wakeAt(session, defaultSettings)).toBe(at);
  });
});

describe('what is due', () => {
  it('is the next attempt at an owed log-off', () => {
    const { state, does } = told(is.waiting, { is: 'due', at: 20_000 });
    expect(state).toMatchObject({ is: 'owed', attempts: 3, attempt: { is: 'in-flight' } });
    expect(does).toEqual(['log-off']);
  });

  it('is the next check of an answered one, and the burial again', () => {
    const { state, does } = told(is.checkWaiting, { is: 'due', at: 20_000 });
    expect(state).toMatchObject({ is: 'answered', checks: 2, attempt: { is: 'in-flight' } });
    expect(does).toEqual(['remember-dead', 'remove-cookie', 'check']);
  });

  it('comes at once when the user or the network asks', () => {
    const { state, does } = told(is.waiting, { is: 'try-now', at });
    expect(state).toMatchObject({ attempts: 3, attempt: { is: 'in-flight' } });
    expect(does).toEqual(['log-off']);
  });
});

describe('a cookie that vanished', () => {
  it.each(['open', 'unused', 'countingDown'] as const)('is asked about, while its session is %s', name => {
    const { before, session, does } = told(is[name], { is: 'cookie-vanished' });
    expect(session).toBe(before);
    expect(does).toEqual(['check']);
  });

  it('means nothing to a session that has none', () => {
    for (const source of ['logon', 'pasted'] as const) {
      expect(told(is.open, { is: 'cookie-vanished' }, { source: { is: source } }).effects).toEqual([]);
    }
  });

  it('was taken by the page when its token is dead', () => {
    const { session, does, effects } = told(is.open, {
      is: 'check-ended',
      about: 'cookie',
      result: 'dead',
      at,
      chance,
    });
    expect(session).toBeUndefined();
    expect(does).toEqual(['remember-dead', 'record']);
    expect(recorded(effects)).toEqual([
      { at, trigger: 'cookie-gone', outcome: 'by-page', attempts: 0, ms: 0, confirmed: true },
    ]);
  });

  it.each(['alive', 'unknown'] as const)('leaves its token owed when that is %s', result => {
    const { state, does } = told(is.open, { is: 'check-ended', about: 'cookie', result, at, chance });
    expect(state).toMatchObject({ is: 'owed', trigger: 'cookie-gone', since: at });
    expect(does).toEqual(['log-off']);
  });
});

describe('whatever happens', () => {
  it('remembers whose session it is, and when it was last seen alive', () => {
    const person = { name: 'Ada', email: 'ada@example.com' };
    for (const state of Object.values(is)) {
      const { session, effects } = told(state, { is: 'person-known', person, at });
      expect(session).toMatchObject({ person, seenAliveAt: at, state });
      expect(effects).toEqual([]);
    }
  });

  it('does not change the session that it was given', () => {
    const before = Object.freeze(sessionWith({ state: Object.freeze({ ...is.open }) }));
    transition(before, { is: 'triggered', trigger: 'click', at }, defaultSettings);
    expect(before.state).toEqual(is.open);
    expect(before.token.reveal()).toBe(secret);
  });
});
