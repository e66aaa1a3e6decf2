import { beforeEach, describe, expect, it } from 'vitest';
import type { DiscoverOutcome } from '../fogbugz/discover.ts';
import type { Dialect, Site } from '../fogbugz/site.ts';
import { createSites, type Sites } from './sites.ts';

const acme = 'https://acme.fogbugz.com/';
const intranet = 'https://intranet/fogbugz/';

const site = (base: string, dialect: Dialect = 'json'): Site => ({
  base,
  dialect,
  endpoint: dialect === 'json' ? `${base}f/api/0/jsonapi` : `${base}api.asp?`,
  redirected: false,
});

/** What lives where; what is not in it can't be reached. */
let world: Map<string, DiscoverOutcome>;
let questions: string[];
let disk: ReadonlyMap<string, Site>;
let diskIs: 'writable' | 'full';
let permitted: Set<string>;
let writable: Set<string>;
let sites: Sites;

beforeEach(() => {
  world = new Map([[acme, { is: 'site', site: site(acme) }]]);
  questions = [];
  disk = new Map();
  diskIs = 'writable';
  permitted = new Set([acme, intranet]);
  writable = new Set([acme, intranet]);
  sites = createSites({
    discover: async base => {
      questions.push(base);
      await undefined;
      return world.get(base) ?? { is: 'unreachable', why: 'no connection' };
    },
    save: async known => {
      await undefined;
      if (diskIs === 'full') throw new Error('QUOTA_BYTES quota exceeded');
      disk = known;
    },
    mayWrite: base => writable.has(base),
    isPermitted: async base => permitted.has(base),
  });
});

describe('a site', () => {
  it('is found out once, however many ask', async () => {
    const found = await Promise.all([sites.find(acme), sites.find(acme), sites.find(acme)]);
    expect(found).toEqual([site(acme), site(acme), site(acme)]);
    expect(await sites.find(acme)).toEqual(site(acme));
    expect(questions).toEqual([acme]);
    expect(sites.known(acme)).toEqual(site(acme));
    expect(disk.get(acme)).toEqual(site(acme));
  });

  it('that could not be reached is asked for again, and is not known in between', async () => {
    expect(await sites.find(intranet)).toEqual({ is: 'unreachable', why: 'no connection' });
    expect(sites.known(intranet)).toBeUndefined();
    world.set(intranet, { is: 'site', site: site(intranet, 'xml') });
    expect(await sites.find(intranet)).toEqual(site(intranet, 'xml'));
  });

  it('that was stored is known without a question', async () => {
    sites.restore(new Map([[acme, site(acme, 'xml')]]));
    expect(await sites.find(acme)).toEqual(site(acme, 'xml'));
    expect(questions).toEqual([]);
  });

  it('is known although the disk is full', async () => {
    diskIs = 'full';
    expect(await sites.find(acme)).toEqual(site(acme));
    expect(sites.known(acme)).toEqual(site(acme));
  });

  it.each<[string, DiscoverOutcome, object]>([
    ['moved', { is: 'moved', to: 'https://elsewhere/' }, { is: 'redirected' }],
    ['a bad address', { is: 'bad-address', why: 'not-http' }, { is: 'not-fogbugz', status: 0 }],
    ['no FogBugz', { is: 'not-fogbugz', status: 404 }, { is: 'not-fogbugz', status: 404 }],
    ['unreachable', { is: 'unreachable', why: 'offline' }, { is: 'unreachable', why: 'offline' }],
  ])('that is %s is none, and the obstacle says so', async (_, outcome, obstacle) => {
    world.set(acme, outcome);
    expect(await sites.find(acme)).toEqual(obstacle);
    expect(sites.known(acme)).toBeUndefined();
  });

  it('that cannot be reached without permission is told from a network that is down', async () => {
    permitted.delete(intranet);
    expect(await sites.find(intranet)).toEqual({ is: 'not-permitted' });
    world.set(intranet, { is: 'not-fogbugz', status: 500 });
    expect(await sites.find(intranet)).toEqual({ is: 'not-fogbugz', status: 500 });
  });
});

describe('a site that only private windows know', () => {
  beforeEach(() => writable.delete(acme));

  it('does not come to the disk, with whatever else is written', async () => {
    world.set(intranet, { is: 'site', site: site(intranet) });
    await sites.find(acme);
    await sites.find(intranet);
    expect(sites.known(acme)).toEqual(site(acme));
    expect([...disk.keys()]).toEqual([intranet]);
  });

  it('comes to the disk with the next thing written once somebody else knows it', async () => {
    await sites.find(acme);
    writable.add(acme);
    await sites.put(acme, { ...site(acme), webSession: 'ends-too' });
    expect(disk.get(acme)).toMatchObject({ webSession: 'ends-too' });
  });

  it('does not come to the disk because it was there before it was dropped', async () => {
    writable.add(acme);
    await sites.find(acme);
    await sites.drop(acme);
    writable.delete(acme);
    await sites.find(acme);
    expect([...disk.keys()]).toEqual([]);
  });
});

describe('a site that is looked for again', () => {
  const learnt: Site = { ...site(acme), webSession: 'lives-on' };
  beforeEach(() => sites.restore(new Map([[acme, learnt]])));

  it('is what it has become', async () => {
    world.set(acme, { is: 'site', site: site(acme, 'xml') });
    expect(await sites.findAgain(acme, learnt)).toEqual(site(acme, 'xml'));
    expect(sites.known(acme)).toEqual(site(acme, 'xml'));
    expect(disk.get(acme)).toEqual(site(acme, 'xml'));
  });

  it('has moved to another path of its host', async () => {
    world.set(acme, { is: 'site', site: site(`${acme}fogbugz/`) });
    expect(await sites.findAgain(acme, learnt)).toEqual(site(`${acme}fogbugz/`));
  });

  it('is nothing new where it is what it was, and what was learnt of its pages stands', async () => {
    expect(await sites.findAgain(acme, learnt)).toBeUndefined();
    expect(sites.known(acme)).toEqual(learnt);
  });

  it('stays known as it was until something else is found', async () => {
    world.set(acme, { is: 'site', site: site(acme, 'xml') });
    const again = sites.findAgain(acme, learnt);
    expect(sites.known(acme)).toEqual(learnt);
    await again;
    expect(sites.known(acme)).toEqual(site(acme, 'xml'));
  });

  it.each<DiscoverOutcome>([
    { is: 'unreachable', why: 'no connection' },
    { is: 'moved', to: 'https://elsewhere/' },
    { is: 'not-fogbugz', status: 200 },
  ])(
    'is nothing new where nothing is found ($is); the closing function has no better guess',
    async outcome => {
      world.set(acme, outcome);
      expect(await sites.findAgain(acme, learnt)).toBeUndefined();
      expect(sites.known(acme)).toEqual(learnt);
    },
  );
});

it('that is dropped is dropped once, and is gone from the disk', async () => {
  await sites.find(acme);
  expect(await sites.drop(acme)).toBe(true);
  expect(await sites.drop(acme)).toBe(false);
  expect(sites.known(acme)).toBeUndefined();
  expect([...disk.keys()]).toEqual([]);
});
