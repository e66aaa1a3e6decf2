import { describe, expect, it } from 'vitest';
import { endsAtClose } from './ends-at-close.ts';
import type { Event } from './event.ts';
import type { Effect } from './owed.ts';
import { type Obstacle, type Session, type State, triggers } from './session.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { sampleStates as is, secret, sessionWith } from './stage/samples.ts';
import { transition, wakeAt } from './transition.ts';

const at = 10_000;
const chance = 0.5;

function told(
  state: State,
  event: Event,
  { settings = {}, ...changes }: Partial<Session> & { settings?: Partial<Settings> } = {},
) {
  const before = sessionWith({ ...changes, state });
  const step = transition(before, event, { ...defaultSettings, ...settings });
  return { before, ...step, state: step.session?.state, does: step.effects.map(effect => effect.do) };
}
const recorded = (effects: readonly Effect[]) =>
  effects.flatMap(effect => (effect.do === 'record' ? [effect.entry] : []));

const offline: Obstacle = { is: 'unreachable', why: 'no connection' };
const [skippable, unskippable] = [
  ['last-tab', 'idle', 'lock'] as const,
  triggers.filter(trigger => !['last-tab', 'idle', 'lock'].includes(trigger)),
];

/** What happened, without the events that a state answers in a way of its own. */
const meaningless: Readonly<Record<keyof typeof is, readonly Event[]>> = {
  open: [
    { is: 'tabs-seen', any: true, at },
    { is: 'kept-on' },
    { is: 'stay-once', on: false },
    { is: 'worker-started', at },
    { is: 'due', at },
    { is: 'try-now', at },
    { is: 'log-off-ended', result: 'logged-off', at, chance },
    { is: 'log-off-ended', result: offline, at, chance },
    { is: 'forgotten', at },
  ],
  unused: [
    { is: 'tabs-seen', any: false, at },
    { is: 'kept-on' },
    { is: 'due', at },
    { is: 'forgotten', at },
  ],
  countingDown: [
    { is: 'tabs-seen', any: false, at },
    { is: 'stay-once', on: false },
    { is: 'worker-started', at },
    { is: 'due', at: 19_999 },
    { is: 'try-now', at },
    { is: 'log-off-ended', result: 'already-off', at, chance },
    { is: 'forgotten', at },
  ],
  sending: [
    { is: 'triggered', trigger: 'click', at },
    { is: 'tabs-seen', any: true, at },
    { is: 'tabs-seen', any: false, at },
    { is: 'kept-on' },
    { is: 'closing', at },
    { is: 'due', at: 1e12 },
    { is: 'try-now', at },
    { is: 'check-ended', about: 'proof', result: 'alive', at, chance },
    { is: 'check-ended', about: 'proof', result: 'dead', at, chance },
    { is: 'cookie-vanished' },
  ],
  waiting: [
    { is: 'tabs-seen', any: true, at },
    { is: 'kept-on' },
    { is: 'worker-started', at },
    { is: 'due', at: 19_999 },
    { is: 'check-ended', about: 'proof', result: 'dead', at, chance },
    { is: 'cookie-vanished' },
  ],
  checking: [
    { is: 'triggered', trigger: 'replaced', at },
    { is: 'tabs-seen', any: false, at },
    { is: 'kept-on' },
    { is: 'closing', at },
    { is: 'due', at: 1e12 },
    { is: 'try-now', at },
    { is: 'log-off-ended', result: 'already-off', at, chance },
    { is: 'log-off-ended', result: offline, at, chance },
    { is: 'cookie-vanished' },
    { is: 'forgotten', at },
  ],
  checkWaiting: [
    { is: 'triggered', trigger: 'click', at },
    { is: 'worker-started', at },
    { is: 'due', at: 19_999 },
    { is: 'closing', at },
  ],
};

describe('an event that means nothing in the present state', () => {
  it.each(
    Object.entries(meaningless).flatMap(([name, events]) =>
      events.map(event => [name, JSON.stringify(event), event] as const),
    ),
  )('changes nothing: %s, %s', (name, _, event) => {
    const { before, session, effects } = told(is[name as keyof typeof is], event);
    expect(session).toBe(before);
    expect(effects).toEqual([]);
  });
});

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

describe('forgetting', () => {
  it.each(['sending', 'waiting'] as const)('lets an owed record go that is %s, and says so', name => {
    const { session, does, effects } = told(is[name], { is: 'forgotten', at });
    expect(session).toBeUndefined();
    expect(does).toEqual(['remember-dead', 'remove-cookie', 'record']);
    expect(recorded(effects)).toMatchObject([{ outcome: 'forgotten', confirmed: false }]);
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
