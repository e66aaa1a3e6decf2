import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DiscoverOutcome } from '../fogbugz/discover.ts';
import type { Dialect } from '../fogbugz/site.ts';
import type { Session } from '../session/session.ts';
import { defaultSettings, type Settings } from '../session/settings.ts';
import { sessionWith, tokenOf } from '../session/stage/samples.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import { createOwnSites } from './own-sites.ts';
import { createSites, type Sites } from './sites.ts';
import { createFakeWire } from './stage/fake-fogbugz.ts';
import { createFakeStore } from './stage/fake-store.ts';

const base = 'https://intranet/fogbugz/';
const sibling = 'http://intranet:8080/';
const acme = 'https://acme.fogbugz.com/';

/** What lives where, and the hosts that the user has let the extension into. */
let world: Map<string, DiscoverOutcome>;
let permitted: Set<string>;
let fogbugz: ReturnType<typeof createFakeWire>;
let store: ReturnType<typeof createFakeStore>;
let keeper: Keeper;
let sites: Sites;
let ownSites: ReturnType<typeof createOwnSites>;
/** Sites at which somebody looked for open sessions. */
let lookedAt: (readonly string[])[];

const found = (where: string, dialect: Dialect = 'xml'): DiscoverOutcome => ({
  is: 'site',
  site: { base: where, dialect, endpoint: `${where}api.asp?`, redirected: false },
});
const hostOf = (url: string) => new URL(url).hostname;

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  world = new Map([base, sibling, acme].map(where => [where, found(where)]));
  permitted = new Set(['intranet', 'acme.fogbugz.com']);
  fogbugz = createFakeWire();
  store = createFakeStore();
  lookedAt = [];
  const isPermitted = async (where: string) => permitted.has(hostOf(where));
  const discover = async (where: string): Promise<DiscoverOutcome> =>
    world.get(where) ?? { is: 'not-fogbugz', status: 404 };
  keeper = createKeeper({
    ...store.ports,
    wire: fogbugz.wire,
    now: () => 10_000,
    chance: () => 0.5,
    changed: () => void ownSites.tidy(),
  });
  sites = createSites({ discover, save: async () => undefined, mayWrite: () => true, isPermitted });
  ownSites = createOwnSites(keeper, sites, {
    discover,
    isPermitted,
    given: [],
    dropAccess: async where => void permitted.delete(hostOf(where)),
    added: () => lookedAt.push(keeper.settings().ownSites),
    now: () => 10_000,
  });
  start();
});

function start(settings: Partial<Settings> = {}): void {
  keeper.restore([], { settings: { ...defaultSettings, ...settings }, changedAt: 0 });
}
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve));
}
/** A live token at a site. */
async function logOn(site: string, changes: Partial<Session> = {}): Promise<string> {
  const token = fogbugz.logOn(hostOf(site));
  await keeper.enqueue(() => keeper.add(sessionWith({ id: token, site, token: tokenOf(token), ...changes })));
  await settle();
  return token;
}
const own = () => store.settings().ownSites;

describe('adding a server', () => {
  it('finds it out, keeps it, and looks for sessions that are open there', async () => {
    expect(await ownSites.add('intranet/fogbugz/default.asp?pre=preLogOff')).toEqual({ is: 'added', base });
    expect(own()).toEqual([base]);
    expect(sites.known(base)).toMatchObject({ dialect: 'xml' });
    expect(lookedAt).toEqual([[base]]);
    expect([...permitted]).toContain('intranet');
  });

  it('twice has it once', async () => {
    await ownSites.add(base);
    expect(await ownSites.add('https://INTRANET/fogbugz')).toEqual({ is: 'added', base });
    expect(own()).toEqual([base]);
    await Promise.all([ownSites.add(sibling), ownSites.add(sibling)]);
    expect(own()).toEqual([base, sibling]);
  });

  it('keeps the base that it turned out to have', async () => {
    world.set('https://intranet/', found(base));
    expect(await ownSites.add('intranet')).toEqual({ is: 'added', base });
    expect(own()).toEqual([base]);
  });

  it.each<[string, DiscoverOutcome, object]>([
    ['moved', { is: 'moved', to: 'https://bugs/' }, { is: 'moved', to: 'https://bugs/' }],
    ['moved somewhere', { is: 'moved', to: undefined }, { is: 'moved', to: undefined }],
    ['bad', { is: 'bad-address', why: 'not-http' }, { is: 'bad-address' }],
    [
      'no FogBugz',
      { is: 'not-fogbugz', status: 404 },
      { is: 'failed', obstacle: { is: 'not-fogbugz', status: 404 } },
    ],
    [
      'unreachable',
      { is: 'unreachable', why: 'offline' },
      { is: 'failed', obstacle: { is: 'unreachable', why: 'offline' } },
    ],
  ])('that is %s says so, keeps nothing, and gives the permission back', async (_, outcome, answer) => {
    world.set(base, outcome);
    expect(await ownSites.add(base)).toEqual(answer);
    expect(own()).toEqual([]);
    expect([...permitted]).not.toContain('intranet');
  });

  it('that fails keeps a permission that another server on its host needs', async () => {
    await ownSites.add(sibling);
    world.delete(base);
    expect(await ownSites.add(base)).toMatchObject({ is: 'failed' });
    expect([...permitted]).toContain('intranet');
  });

  it('without its permission asks nobody', async () => {
    permitted.delete('intranet');
    expect(await ownSites.add(base)).toEqual({ is: 'failed', obstacle: { is: 'not-permitted' } });
    expect(own()).toEqual([]);
  });

  it.each(['', 'two words', 'ftp://intranet/', 'https://ada:demo@intranet/'])('refuses %j', async address => {
    expect(await ownSites.add(address)).toEqual({ is: 'bad-address' });
    expect(own()).toEqual([]);
  });

  it('on demand gives no permission back that came with the installation', async () => {
    world.delete(acme);
    expect(await ownSites.add(acme)).toMatchObject({ is: 'failed' });
    expect([...permitted]).toContain('acme.fogbugz.com');
  });
});

describe('removing a server', () => {
  beforeEach(async () => {
    await ownSites.add(base);
  });

  it('logs its sessions off, and no others', async () => {
    const [there, elsewhere] = [await logOn(base), await logOn(acme)];
    await ownSites.remove(base);
    await settle();
    expect(fogbugz.allAlive()).toEqual([elsewhere]);
    expect(fogbugz.isAlive(there)).toBe(false);
    expect(store.history()).toMatchObject([{ trigger: 'site-removed', outcome: 'logged-off' }]);
    expect(own()).toEqual([]);
    expect(sites.droppable()).toEqual([]);
    expect([...permitted]).toEqual(['acme.fogbugz.com']);
  });

  it('logs a session off that was told to stay on this time', async () => {
    const token = await logOn(base, { staysOnce: true });
    await ownSites.remove(base);
    await settle();
    expect(fogbugz.isAlive(token)).toBe(false);
  });

  it('keeps the permission until nothing is owed there any more', async () => {
    const token = await logOn(base);
    fogbugz.become('unreachable');
    await ownSites.remove(base);
    await settle();
    expect(own()).toEqual([]);
    expect([...permitted]).toContain('intranet');
    expect(sites.known(base)).toBeDefined();
    fogbugz.become('honest');
    await keeper.tellAll({ is: 'try-now', at: 10_000 });
    await settle();
    expect(fogbugz.isAlive(token)).toBe(false);
    expect([...permitted]).not.toContain('intranet');
    expect(sites.known(base)).toBeUndefined();
  });

  it('gives the permission back when the user forgets what is owed there', async () => {
    await logOn(base);
    fogbugz.become('unreachable');
    await ownSites.remove(base);
    await settle();
    await keeper.tellAll({ is: 'forgotten', at: 10_000 });
    await settle();
    expect([...permitted]).not.toContain('intranet');
  });

  it('keeps a permission that another server on its host needs', async () => {
    await ownSites.add(sibling);
    await ownSites.remove(base);
    await settle();
    expect([...permitted]).toContain('intranet');
    await ownSites.remove(sibling);
    await settle();
    expect([...permitted]).not.toContain('intranet');
  });

  it('drops its keys, which live on at the server', async () => {
    const key = await logOn(base, { kind: 'api-key', source: { is: 'pasted' } });
    await ownSites.remove(base);
    await settle();
    expect(store.sessions()).toEqual([]);
    expect(fogbugz.isAlive(key)).toBe(true);
    expect(fogbugz.asked('logoff')).toEqual([]);
    expect([...permitted]).not.toContain('intranet');
  });

  it('drops what was different for it, and for no other', async () => {
    start({ ownSites: [base], exceptions: { [base]: { lastTab: false }, [acme]: { idleMinutes: 5 } } });
    await ownSites.remove(base);
    expect(store.settings().exceptions).toEqual({ [acme]: { idleMinutes: 5 } });
  });

  it('can be undone by adding it again', async () => {
    await ownSites.remove(base);
    await settle();
    permitted.add('intranet');
    expect(await ownSites.add(base)).toEqual({ is: 'added', base });
    await settle();
    expect(own()).toEqual([base]);
    expect([...permitted]).toContain('intranet');
  });
});
