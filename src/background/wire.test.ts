import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBrowser } from '../browser/stage/fake-browser.ts';
import { createFakeFetch } from '../browser/stage/fake-fetch.ts';
import { type Manners, startSite } from '../browser/stage/fake-site.ts';
import { discover } from '../fogbugz/discover.ts';
import type { Site } from '../fogbugz/site.ts';
import { serve } from '../fogbugz/stage/loopback.ts';
import type { Session } from '../session/session.ts';
import { cookieIdentity, sessionWith, tokenOf } from '../session/stage/samples.ts';
import { createSites, type Sites } from './sites.ts';
import { createWire } from './wire.ts';

/** The real client against servers on loopback. */

const host = '127.0.0.1';
const network = globalThis.fetch;

let browser: FakeBrowser;
let disk: ReadonlyMap<string, Site>;
let sites: Sites;
let wire: ReturnType<typeof createWire>;

beforeEach(async () => {
  browser = new FakeBrowser();
  browser.permitted = name => name === host;
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
  const { endWebSession } = await import('../browser/web-session.ts');
  const { isPermitted } = await import('../browser/permissions.ts');
  vi.stubGlobal('fetch', createFakeFetch(browser, network));
  disk = new Map();
  sites = createSites({
    discover,
    save: async known => {
      disk = known;
    },
    mayWrite: () => true,
    isPermitted,
  });
  wire = createWire(sites, endWebSession);
  return () => void vi.unstubAllGlobals();
});

type FakeSite = Awaited<ReturnType<typeof startSite>>;

/** A log-on at the pages, with its cookie in the browser. */
function logOn(site: FakeSite, changes: Partial<Session> = {}) {
  const token = site.logOn();
  browser.setCookie({ value: token, domain: host, secure: false });
  const source = { is: 'web', cookie: { ...cookieIdentity, domain: host } } as const;
  return { token, session: sessionWith({ site: site.base, token: tokenOf(token), source, ...changes }) };
}
async function open(manners: Partial<Manners> = {}, changes: Partial<Session> = {}) {
  const site = await startSite(manners);
  return { site, ...logOn(site, changes) };
}
const pasted = { source: { is: 'pasted' } } as const;

describe('a log-off', () => {
  it.each(['json', 'xml'] as const)('finds the site out by itself, in %s', async dialect => {
    const { site, token, session } = await open({ dialect }, pasted);
    expect(await wire.logOff(session)).toBe('logged-off');
    expect(site.isAlive(token)).toBe(false);
    expect(await wire.logOff(session)).toBe('already-off');
    expect(disk.get(site.base)).toMatchObject({ dialect });
  });

  it.each([
    ['json', 'xml'],
    ['xml', 'json'],
  ] as const)('succeeds at once at a site that spoke %s and speaks %s now', async (former, present) => {
    const { site, token, session } = await open({ dialect: former }, pasted);
    await wire.learn(site.base);
    site.manners.dialect = present;
    expect(await wire.logOff(session)).toBe('logged-off');
    expect(site.isAlive(token)).toBe(false);
    expect(sites.known(site.base)).toMatchObject({ dialect: present });
    expect(disk.get(site.base)).toMatchObject({ dialect: present });
  });

  it('marks a site that redirects it and no question: what can’t refuse a redirect is not sent there', async () => {
    const envelope = { errors: [{ code: '3', message: 'Not logged on' }], data: {} };
    const { origin } = await serve((one, response) =>
      one.body.includes('logoff')
        ? response.writeHead(307, { Location: 'http://127.0.0.1:9/' }).end()
        : response.writeHead(400, { 'Content-Type': 'application/json' }).end(JSON.stringify(envelope)),
    );
    const session = sessionWith({ site: `${origin}/`, ...pasted });
    await wire.learn(session.site);
    expect(sites.known(session.site)).toMatchObject({ redirected: false });
    expect(await wire.logOff(session)).toEqual({ is: 'redirected' });
    expect(sites.known(session.site)).toMatchObject({ redirected: true });
    expect(disk.get(session.site)).toMatchObject({ redirected: true });
  });

  it('stays owed at a site that moved to another host, which is not sent the token', async () => {
    const elsewhere = await startSite();
    const { origin } = await serve((one, response) =>
      response.writeHead(308, { Location: `${elsewhere.base}${one.url.slice(1)}` }).end(),
    );
    const session = sessionWith({ site: `${origin}/`, ...pasted });
    expect(await wire.logOff(session)).toEqual({ is: 'redirected' });
    sites.restore(
      new Map([
        [`${origin}/`, { base: `${origin}/`, dialect: 'json', endpoint: `${origin}/x`, redirected: false }],
      ]),
    );
    expect(await wire.logOff(session)).toEqual({ is: 'redirected' });
    expect(JSON.stringify(elsewhere.seen)).not.toContain(session.token.reveal());
  });

  it('says that the permission is missing, for a site that is known and for one that is not', async () => {
    const { site, token, session } = await open({}, pasted);
    browser.permitted = () => false;
    expect(await wire.logOff(session)).toEqual({ is: 'not-permitted' });
    browser.permitted = () => true;
    await wire.learn(site.base);
    browser.permitted = () => false;
    expect(await wire.logOff(session)).toEqual({ is: 'not-permitted' });
    expect(site.isAlive(token)).toBe(true);
  });

  it('is unreachable where the network is, and the permission is there', async () => {
    const { site, session } = await open({ answers: 'nothing' }, pasted);
    expect(await wire.logOff(session)).toMatchObject({ is: 'unreachable' });
    site.manners.answers = 'all';
    expect(await wire.logOff(session)).toBe('logged-off');
  });
});

describe('the session of the pages', () => {
  it('that ends with the token is looked at once for its site, and never again', async () => {
    const { site, session } = await open();
    expect(await wire.logOff(session)).toBe('logged-off');
    expect(site.pageRequests().length).toBeGreaterThan(0);
    expect(disk.get(site.base)).toMatchObject({ webSession: 'ends-too' });
    const before = site.pageRequests().length;
    const next = logOn(site);
    expect(await wire.logOff(next.session)).toBe('logged-off');
    expect(site.pageRequests()).toHaveLength(before);
  });

  it('that lives on is ended too, and remembered to want that', async () => {
    const { site, token, session } = await open({ pages: 'live-on', logOff: 'post-with-field' });
    expect(await wire.logOff(session)).toBe('logged-off');
    expect(site.isOnPages(token)).toBe(false);
    expect(disk.get(site.base)).toMatchObject({ webSession: 'lives-on' });
    const next = logOn(site);
    expect(await wire.logOff(next.session)).toBe('logged-off');
    expect(site.isOnPages(next.token)).toBe(false);
  });

  it('is ended too where somebody else has logged its token off before', async () => {
    const { site, token, session } = await open({ pages: 'live-on' });
    site.end(token);
    expect(await wire.logOff(session)).toBe('already-off');
    expect(site.isOnPages(token)).toBe(false);
  });

  it('that nothing ends is an obstacle, and remembered', async () => {
    const { site, token, session } = await open({ pages: 'live-on', logOff: 'nothing-helps' });
    expect(await wire.logOff(session)).toEqual({ is: 'page-still-on' });
    expect(disk.get(site.base)).toMatchObject({ webSession: 'lives-on' });
    site.manners.logOff = 'get';
    expect(await wire.logOff(session)).toBe('already-off');
    expect(site.isOnPages(token)).toBe(false);
  });

  it('that is known to live on stays owed while the pages cannot be reached', async () => {
    const { site, session } = await open({ pages: 'live-on' });
    await wire.logOff(session);
    const next = logOn(site);
    site.manners.answers = 'the-api-alone';
    expect(await wire.logOff(next.session)).toMatchObject({ is: 'unreachable' });
    expect(await wire.logOff(next.session)).toMatchObject({ is: 'unreachable' });
    expect(site.isOnPages(next.token)).toBe(true);
    site.manners.answers = 'all';
    expect(await wire.logOff(next.session)).toBe('already-off');
    expect(site.isOnPages(next.token)).toBe(false);
  });

  it('is nobody’s business for a session that has none, and while the token lives', async () => {
    const { site, session } = await open({ pages: 'live-on' }, pasted);
    expect(await wire.logOff(session)).toBe('logged-off');
    expect(site.pageRequests()).toEqual([]);
    const other = await open({ pages: 'live-on' });
    await wire.learn(other.site.base);
    other.site.manners.answers = 'with-errors';
    expect(await wire.logOff(other.session)).toMatchObject({ is: 'unavailable' });
    expect(other.site.pageRequests()).toEqual([]);
  });

  it('is looked at again after the site has changed its dialect', async () => {
    const { site, session } = await open();
    await wire.logOff(session);
    site.manners.dialect = 'xml';
    site.manners.pages = 'live-on';
    const next = logOn(site);
    expect(await wire.logOff(next.session)).toBe('logged-off');
    expect(site.isOnPages(next.token)).toBe(false);
    expect(disk.get(site.base)).toMatchObject({ dialect: 'xml', webSession: 'lives-on' });
  });
});

describe('a question about a token', () => {
  it('is answered by the site, or not at all', async () => {
    const { site, token, session } = await open({}, pasted);
    expect(await wire.check(site.base, session.token)).toBe('alive');
    expect(await wire.person(site.base, session.token)).toEqual({
      name: 'Ada Lovelace',
      email: 'ada@example.com',
    });
    site.end(token);
    expect(await wire.check(site.base, session.token)).toBe('dead');
    expect(await wire.person(site.base, session.token)).toBeUndefined();
    site.manners.answers = 'with-errors';
    expect(await wire.check(site.base, session.token)).toBe('unknown');
    site.manners.answers = 'nothing';
    expect(await wire.check(site.base, session.token)).toBe('unknown');
  });
});
