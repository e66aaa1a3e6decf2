import { describe, expect, it } from 'vitest';
import { endsAtClose } from './ends-at-close.ts';
import type { Event } from './event.ts';
import type { Session, State } from './session.ts';
import { defaultSettings, type Rules, type Settings } from './settings.ts';
import { sampleStates as is, sessionWith } from './stage/samples.ts';
import { at, told as toldUnder } from './stage/told.ts';
import { wakeAt } from './transition.ts';

const hourMs = 3_600_000;
const site = 'https://acme.fogbugz.com/';
const elsewhere = 'https://other.fogbugz.com/';

const settingsWith = (changes: Partial<Settings> = {}): Settings => ({ ...defaultSettings, ...changes });
/** Different for the sample's site, or for another one. */
const exceptFor = (base: string, rules: Partial<Rules>): Settings =>
  settingsWith({ exceptions: { [base]: rules } });

const told = (state: State, event: Event, settings: Settings, changes: Partial<Session> = {}) =>
  toldUnder(state, event, { ...changes, settings });

/** The next moment, in ms since the epoch, at which clocks here show noon. */
function noonAfter(since: number): number {
  const noon = new Date(since);
  noon.setHours(12, 0, 0, 0);
  return noon.getTime() > since ? noon.getTime() : noon.getTime() + 24 * hourMs;
}

describe.each(['open', 'unused', 'countingDown'] as const)('a session that is %s', name => {
  const since = Date.UTC(2026, 5, 10, 6);
  const state: State =
    name === 'countingDown'
      ? { is: 'counting-down', trigger: 'last-tab', until: since + 100 * hourMs }
      : is[name];

  it.each([
    ['max-age', { maxHours: 8 }, since + 8 * hourMs],
    ['daily', { dailyAt: '12:00' }, noonAfter(since)],
  ] as const)('ends by %s, at its moment and not before', (trigger, rules, deadline) => {
    const early = told(state, { is: 'due', at: deadline - 1 }, settingsWith(rules), { since });
    expect(early.session).toMatchObject({ since });
    expect(early.does).toEqual([]);
    const { state: ended, does } = told(state, { is: 'due', at: deadline }, settingsWith(rules), { since });
    expect(ended).toMatchObject({ is: 'owed', trigger, since: deadline, attempts: 1 });
    expect(does).toEqual(['log-off']);
  });

  it('ends late by them if the computer slept past the moment', () => {
    const late = since + 50 * hourMs;
    const { state: ended } = told(state, { is: 'due', at: late }, settingsWith({ maxHours: 8 }), { since });
    expect(ended).toMatchObject({ is: 'owed', trigger: 'max-age', since: late });
  });

  it('ends by them although it was told to stay on this time', () => {
    const { state: ended } = told(
      state,
      { is: 'due', at: since + 8 * hourMs },
      settingsWith({ maxHours: 8 }),
      {
        since,
        staysOnce: true,
      },
    );
    expect(ended).toMatchObject({ is: 'owed', trigger: 'max-age' });
  });

  it('wakes the worker for the nearest of its moments', () => {
    const one = sessionWith({ since, state });
    expect(wakeAt(one, settingsWith({ maxHours: 8 }))).toBe(since + 8 * hourMs);
    expect(wakeAt(one, settingsWith({ maxHours: 24, dailyAt: '12:00' }))).toBe(noonAfter(since));
    const own = state.is === 'counting-down' ? state.until : undefined;
    expect(wakeAt(one, settingsWith())).toBe(own);
    expect(wakeAt(one, settingsWith({ maxHours: 700 }))).toBe(own ?? since + 700 * hourMs);
  });
});

it('is not begun again by its age once it is owed', () => {
  for (const state of [is.sending, is.waiting]) {
    const { before, session } = told(state, { is: 'due', at: 15_000 }, settingsWith({ maxHours: 1 }), {
      since: -10 * hourMs,
    });
    expect(session).toBe(before);
    expect(wakeAt(before, settingsWith({ maxHours: 1 }))).toBe(
      state.attempt.is === 'waiting' ? state.attempt.until : undefined,
    );
  }
});

describe('a rule that is different for one site', () => {
  const gone: Event = { is: 'tabs-seen', any: false, at };

  it('has the last tab mean nothing there', () => {
    expect(told(is.open, gone, exceptFor(site, { lastTab: false })).state).toEqual(is.unused);
    expect(told(is.open, gone, exceptFor(elsewhere, { lastTab: false })).state).toMatchObject({
      is: 'counting-down',
    });
  });

  it('has another grace there, or none', () => {
    expect(told(is.open, gone, exceptFor(site, { graceSeconds: 90 })).state).toMatchObject({
      until: 100_000,
    });
    expect(told(is.open, gone, exceptFor(site, { graceSeconds: 0 })).does).toEqual(['log-off']);
    expect(told(is.open, gone, exceptFor(elsewhere, { graceSeconds: 0 })).does).toEqual([]);
  });

  it('ends sessions by age there alone', () => {
    const due: Event = { is: 'due', at: 2 * hourMs };
    expect(told(is.open, due, exceptFor(site, { maxHours: 1 })).does).toEqual(['log-off']);
    expect(told(is.open, due, exceptFor(elsewhere, { maxHours: 1 })).does).toEqual([]);
  });

  describe('and lets sessions outlast the browser', () => {
    const keeps = exceptFor(site, { browserClose: false });

    it('has closing it end none there', () => {
      expect(endsAtClose(sessionWith(), keeps)).toBe(false);
      expect(endsAtClose(sessionWith({ site: elsewhere }), keeps)).toBe(true);
      // In use no more, though: should the browser live on without a window, the next one misses no last tab.
      expect(told(is.open, { is: 'closing', at }, keeps)).toMatchObject({ state: is.unused, does: [] });
    });

    it('silences the next start for it, and for no other', () => {
      expect(told(is.open, { is: 'run-over', at }, keeps).state).toEqual(is.unused);
      expect(told(is.open, { is: 'run-over', at }, keeps, { site: elsewhere }).state).toMatchObject({
        is: 'owed',
        trigger: 'startup',
      });
    });

    it('still owes what was decided before', () => {
      expect(told(is.waiting, { is: 'run-over', at }, keeps).state).toMatchObject({ is: 'owed' });
      expect(told(is.countingDown, { is: 'closing', at }, keeps).state).toMatchObject({
        is: 'owed',
        trigger: 'last-tab',
      });
    });
  });

  it('can have sessions of one site alone end with the browser', () => {
    const settings = { ...exceptFor(site, { browserClose: true }), browserClose: false };
    expect(endsAtClose(sessionWith(), settings)).toBe(true);
    expect(endsAtClose(sessionWith({ site: elsewhere }), settings)).toBe(false);
  });
});

describe("a private window's session", () => {
  it('ends with the browser whatever is set', () => {
    for (const settings of [
      settingsWith({ browserClose: false }),
      exceptFor(site, { browserClose: false }),
    ]) {
      expect(endsAtClose(sessionWith({ private: true }), settings)).toBe(true);
      expect(told(is.open, { is: 'closing', at }, settings, { private: true }).state).toMatchObject({
        is: 'owed',
        trigger: 'browser-close',
        attempt: { is: 'in-flight' },
      });
      expect(told(is.unused, { is: 'run-over', at }, settings, { private: true }).state).toMatchObject({
        is: 'owed',
      });
    }
  });

  it('ends with its last window although it was told to stay on this time', () => {
    const closed: Event = { is: 'triggered', trigger: 'private-closed', at };
    const { state, does } = told(is.open, closed, settingsWith(), { private: true, staysOnce: true });
    expect(state).toMatchObject({ is: 'owed', trigger: 'private-closed' });
    expect(does).toEqual(['log-off']);
  });
});
