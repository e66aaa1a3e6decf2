import { beforeEach, describe, expect, it } from 'vitest';
import { longestWaitMs } from '../session/backoff.ts';
import type { Session } from '../session/session.ts';
import { defaultSettings } from '../session/settings.ts';
import { createKeeper, type Keeper, type KeeperPorts } from './keeper.ts';
import {
  adding,
  beginAnew,
  click,
  clock,
  close,
  createProfile,
  never,
  type Profile,
  passTime,
  settle,
} from './stage/keeper-stage.ts';

beforeEach(beginAnew);

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
    void keeper.tell(session.id, { is: 'tabs-seen', any: false, at: clock.now });
    await settle();
    clock.now += defaultSettings.graceSeconds * 1000;
    void keeper.tellAll({ is: 'due', at: clock.now });
    await settle();
  },
  'a server that is away for a while': async (keeper, { logOn, fogbugz }) => {
    const session = logOn();
    void adding(keeper, session);
    await settle();
    fogbugz.become('unreachable');
    void click(keeper, session);
    await settle();
    clock.now += longestWaitMs;
    void keeper.tellAll({ is: 'due', at: clock.now });
    await settle();
    fogbugz.become('honest');
    clock.now += longestWaitMs;
    void keeper.tellAll({ is: 'due', at: clock.now });
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
    clock.now += longestWaitMs;
    void keeper.tellAll({ is: 'due', at: clock.now });
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
    close(keeper, { fogbugz });
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
    await keeper.tellAll({ is: began, at: clock.now });
    await keeper.tellAll({ is: 'due', at: clock.now });
    for (const session of tokens) {
      const value = session.token.reveal();
      const known = keeper.holds(session.token) || profile.store.dead.has(value);
      if (profile.store.cookies.has(value) && !known) await adding(keeper, session);
    }
    await passTime(keeper);
    return keeper;
  }

  async function live(story: Story, diesAt: number, lastCall: 'done' | 'not done') {
    beginAnew();
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
