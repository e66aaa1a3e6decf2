import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Site, usualSite } from '../fogbugz/site.ts';
import type { Receipt } from '../guard-messages.ts';
import { endsAtClose } from '../session/ends-at-close.ts';
import type { Guarding } from '../session/guarding.ts';
import type { Session } from '../session/session.ts';
import { defaultSettings, type Settings } from '../session/settings.ts';
import { sampleStates, secret, sessionWith, tokenOf } from '../session/stage/samples.ts';
import { createGuard } from './guard.ts';
import { createFakeGuard } from './stage/fake-guard.ts';

const base = 'https://acme.fogbugz.com/';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_000_000 });
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  return () => void vi.useRealTimers();
});

/** Lets everything happen that only waits for a turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
}
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}

/** A worker with the Guard turned on, and what it shows. */
function create(sessions: readonly Session[] = [], changes: Partial<Settings> = {}) {
  const fake = createFakeGuard();
  const world = {
    sessions,
    settings: { ...defaultSettings, guard: true, ...changes },
    sites: new Map<string, Site>(),
    permitted: true,
    reach: 'reached' as 'reached' | 'out of reach',
    renewed: 0,
    profile: async () => 'profile-1',
    stored: [] as Receipt[],
    remembered: [] as string[],
    disk: 'writable' as 'writable' | 'full',
  };
  let shown: Guarding = { is: 'off' };
  const guard = createGuard({
    isOn: () => world.settings.guard,
    wanted: () => world.sessions.filter(one => endsAtClose(one, world.settings)),
    siteOf: one => world.sites.get(one) ?? usualSite(one),
    isPermitted: async () => world.permitted,
    canConnect: () => world.reach === 'reached',
    renew: () => void world.renewed++,
    connect: fake.connect,
    profile: () => world.profile(),
    version: '1.0',
    show: guarding => {
      shown = guarding;
    },
    remember: run => void world.remembered.push(run),
    async receive(receipts) {
      if (world.disk === 'full') throw new Error('QUOTA_BYTES quota exceeded');
      await undefined;
      world.stored.push(...receipts);
    },
    now: Date.now,
  });
  const change = async (next: Partial<typeof world> = {}): Promise<void> => {
    Object.assign(world, next);
    guard.changed();
    await settle();
  };
  return { guard, fake, world, change, shown: () => shown, is: () => shown.is };
}

const session = (id: string, changes: Partial<Session> = {}) =>
  sessionWith({ id, token: tokenOf(`${secret.slice(0, -4)}${id.padStart(4, '0')}`), ...changes });
const one = session('one');
const two = session('two');

const receipt = (id: string, changes: Partial<Receipt> = {}): Receipt => ({
  session: id,
  outcome: 'logged-off',
  at: 900_000,
  msAfterEnd: 80,
  attempts: 1,
  ended: 'browser-died',
  ...changes,
});

describe('the Guard', () => {
  it('is not started while it is off, or while nothing is open', async () => {
    const { fake, change, is } = create([one], { guard: false });
    await change();
    expect(fake.starts()).toBe(0);
    expect(is()).toBe('off');
    await change({ settings: { ...defaultSettings, guard: true }, sessions: [] });
    expect(fake.starts()).toBe(0);
    expect(is()).toBe('resting');
  });

  it('is given every session, and says of each whether a crash is covered', async () => {
    const { guard, fake, world, change, shown } = create([one, two]);
    guard.changed();
    expect(shown()).toEqual({ is: 'connecting' });
    expect(guard.covers('one')).toBe(false);
    await settle();
    expect(fake.armed()).toEqual(['one', 'two']);
    expect(fake.taken()).toBe(1);
    expect(world.remembered).toEqual(['boot 42 1000']);
    expect(shown()).toEqual({ is: 'connected', version: '1.2', sessions: { one: 'ok', two: 'ok' } });
    expect(guard.covers('one')).toBe(true);
    expect(guard.covers('three')).toBe(false);
    await change({ sessions: [one, two, session('three')] });
    expect(fake.armed()).toEqual(['one', 'two', 'three']);
    expect(fake.starts()).toBe(1);
  });

  it('is given what was opened while it started', async () => {
    const { fake, guard, change } = create([one]);
    guard.changed();
    await change({ sessions: [one, two] });
    expect(fake.armed()).toEqual(['one', 'two']);
    expect(fake.starts()).toBe(1);
  });

  it('is given each session once, however often something changes', async () => {
    const { fake, change } = create([one]);
    for (let times = 0; times < 5; times++) await change();
    expect(fake.heard().filter(({ do: what }) => what === 'arm')).toHaveLength(1);
  });

  it('lets go of what was answered, and is not there when nothing is left', async () => {
    const { guard, fake, change, is } = create([one, two]);
    await change();
    await change({ sessions: [one, { ...two, state: sampleStates.checking }] });
    expect(fake.armed()).toEqual(['one']);
    expect(guard.covers('two')).toBe(false);
    await change({ sessions: [] });
    expect(is()).toBe('resting');
    fake.die(); // it has gone already, in peace
    await settle();
    expect(is()).toBe('resting');
    expect(fake.wouldLogOff()).toEqual([]);
    await change({ sessions: [one] });
    expect(fake.armed()).toEqual(['one']);
    expect(fake.starts()).toBe(2);
  });

  it('is told of the end of what was announced to it, though that came before its first word', async () => {
    const { fake, change } = create([one]);
    fake.become('starting');
    await change();
    await change({ sessions: [] });
    fake.become('installed');
    await settle();
    expect(fake.heard().map(({ do: what }) => what)).toContain('disarm');
    expect(fake.taken()).toBe(1);
  });

  it('logs nothing off that is open when it is turned off', async () => {
    const { guard, fake, change, is } = create([one, two]);
    await change();
    await change({ settings: defaultSettings });
    expect(is()).toBe('off');
    expect(guard.covers('one')).toBe(false);
    expect(fake.armed()).toEqual([]);
    expect(fake.wouldLogOff()).toEqual([]);
    await change({ settings: { ...defaultSettings, guard: true } });
    expect(fake.armed()).toEqual(['one', 'two']);
  });

  it('logs nothing off that is open when its permission is taken away', async () => {
    const { guard, fake, world, is } = create([one]);
    guard.changed();
    await settle();
    world.permitted = false;
    guard.tryAgain();
    await settle();
    expect(is()).toBe('not-permitted');
    expect(fake.armed()).toEqual([]);
    expect(fake.wouldLogOff()).toEqual([]);
    expect(guard.covers('one')).toBe(false);
    world.permitted = true;
    guard.tryAgain();
    await settle();
    expect(fake.armed()).toEqual(['one']);
  });

  it('is given neither API keys nor what may outlive the browser, and private windows all the same', async () => {
    const { fake, change } = create(
      [
        one,
        session('key', { kind: 'api-key', source: { is: 'pasted' } }),
        session('kept', { site: 'https://kept.fogbugz.com/' }),
        session('secret', { private: true, site: 'https://kept.fogbugz.com/' }),
        session('owed', { site: 'https://kept.fogbugz.com/', state: sampleStates.waiting }),
      ],
      { exceptions: { 'https://kept.fogbugz.com/': { browserClose: false } } },
    );
    await change();
    expect(fake.armed()).toEqual(['one', 'secret', 'owed']);
  });

  it('is given a thousand of more, and the next when one of them ends', async () => {
    const many = Array.from({ length: 1_002 }, (_, number) => session(String(number)));
    const { fake, change } = create(many);
    await change();
    expect(fake.armed()).toHaveLength(1_000);
    expect(fake.taken()).toBe(1);
    await change({ sessions: many.slice(1) });
    expect(fake.armed()).toHaveLength(1_000);
    expect(fake.armed()).toContain('1000');
    expect(fake.armed()).not.toContain('1001');
  });

  it('is told where to log off, and told anew when that changes', async () => {
    const { guard, fake, change, world } = create([one]);
    await change();
    expect(fake.armedAt('one')).toBe(`${base}f/api/0/jsonapi`);
    fake.finds(() => ({ is: 'failed', why: 'timed-out', detail: '' }));
    const endpoint = `${base}api.asp?`;
    world.sites.set(base, { base, dialect: 'xml', endpoint, redirected: false });
    await change();
    expect(fake.armedAt('one')).toBe(endpoint);
    expect(guard.covers('one')).toBe(false);
  });

  it('is told the address that the site is known by, and not where that has led', async () => {
    const { fake, change, world } = create([one]);
    const endpoint = `${base}bugs/f/api/0/jsonapi`;
    world.sites.set(base, { base: `${base}bugs/`, dialect: 'json', endpoint, redirected: true });
    await change();
    expect(fake.heard().filter(({ do: what }) => what === 'arm')).toMatchObject([
      { site: { base, endpoint } },
    ]);
  });

  it('hears the token, and nothing else does', async () => {
    const { fake, change, shown } = create([one]);
    await change();
    expect(fake.tokenOf('one')).toBe(one.token.reveal());
    expect(JSON.stringify(shown())).not.toContain(one.token.reveal());
    const others = fake.heard().filter(({ do: what }) => what !== 'arm');
    expect(JSON.stringify(others)).not.toContain(one.token.reveal());
  });
});

describe('a site that the Guard cannot reach', () => {
  it('is not claimed to be covered, and is asked again when the user or the network wants it', async () => {
    const { guard, fake, change, shown } = create([one, two]);
    fake.finds(() => ({ is: 'failed', why: 'unreachable', detail: 'no route' }));
    await change();
    expect(shown()).toMatchObject({ sessions: { one: 'unreachable', two: 'unreachable' } });
    expect(guard.covers('one')).toBe(false);
    fake.finds(() => ({ is: 'ok' }));
    guard.tryAgain();
    await settle();
    expect(shown()).toMatchObject({ sessions: { one: 'ok', two: 'ok' } });
    expect(guard.covers('one')).toBe(true);
  });

  it('is guarded all the same: by the time of the end it may be there', async () => {
    const { fake, change } = create([one]);
    fake.finds(() => ({ is: 'failed', why: 'unreachable', detail: '' }));
    await change();
    expect(fake.armed()).toEqual(['one']);
  });
});

describe('a Guard that is not there', () => {
  it('is looked for once, again for a new session, and when the user says so', async () => {
    const { guard, fake, change, is } = create([one]);
    fake.become('missing');
    await change();
    expect(is()).toBe('missing');
    for (let times = 0; times < 10; times++) await change();
    await pass(600_000);
    expect(fake.starts()).toBe(1);
    await change({ sessions: [one, two] });
    expect(fake.starts()).toBe(2);
    await change();
    expect(fake.starts()).toBe(2);
    fake.become('installed');
    guard.tryAgain();
    await settle();
    expect(is()).toBe('connected');
    expect(fake.armed()).toEqual(['one', 'two']);
  });

  it.each([
    ['the Guard', 'guard-outdated', 0],
    ['the extension', 'extension-outdated', 2],
  ] as const)('because %s is too old gets no token', async (_, what, protocol) => {
    const { guard, fake, change, shown } = create([one]);
    fake.become({ protocol });
    await change();
    expect(shown()).toEqual({ is: what, version: '1.2' });
    expect(JSON.stringify(fake.heard())).not.toContain(one.token.reveal());
    await change();
    expect(fake.starts()).toBe(1);
    fake.become('installed');
    guard.tryAgain();
    await settle();
    expect(fake.armed()).toEqual(['one']);
  });

  it('because it was installed for another extension is named', async () => {
    const { fake, change, is } = create([one]);
    fake.become('refuses');
    await change();
    expect(is()).toBe('refuses');
    await change();
    expect(fake.starts()).toBe(1);
  });

  it('because the user has not permitted it is not looked for', async () => {
    const { guard, fake, change, world, is } = create([one]);
    world.permitted = false;
    await change();
    expect(is()).toBe('not-permitted');
    expect(fake.starts()).toBe(0);
    world.permitted = true;
    guard.tryAgain();
    await settle();
    expect(is()).toBe('connected');
  });

  it('because the worker began before the user agreed is left to the next worker', async () => {
    const { guard, fake, change, world, is } = create([one], { guard: false });
    Object.assign(world, { permitted: false, reach: 'out of reach' });
    await change();
    world.permitted = true;
    guard.granted();
    await change();
    expect(world.renewed).toBe(0);
    await change({ settings: { ...defaultSettings, guard: true } });
    await change();
    expect(is()).toBe('connecting');
    expect(world.renewed).toBe(1);
    expect(fake.starts()).toBe(0);
  });

  it('because of another permission is no reason for another worker', async () => {
    const { guard, world, is } = create([one]);
    Object.assign(world, { permitted: false, reach: 'out of reach' });
    guard.granted();
    await settle();
    expect(is()).toBe('not-permitted');
    expect(world.renewed).toBe(0);
  });

  it('because the profile has no id is missing', async () => {
    const { fake, change, is } = create([one]);
    await change({ profile: () => Promise.reject(new Error('the disk is full')) });
    expect(is()).toBe('missing');
    expect(fake.starts()).toBe(0);
  });

  it('leaves no trouble behind when nothing is open any more', async () => {
    const { fake, change, is } = create([one]);
    fake.become('missing');
    await change();
    await change({ sessions: [] });
    expect(is()).toBe('resting');
  });
});

describe('a Guard that dies', () => {
  it('is started again after a while, and given everything', async () => {
    const { guard, fake, change, is } = create([one, two]);
    await change();
    fake.die();
    await settle();
    expect(is()).toBe('connecting');
    expect(guard.covers('one')).toBe(false);
    await change();
    expect(fake.starts()).toBe(1);
    await pass(2_000);
    expect(fake.armed()).toEqual(['one', 'two']);
    expect(guard.covers('one')).toBe(true);
  });

  it('again and again is given up, unless it has stayed long in between', async () => {
    const { fake, change, is } = create([one]);
    await change();
    for (let deaths = 0; deaths < 6; deaths++) {
      expect(fake.armed()).toEqual(['one']);
      fake.die();
      await pass(32_000);
    }
    expect(is()).toBe('missing');
    expect(fake.starts()).toBe(6);
    await pass(600_000);
    expect(fake.starts()).toBe(6);
  });

  it('once in a long while is always started again', async () => {
    const { fake, change } = create([one]);
    await change();
    for (let deaths = 0; deaths < 10; deaths++) {
      await pass(300_000);
      fake.die();
      await pass(4_000);
      expect(fake.armed()).toEqual(['one']);
    }
  });

  it('is not started again for nothing', async () => {
    const { fake, change, is } = create([one]);
    await change();
    fake.die();
    await change({ sessions: [] });
    await pass(60_000);
    expect(fake.starts()).toBe(1);
    expect(is()).toBe('resting');
  });
});

describe('a worker that dies while the Guard holds something', () => {
  it('is to be woken within half of the time for which the Guard waits', async () => {
    const { guard, change } = create([one]);
    expect(guard.lookAt()).toBeUndefined();
    await change();
    expect(guard.lookAt()).toBe(Date.now() + 45_000);
    await pass(44_000);
    expect(guard.lookAt()).toBe(Date.now() + 1_000);
    await pass(1_000);
    expect(guard.lookAt()).toBe(Date.now() + 45_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(guard.lookAt()).toBe(Date.now() + 45_000);
    await change({ sessions: [] });
    expect(guard.lookAt()).toBeUndefined();
  });
});

describe('receipts', () => {
  it('are stored, and then acknowledged', async () => {
    const { fake, change, world } = create([one]);
    fake.leave(receipt('a'), receipt('b'));
    await change();
    expect(world.stored.map(({ session: id }) => id)).toEqual(['a', 'b']);
    expect(fake.receipts()).toEqual([]);
  });

  it('are read although the last session ends before they come', async () => {
    const { fake, change, world } = create([one]);
    fake.leave(receipt('a'));
    fake.become('starting');
    await change();
    await change({ sessions: [] });
    fake.become('installed');
    await settle();
    expect(world.stored).toEqual([receipt('a')]);
    expect(fake.receipts()).toEqual([]);
  });

  it('are read although the last session ends before the Guard is started', async () => {
    const { guard, fake, change, world, is } = create([one]);
    fake.leave(receipt('a'));
    guard.changed();
    await change({ sessions: [] });
    expect(world.stored).toEqual([receipt('a')]);
    expect(fake.receipts()).toEqual([]);
    expect(is()).toBe('resting');
    expect(fake.wouldLogOff()).toEqual([]);
  });

  it('stay with the Guard while they cannot be stored', async () => {
    const { fake, change, world, is } = create([one]);
    fake.leave(receipt('a'));
    world.disk = 'full';
    await change();
    expect(fake.receipts()).toEqual([receipt('a')]);
    expect(is()).toBe('connected');
    world.disk = 'writable';
    await change({ sessions: [] });
    await change({ sessions: [two] });
    expect(world.stored).toEqual([receipt('a')]);
    expect(fake.receipts()).toEqual([]);
  });
});
