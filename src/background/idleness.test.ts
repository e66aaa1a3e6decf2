import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserState } from '../browser/clock.ts';
import type { Session } from '../session/session.ts';
import { defaultSettings, type Rules, type Settings } from '../session/settings.ts';
import { sessionWith } from '../session/stage/samples.ts';
import { transition } from '../session/transition.ts';
import { type Absence, createIdleness, type IdlenessPorts } from './idleness.ts';

const minuteMs = 60_000;
const acme = 'https://acme.fogbugz.com/';
const other = 'https://other.fogbugz.com/';

let now: number;
let sessions: Map<string, Session>;
let settings: Settings;
/** What the browser was asked to tell after, in seconds, and what it knows of the user. */
let tellsAfter: number;
let user: UserState;
let stored: Absence | undefined;
let storage: 'works' | 'fails';
let idleness: ReturnType<typeof createIdleness>;

const ports: IdlenessPorts = {
  sessions: () => sessions.values(),
  settings: () => settings,
  userState: async () => user,
  tellIdleAfter: seconds => {
    tellsAfter = seconds;
  },
  trigger: async (ids, trigger) => {
    for (const id of ids) {
      await undefined;
      const before = sessions.get(id) ?? sessionWith();
      const { session } = transition(before, { is: 'triggered', trigger, at: now }, settings);
      if (session) sessions.set(id, session);
    }
  },
  save: async absence => {
    await undefined;
    if (storage === 'fails') throw new Error('no storage');
    stored = absence;
  },
  now: () => now,
};

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  now = 1_000_000_000;
  sessions = new Map();
  settings = defaultSettings;
  user = 'active';
  stored = undefined;
  storage = 'works';
  idleness = createIdleness(ports);
});

function open(id: string, changes: Partial<Session> = {}): void {
  sessions.set(id, sessionWith({ id, since: now, ...changes }));
}
/** The rules of both sites, then those of the other one where they differ. */
function rules(all: Partial<Rules>, others: Partial<Rules> = {}): void {
  settings = { ...defaultSettings, ...all, exceptions: { [other]: others } };
  idleness.changed();
}
/** Why each session has ended, if it has. */
const ends = () =>
  Object.fromEntries(
    [...sessions.values()].map(({ id, state }) => [id, state.is === 'owed' ? state.trigger : 'on']),
  );

async function becomes(state: UserState): Promise<void> {
  user = state;
  await idleness.became(state);
}
/** The user goes, and is gone for so long that the browser tells. */
async function leave(): Promise<void> {
  now += tellsAfter * 1000;
  await becomes('idle');
}
/** The clock goes on to a moment; whatever asked to be looked at by then is. */
async function passTo(moment: number): Promise<void> {
  for (let at = idleness.lookAt(); at !== undefined && at <= moment; at = idleness.lookAt()) {
    now = Math.max(now, at);
    await idleness.look();
  }
  now = moment;
}

describe('an absence', () => {
  it('ends a session as long after the last touch as was said, and not before', async () => {
    open('a');
    rules({ idleMinutes: 10 });
    const left = now;
    await leave();
    await passTo(left + 10 * minuteMs - 1);
    expect(ends()).toEqual({ a: 'on' });
    await passTo(left + 10 * minuteMs);
    expect(ends()).toEqual({ a: 'idle' });
  });

  it('ends a session as the browser tells of it where that is the limit', async () => {
    open('a');
    rules({ idleMinutes: 1 });
    expect(tellsAfter).toBe(60);
    await leave();
    expect(ends()).toEqual({ a: 'idle' });
  });

  it('ends the sessions of each site by its own limit, and those without one never', async () => {
    open('a');
    open('b', { site: other });
    open('c', { site: 'https://third.fogbugz.com/' });
    settings = {
      ...defaultSettings,
      exceptions: { [acme]: { idleMinutes: 5 }, [other]: { idleMinutes: 20 } },
    };
    idleness.changed();
    const left = now;
    await leave();
    await passTo(left + 19 * minuteMs);
    expect(ends()).toEqual({ a: 'idle', b: 'on', c: 'on' });
    await passTo(left + 60 * minuteMs);
    expect(ends()).toEqual({ a: 'idle', b: 'idle', c: 'on' });
  });

  it('is over with the first touch, and the next one counts anew', async () => {
    open('a');
    rules({ idleMinutes: 10 });
    await leave();
    now += 4 * minuteMs;
    await becomes('active');
    expect(idleness.lookAt()).toBeUndefined();
    expect(stored).toBeUndefined();
    const left = now;
    await leave();
    await passTo(left + 9 * minuteMs);
    expect(ends()).toEqual({ a: 'on' });
    await passTo(left + 10 * minuteMs);
    expect(ends()).toEqual({ a: 'idle' });
  });

  it('that the computer slept through ends sessions, although the return is told first', async () => {
    open('a');
    rules({ idleMinutes: 10 });
    await leave();
    now += 8 * 60 * minuteMs;
    await becomes('active');
    expect(ends()).toEqual({ a: 'idle' });
  });

  it('that nobody told the end of is found to be over', async () => {
    open('a');
    rules({ idleMinutes: 30 });
    await leave();
    user = 'active';
    now += minuteMs;
    await idleness.look();
    expect(idleness.lookAt()).toBeUndefined();
    expect(ends()).toEqual({ a: 'on' });
  });

  it('goes on with the next worker of the same run', async () => {
    open('a');
    rules({ idleMinutes: 10 });
    const left = now;
    await leave();
    idleness = createIdleness(ports);
    idleness.restore(stored);
    idleness.changed();
    expect(idleness.lookAt()).toBe(left + 10 * minuteMs);
    await passTo(left + 10 * minuteMs);
    expect(ends()).toEqual({ a: 'idle' });
  });

  it('counts although it could not be stored', async () => {
    storage = 'fails';
    open('a');
    rules({ idleMinutes: 10 });
    const left = now;
    await leave();
    await passTo(left + 10 * minuteMs);
    expect(ends()).toEqual({ a: 'idle' });
  });

  it('is not made an hour longer by a clock that is set back', async () => {
    open('a');
    rules({ idleMinutes: 10 });
    await leave();
    now -= 60 * minuteMs;
    const setBack = now;
    await idleness.look();
    await passTo(setBack + 10 * minuteMs);
    expect(ends()).toEqual({ a: 'idle' });
  });

  it('counts for a session that was opened in it from there', async () => {
    rules({ idleMinutes: 10 });
    open('early');
    await leave();
    await passTo(now + 30 * minuteMs);
    open('late');
    const opened = now;
    await passTo(opened + 9 * minuteMs);
    expect(ends()).toEqual({ early: 'idle', late: 'on' });
    await passTo(opened + 10 * minuteMs);
    expect(ends()).toEqual({ early: 'idle', late: 'idle' });
  });

  it('is one absence for the locked screen and the minutes: who stays, stays through both', async () => {
    open('a', { staysOnce: true });
    rules({ idleMinutes: 1, lock: true });
    await becomes('locked');
    await passTo(now + 60 * minuteMs);
    expect(ends()).toEqual({ a: 'on' });
    await becomes('active');
    await becomes('locked');
    expect(ends()).toEqual({ a: 'lock' });
  });

  it('ends no API key', async () => {
    open('key', { kind: 'api-key', source: { is: 'pasted' } });
    rules({ idleMinutes: 1, lock: true });
    await leave();
    await becomes('locked');
    await passTo(now + 60 * minuteMs);
    expect(ends()).toEqual({ key: 'on' });
    expect(tellsAfter).toBe(300);
  });

  it('that ends as it begins leaves nothing behind', async () => {
    open('a', { staysOnce: true });
    rules({ idleMinutes: 1, lock: true });
    user = 'active';
    await Promise.all([idleness.became('locked'), idleness.became('active')]);
    expect(idleness.lookAt()).toBeUndefined();
    expect(stored).toBeUndefined();
  });
});

describe('who was told to stay logged on this time', () => {
  it('stays so through the whole absence, and not through the next one', async () => {
    open('a', { staysOnce: true });
    rules({ idleMinutes: 10 });
    await leave();
    await passTo(now + 24 * 60 * minuteMs);
    expect(ends()).toEqual({ a: 'on' });
    await becomes('active');
    expect(ends()).toEqual({ a: 'on' });
    await leave();
    await passTo(now + 10 * minuteMs);
    expect(ends()).toEqual({ a: 'idle' });
  });

  it('stays so over the limit of another site', async () => {
    open('a', { staysOnce: true });
    open('b', { site: other });
    rules({ idleMinutes: 5 }, { idleMinutes: 20 });
    await leave();
    await passTo(now + 60 * minuteMs);
    expect(ends()).toEqual({ a: 'on', b: 'idle' });
  });

  it('stays so with the next worker', async () => {
    open('a', { staysOnce: true });
    rules({ idleMinutes: 10 });
    await leave();
    await passTo(now + 10 * minuteMs);
    idleness = createIdleness(ports);
    idleness.restore(stored);
    idleness.changed();
    now += 60 * minuteMs;
    await idleness.look();
    expect(ends()).toEqual({ a: 'on' });
  });
});

describe('a locked screen', () => {
  it('ends the sessions of sites with that rule at once, and no others', async () => {
    open('a');
    open('b', { site: other });
    rules({ lock: true }, { lock: false });
    await becomes('locked');
    expect(ends()).toEqual({ a: 'lock', b: 'on' });
  });

  it('is an absence that begins with it, not one from before', async () => {
    open('a');
    rules({ idleMinutes: 5 });
    const locked = now;
    await becomes('locked');
    await passTo(locked + 5 * minuteMs - 1);
    expect(ends()).toEqual({ a: 'on' });
    await passTo(locked + 5 * minuteMs);
    expect(ends()).toEqual({ a: 'idle' });
  });

  it('does not begin an absence anew that is going on', async () => {
    open('a');
    rules({ idleMinutes: 20 });
    const left = now;
    await leave();
    now += 2 * minuteMs;
    await becomes('locked');
    await passTo(left + 20 * minuteMs);
    expect(ends()).toEqual({ a: 'idle' });
  });
});

describe('the browser is asked to tell', () => {
  it.each([
    [{}, {}, 300],
    [{ idleMinutes: 240 }, {}, 300],
    [{ idleMinutes: 5 }, {}, 300],
    [{ idleMinutes: 4 }, {}, 240],
    [{ idleMinutes: 10 }, { idleMinutes: 2 }, 120],
    [{ idleMinutes: 0 }, { idleMinutes: 1 }, 60],
  ])('after the shortest limit of all, five minutes at most: %j and %j', (all, others, seconds) => {
    open('a');
    open('b', { site: other });
    rules(all, others);
    expect(tellsAfter).toBe(seconds);
  });

  it('by the sites alone that have a session', () => {
    open('a');
    rules({ idleMinutes: 10 }, { idleMinutes: 1 });
    expect(tellsAfter).toBe(300);
    open('b', { site: other });
    idleness.changed();
    expect(tellsAfter).toBe(60);
    sessions.delete('b');
    idleness.changed();
    expect(tellsAfter).toBe(300);
  });
});
