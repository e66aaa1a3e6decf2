import { beforeEach, describe, expect, it } from 'vitest';
import { neverChanged } from '../session/settings.ts';
import { wakeAt } from '../session/transition.ts';
import { createKeeper } from './keeper.ts';
import {
  adding,
  beginAnew,
  click,
  clock,
  createProfile,
  never,
  passTime,
  settle,
} from './stage/keeper-stage.ts';

beforeEach(beginAnew);

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
    void keeper.tellAll({ is: 'triggered', trigger: 'click', at: clock.now });
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
      clock.now = next ?? clock.now;
      await keeper.tellAll({ is: 'due', at: clock.now });
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
    await keeper.tellAll({ is: 'run-over', at: clock.now });
    await keeper.tellAll({ is: 'due', at: clock.now });
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
    await next.tellAll({ is: 'worker-started', at: clock.now });
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
