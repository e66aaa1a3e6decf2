import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../session/session.ts';
import { neverChanged } from '../session/settings.ts';
import { sessionWith, tokenOf } from '../session/stage/samples.ts';
import { wakeAt } from '../session/transition.ts';
import { createClosing } from './closing.ts';
import { createKeeper, type Keeper, type KeeperPorts } from './keeper.ts';
import { type Asked, createFakeWire } from './stage/fake-fogbugz.ts';
import { createFakeStore } from './stage/fake-store.ts';

let now = 1_000_000;
const never = () => new Promise<never>(() => undefined);

/** Lets everything happen that only waits for a turn. The fakes have no timers. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
}

beforeEach(() => {
  now = 1_000_000;
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

function createProfile(heard?: (asked: Asked) => void) {
  const store = createFakeStore();
  const fogbugz = createFakeWire(heard);
  const ports: KeeperPorts = {
    ...store.ports,
    wire: fogbugz.wire,
    now: () => now,
    chance: () => 0.5,
    changed: () => undefined,
  };
  let logOns = 0;
  /** A log-on at the web page: a live token and its cookie. */
  const logOn = (changes: Partial<Session> = {}): Session => {
    const token = fogbugz.logOn();
    store.cookies.add(token);
    return sessionWith({ id: `session-${++logOns}`, token: tokenOf(token), since: now, ...changes });
  };
  return { store, fogbugz, ports, logOn };
}

const adding = (keeper: Keeper, session: Session) => keeper.enqueue(() => keeper.add(session));
const click = (keeper: Keeper, { id }: Session) =>
  keeper.tell(id, { is: 'triggered', trigger: 'click', at: now });

/** Goes on until nothing is left to do, with the clock going to whatever is due next. */
async function passTime(keeper: Keeper): Promise<void> {
  for (let round = 0; round < 30; round++) {
    await settle();
    const times = [...keeper.sessions()].flatMap(session => wakeAt(session, keeper.settings()) ?? []);
    if (times.length === 0) return;
    now = Math.max(now, Math.min(...times));
    await keeper.tellAll({ is: 'due', at: now });
  }
}

describe('the keeper', () => {
  it('keeps a new session in the store, and learns whose it is', async () => {
    const { store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    await adding(keeper, logOn());
    expect(store.states()).toEqual(['open']);
    await settle();
    expect(store.sessions()[0]?.person).toEqual({ name: 'Ada Lovelace', email: 'ada@example.com' });
  });

  it('logs off, proves it, and lets the record go', async () => {
    const { store, fogbugz, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    await click(keeper, session);
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.sessions()).toEqual([]);
    expect([...keeper.sessions()]).toEqual([]);
    expect([...store.cookies]).toEqual([]);
    expect([...store.dead]).toEqual([session.token.reveal()]);
    expect(store.history()).toMatchObject([
      { id: session.id, outcome: 'logged-off', trigger: 'click', confirmed: true, person: 'Ada Lovelace' },
    ]);
  });

  it('has saved what it owes before the server hears of it', async () => {
    const states: (readonly string[])[] = [];
    const { store, ports, logOn } = createProfile(({ cmd }) => {
      if (cmd === 'logoff') states.push(store.states());
    });
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    await click(keeper, session);
    await settle();
    expect(states).toEqual([['owed']]);
  });

  it('sends nothing while the store has not answered', async () => {
    const { fogbugz, ports, logOn } = createProfile();
    const keeper = createKeeper({ ...ports, save: never });
    keeper.restore([logOn()], keeper.chosen());
    void keeper.tellAll({ is: 'triggered', trigger: 'click', at: now });
    await settle();
    expect(fogbugz.asked('logoff')).toEqual([]);
  });

  it('removes the record after everything else', async () => {
    const { store, ports, logOn } = createProfile();
    const seen: unknown[] = [];
    const keeper = createKeeper({
      ...ports,
      remove: session => {
        seen.push([store.dead.size, store.cookies.size, store.history().map(({ confirmed }) => confirmed)]);
        return ports.remove(session);
      },
    });
    const session = logOn();
    await adding(keeper, session);
    await click(keeper, session);
    await settle();
    expect(seen).toEqual([[1, 0, [true]]]);
  });

  it('makes one request of a hundred triggers', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    await Promise.all(Array.from({ length: 100 }, () => click(keeper, session)));
    await settle();
    expect(fogbugz.asked('logoff')).toHaveLength(1);
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.history()).toHaveLength(1);
  });

  it('makes one request of a hundred triggers that come while it is on its way', async () => {
    const { fogbugz, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    await settle();
    fogbugz.become('held');
    await click(keeper, session);
    await settle();
    await Promise.all(Array.from({ length: 100 }, () => click(keeper, session)));
    fogbugz.become('honest');
    await settle();
    expect(fogbugz.asked('logoff')).toHaveLength(1);
    expect(fogbugz.allAlive()).toEqual([]);
  });

  it('tries again until the server is there', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    fogbugz.become('unreachable');
    await click(keeper, session);
    await settle();
    for (let attempt = 0; attempt < 5; attempt++) {
      const next = wakeAt(keeper.session(session.id) ?? session, keeper.settings());
      now = next ?? now;
      await keeper.tellAll({ is: 'due', at: now });
      await settle();
    }
    expect(store.sessions()[0]?.state).toMatchObject({
      is: 'owed',
      attempts: 6,
      obstacle: { is: 'unreachable' },
    });
    fogbugz.become('honest');
    await passTime(keeper);
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.sessions()).toEqual([]);
  });

  it('does not believe a server that says yes and does nothing', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    await settle();
    fogbugz.become('lies');
    await click(keeper, session);
    await settle();
    expect(store.sessions()[0]?.state).toMatchObject({ is: 'owed', obstacle: { is: 'still-alive' } });
    expect(store.history()).toEqual([]);
    fogbugz.become('honest');
    await passTime(keeper);
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.history()).toHaveLength(1);
  });

  it('keeps an API key whatever it is told', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const key = logOn({ kind: 'api-key', source: { is: 'pasted' } });
    await adding(keeper, key);
    await click(keeper, key);
    await keeper.tellAll({ is: 'run-over', at: now });
    await keeper.tellAll({ is: 'due', at: now });
    await passTime(keeper);
    expect(fogbugz.isAlive(key.token.reveal())).toBe(true);
    expect(fogbugz.asked('logoff')).toEqual([]);
    expect(store.states()).toEqual(['open']);
  });

  it('writes no history for a private window, nor when the user wants none', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const fleeting = logOn({ private: true });
    await adding(keeper, fleeting);
    await click(keeper, fleeting);
    await settle();
    keeper.restore([], neverChanged);
    await keeper.changeSettings(() => ({ keepHistory: false }));
    const session = logOn();
    await adding(keeper, session);
    await click(keeper, session);
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.history()).toEqual([]);
    expect(store.settings().keepHistory).toBe(false);
  });

  it('does not take a vanished cookie that is back for a log-off', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    await keeper.tell(session.id, { is: 'cookie-vanished' });
    await settle();
    expect(store.states()).toEqual(['open']);
    store.cookies.clear();
    await keeper.tell(session.id, { is: 'cookie-vanished' });
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.history()).toMatchObject([{ trigger: 'cookie-gone', outcome: 'logged-off' }]);
  });
});

describe('what the closing function sent', () => {
  it('is recorded when its answer still comes', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    createClosing(
      keeper,
      () => undefined,
      () => true,
      (site, token) => fogbugz.wire.logOff(sessionWith({ site: site.base, token })),
    ).close();
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
    expect(fogbugz.asked('logoff')).toHaveLength(1);
    expect(store.sessions()).toEqual([]);
    expect(store.history()).toMatchObject([
      { trigger: 'browser-close', outcome: 'logged-off', confirmed: true },
    ]);
  });

  it('stays owed, and is tried again, when it failed and the browser lives on', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    await adding(keeper, logOn());
    await settle();
    createClosing(
      keeper,
      () => undefined,
      () => true,
      () => Promise.reject(new Error('unexpected')),
    ).close();
    await settle();
    expect(store.sessions()[0]?.state).toMatchObject({ is: 'owed', trigger: 'browser-close', attempts: 1 });
    await passTime(keeper);
    expect(fogbugz.allAlive()).toEqual([]);
  });

  it('is sent although a browser call in the queue never comes back', async () => {
    const { fogbugz, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const [one, two] = [logOn(), logOn()];
    await adding(keeper, one);
    await adding(keeper, two);
    void keeper.enqueue(never);
    void click(keeper, one);
    createClosing(
      keeper,
      () => undefined,
      () => true,
      (site, token) => fogbugz.wire.logOff(sessionWith({ site: site.base, token })),
    ).close();
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
  });
});

describe('what the Guard did', () => {
  const answer = {
    outcome: 'logged-off',
    at: 999_000,
    ms: 80,
    attempts: 2,
    ended: 'browser-died',
  } as const;

  it('is proven, and stands in the history to the end', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    fogbugz.kill(session.token.reveal());
    await keeper.guardAnswered(session.id, answer);
    await settle();
    expect(fogbugz.asked('logoff')).toEqual([]);
    expect(store.sessions()).toEqual([]);
    expect([...store.cookies]).toEqual([]);
    expect(store.history()).toMatchObject([{ ...answer, trigger: 'guard', confirmed: true }]);
  });

  it('is done again where it turns out to be untrue', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    await keeper.guardAnswered(session.id, answer);
    await passTime(keeper);
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.history()).toMatchObject([{ outcome: 'logged-off', confirmed: true }]);
  });

  it('corrects the line of a session that this worker found dead before it heard of it', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    fogbugz.kill(session.token.reveal());
    keeper.restore([session], neverChanged);
    await keeper.tellAll({ is: 'run-over', at: now });
    await passTime(keeper);
    expect(store.history()).toMatchObject([{ trigger: 'startup', outcome: 'already-off' }]);
    await keeper.guardAnswered(session.id, { ...answer, outcome: 'already-off' });
    expect(store.history()).toMatchObject([{ trigger: 'startup', outcome: 'already-off' }]);
    await keeper.guardAnswered(session.id, answer);
    expect(store.history()).toMatchObject([{ ...answer, trigger: 'guard', confirmed: true }]);
  });

  it('makes no line where there is none: for a private window, and for who wants no history', async () => {
    const { store, ports } = createProfile();
    await createKeeper(ports).guardAnswered('private', answer);
    expect(store.history()).toEqual([]);
  });

  it('is not taken for stored while it is not', async () => {
    const { store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await store.ports.history.put([
      {
        id: session.id,
        at: 1,
        site: session.site,
        person: '',
        trigger: 'startup',
        outcome: 'already-off',
        attempts: 1,
        ms: 1,
        confirmed: true,
      },
    ]);
    store.fill('full');
    await expect(keeper.guardAnswered(session.id, answer)).rejects.toThrow('quota');
  });
});

describe('many at once', () => {
  /** Logs off so many, whose answers all come in the same turn; counts what is written from then on. */
  async function endTogether(count: number) {
    const { store, fogbugz, ports, logOn } = createProfile();
    const written: string[] = [];
    const counted =
      <Given extends readonly unknown[]>(name: string, work: (...given: Given) => Promise<void>) =>
      (...given: Given) => {
        written.push(name);
        return work(...given);
      };
    let answer: () => void = () => undefined;
    const answering = new Promise<void>(resolve => {
      answer = resolve;
    });
    const { history } = ports;
    const keeper = createKeeper({
      ...ports,
      save: counted('save', ports.save),
      remove: counted('remove', ports.remove),
      rememberDead: counted('dead', ports.rememberDead),
      history: { ...history, put: counted('history', history.put) },
      changed: () => written.push('changed'),
      wire: { ...ports.wire, logOff: session => answering.then(() => ports.wire.logOff(session)) },
    });
    for (let one = 0; one < count; one += 1) await adding(keeper, logOn());
    await settle();
    await keeper.tellAll({ is: 'triggered', trigger: 'click', at: now });
    written.length = 0;
    answer();
    await settle();
    await settle();
    return { store, fogbugz, keeper, written: written.sort() };
  }

  it('cost as many writes as a few, and end as well', async () => {
    const few = await endTogether(3);
    const many = await endTogether(200);
    expect(many.written.length).toBeLessThanOrEqual(few.written.length);
    expect(many.fogbugz.allAlive()).toEqual([]);
    expect([...many.keeper.sessions()]).toEqual([]);
    expect(many.store.sessions()).toEqual([]);
    expect(many.store.dead.size).toBe(200);
    expect(many.store.history()).toHaveLength(200);
    expect(many.store.history().every(({ confirmed }) => confirmed)).toBe(true);
  });

  it('have an answer each, though one comes that was asked for before the browser closed', async () => {
    const { store, fogbugz, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const [one, two] = [logOn(), logOn()];
    for (const session of [one, two]) await adding(keeper, session);
    await settle();
    await click(keeper, one);
    // The first one's answer waits for its turn as the browser closes, and the second one's comes right after that.
    let release: () => void = () => undefined;
    void keeper.enqueue(() => new Promise(resolve => (release = resolve)));
    await settle();
    keeper.closed(new Map([[two.id, ports.wire.logOff(two)]]));
    await settle();
    release();
    await settle();
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.sessions()).toEqual([]);
    expect(store.history()).toHaveLength(2);
  });
});

describe('a world that fails', () => {
  it('with a full disk is logged off nevertheless, and saved as soon as there is room', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const [one, two] = [logOn(), logOn()];
    await adding(keeper, one);
    await adding(keeper, two);
    await settle();
    fogbugz.become('unreachable');
    store.fill('full');
    await click(keeper, one);
    await settle();
    expect(store.states()).toEqual(['open', 'open']);
    expect([...keeper.sessions()].map(({ state }) => state.is)).toEqual(['owed', 'open']);
    store.fill('empty');
    await keeper.tell(two.id, { is: 'stay-once', on: true });
    expect(store.states()).toEqual(['owed', 'open']);
    store.fill('full');
    fogbugz.become('honest');
    await passTime(keeper);
    expect(fogbugz.allAlive()).toEqual([two.token.reveal()]);
  });

  it('goes on although a record could not be removed; the next worker finds it dead', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper({ ...ports, remove: () => Promise.reject(new Error('no')) });
    const session = logOn();
    await adding(keeper, session);
    await click(keeper, session);
    await settle();
    expect([...keeper.sessions()]).toEqual([]);
    expect(store.states()).toEqual(['answered']);
    const next = createKeeper(ports);
    next.restore(store.sessions(), store.chosen());
    await next.tellAll({ is: 'worker-started', at: now });
    await passTime(next);
    expect(store.sessions()).toEqual([]);
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.history()).toHaveLength(1);
  });

  it.each(['rememberDead', 'removeCookie'] as const)('is logged off although %s fails', async port => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper({ ...ports, [port]: () => Promise.reject(new Error('no')) });
    const session = logOn();
    await adding(keeper, session);
    await click(keeper, session);
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.sessions()).toEqual([]);
    expect(store.history()).toMatchObject([{ confirmed: true }]);
  });

  it('is logged off although the history fails', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const fails = () => Promise.reject(new Error('no'));
    const keeper = createKeeper({
      ...ports,
      history: { put: fails, amend: fails, drop: fails, clear: fails },
    });
    const session = logOn();
    await adding(keeper, session);
    await click(keeper, session);
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.sessions()).toEqual([]);
  });

  it('keeps what it owes when a request ends in a way that nobody expected', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    let broken = true;
    const keeper = createKeeper({
      ...ports,
      wire: {
        ...ports.wire,
        logOff: (...to) => (broken ? Promise.reject(new Error('no')) : ports.wire.logOff(...to)),
      },
    });
    const session = logOn();
    await adding(keeper, session);
    await click(keeper, session);
    await settle();
    expect(store.states()).toEqual(['owed']);
    broken = false;
    await passTime(keeper);
    expect(fogbugz.allAlive()).toEqual([]);
  });

  it('holds up nobody with a job that failed', async () => {
    const { fogbugz, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    await expect(keeper.enqueue(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await click(keeper, session);
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
  });
});

/** Ports of a worker that dies at its n-th call of them: from then on nothing has an effect or comes back. */
function mortal(ports: KeeperPorts, diesAt: number, lastCall: 'done' | 'not done') {
  let calls = 0;
  const bound =
    <A extends unknown[], R>(work: (...input: A) => Promise<R>) =>
    async (...input: A): Promise<R> => {
      const call = ++calls;
      if (call > diesAt || (call === diesAt && lastCall === 'not done')) return never();
      const result = await work(...input);
      return calls >= diesAt ? never() : result;
    };
  const bounded: KeeperPorts = {
    ...ports,
    save: bound(ports.save),
    remove: bound(ports.remove),
    saveSettings: bound(ports.saveSettings),
    wire: {
      ...ports.wire,
      logOff: bound(ports.wire.logOff),
      check: bound(ports.wire.check),
      person: bound(ports.wire.person),
    },
    history: {
      put: bound(ports.history.put),
      amend: bound(ports.history.amend),
      drop: bound(ports.history.drop),
      clear: bound(ports.history.clear),
    },
    rememberDead: bound(ports.rememberDead),
    removeCookie: bound(ports.removeCookie),
    cookieIsGone: bound(ports.cookieIsGone),
  };
  return { ports: bounded, died: () => calls >= diesAt };
}

type Profile = ReturnType<typeof createProfile>;
type Story = (keeper: Keeper, profile: Profile) => Promise<unknown>;

/** Stories of a worker that is not told when it dies: every step is begun, and waited for only by turns. */
const stories: Readonly<Record<string, Story>> = {
  'a click': async (keeper, { logOn }) => {
    const session = logOn();
    void adding(keeper, session);
    await settle();
    void click(keeper, session);
    await settle();
  },
  'the last tab': async (keeper, { logOn }) => {
    const session = logOn({ state: { is: 'open', inUse: true } });
    void adding(keeper, session);
    void keeper.tell(session.id, { is: 'tabs-seen', any: false, at: now });
    await settle();
    now += 10_000;
    void keeper.tellAll({ is: 'due', at: now });
    await settle();
  },
  'a server that is away for a while': async (keeper, { logOn, fogbugz }) => {
    const session = logOn();
    void adding(keeper, session);
    await settle();
    fogbugz.become('unreachable');
    void click(keeper, session);
    await settle();
    now += 2_000;
    void keeper.tellAll({ is: 'due', at: now });
    await settle();
    fogbugz.become('honest');
    now += 600_000;
    void keeper.tellAll({ is: 'due', at: now });
    await settle();
  },
  'a server that lied once': async (keeper, { logOn, fogbugz }) => {
    const session = logOn();
    void adding(keeper, session);
    await settle();
    fogbugz.become('lies');
    void click(keeper, session);
    await settle();
    fogbugz.become('honest');
    now += 600_000;
    void keeper.tellAll({ is: 'due', at: now });
    await settle();
  },
  'a cookie that vanished': async (keeper, { logOn, store }) => {
    const session = logOn();
    void adding(keeper, session);
    await settle();
    // A token that never came as far as the store is known by its cookie alone.
    if (store.sessions().length > 0) store.cookies.clear();
    void keeper.tell(session.id, { is: 'cookie-vanished' });
    await settle();
  },
  'a close that the browser survived': async (keeper, { logOn, fogbugz }) => {
    const [one, two] = [logOn(), logOn()];
    void adding(keeper, one);
    void adding(keeper, two);
    await settle();
    void click(keeper, one);
    createClosing(
      keeper,
      () => undefined,
      () => true,
      (site, token) => fogbugz.wire.logOff(sessionWith({ site: site.base, token })),
    ).close();
    await settle();
  },
};

describe('a worker that dies between any two awaits', () => {
  /** The next worker: what the store holds, and what the browser's cookies say. */
  async function nextWorker(
    profile: Profile,
    tokens: readonly Session[],
    began: 'worker-started' | 'run-over',
  ) {
    profile.fogbugz.become('honest');
    const keeper = createKeeper(profile.ports);
    keeper.restore(profile.store.sessions(), profile.store.chosen());
    await keeper.tellAll({ is: began, at: now });
    await keeper.tellAll({ is: 'due', at: now });
    for (const session of tokens) {
      const value = session.token.reveal();
      const known = keeper.holds(session.token) || profile.store.dead.has(value);
      if (profile.store.cookies.has(value) && !known) await adding(keeper, session);
    }
    await passTime(keeper);
    return keeper;
  }

  async function live(story: Story, diesAt: number, lastCall: 'done' | 'not done') {
    now = 1_000_000;
    const profile = createProfile();
    const made: Session[] = [];
    const logOn = (changes?: Partial<Session>) => {
      const session = profile.logOn(changes);
      made.push(session);
      return session;
    };
    const { ports, died } = mortal(profile.ports, diesAt, lastCall);
    await story(createKeeper(ports), { ...profile, logOn });
    return { profile, made, died: died() };
  }

  describe.each(Object.keys(stories))('in the story of %s', name => {
    it.each(['done', 'not done'] as const)('loses no token, its last call being %s', async lastCall => {
      const story = stories[name];
      if (!story) throw new Error('no such story');
      let deaths = 0;
      for (let n = 1; ; n++) {
        const { profile, made, died } = await live(story, n, lastCall);
        const { store, fogbugz } = profile;
        if (!died) break;
        deaths = n;

        await nextWorker(profile, made, 'worker-started');
        const kept = store.sessions().map(({ token }) => token.reveal());
        expect(kept, `every live token is stored, after death ${n}`).toEqual(
          expect.arrayContaining([...fogbugz.allAlive()]),
        );
        expect(store.states().every(state => state === 'open')).toBe(true);

        await nextWorker(profile, made, 'run-over');
        expect(fogbugz.allAlive(), `every token is dead in the end, after death ${n}`).toEqual([]);
        expect(store.sessions()).toEqual([]);
        expect(store.history().map(({ id }) => id)).toHaveLength(made.length);
      }
      expect(deaths).toBeGreaterThan(5);
    });

    it('owes it at the next start of the browser', async () => {
      const story = stories[name];
      if (!story) throw new Error('no such story');
      for (let n = 1; ; n++) {
        const { profile, made, died } = await live(story, n, 'not done');
        if (!died) break;
        const before = profile.store.sessions();
        const keeper = await nextWorker(profile, before, 'run-over');
        for (const { token } of before) expect(profile.fogbugz.isAlive(token.reveal())).toBe(false);
        expect([...keeper.sessions()]).toEqual([]);
        expect(made.length).toBeGreaterThan(0);
      }
    });
  });
});
