import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Site } from '../fogbugz/site.ts';
import { siteAt } from '../fogbugz/stage/loopback.ts';
import type { CookieIdentity, Session } from '../session/session.ts';
import { cookieIdentity, sessionWith, tokenOf } from '../session/stage/samples.ts';
import { FakeBrowser } from './stage/fake-browser.ts';
import { createFakeFetch } from './stage/fake-fetch.ts';
import { type Manners, startSite } from './stage/fake-site.ts';

/** Against pages on loopback, with the cookies of a browser in memory. */

const host = '127.0.0.1';
const provider = 'http://sign-on.example/';
const network = globalThis.fetch;

let browser: FakeBrowser;
let endWebSession: typeof import('./web-session.ts').endWebSession;

beforeEach(async () => {
  browser = new FakeBrowser();
  browser.permitted = name => name === host;
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
  ({ endWebSession } = await import('./web-session.ts'));
  vi.stubGlobal('fetch', createFakeFetch(browser, network));
  return () => void vi.unstubAllGlobals();
});

/** Somebody has logged on at the pages, and the API has just logged the token off. */
async function logOff(manners: Partial<Manners> = {}, cookie: Partial<CookieIdentity> = {}) {
  const site = await startSite({ pages: 'live-on', ...manners });
  const token = site.logOn();
  const identity = { ...cookieIdentity, domain: host, ...cookie };
  const { storeId, partition } = identity;
  const partitioned = partition === '' ? {} : { partitionKey: { topLevelSite: partition } };
  browser.setCookie({ value: token, domain: host, secure: false, storeId, ...partitioned });
  site.end(token);
  const session = sessionWith({
    site: site.base,
    token: tokenOf(token),
    source: { is: 'web', cookie: identity },
  });
  const known = (webSession?: 'ends-too' | 'lives-on'): Site => ({
    ...siteAt(site.base.slice(0, -1), 'json'),
    ...(webSession ? { webSession } : {}),
  });
  return { ...site, token, session, known };
}
type LoggedOff = Awaited<ReturnType<typeof logOff>>;
const look = ({ session, known }: LoggedOff) => endWebSession(session, known());
const again = ({ session, known }: LoggedOff) => endWebSession(session, known('lives-on'));

describe('the session of the pages', () => {
  it('that ended with its token is left alone', async () => {
    const site = await logOff({ pages: 'end-too' });
    expect(await look(site)).toBe('ended-too');
    expect(site.pageRequests().map(({ url }) => url)).not.toContain('/default.asp?pre=preLogOff');
  });

  it.each<[string, Partial<Manners>]>([
    ['a GET', { logOff: 'get' }],
    ['a GET that clears the cookie', { logOff: 'get', cookie: 'cleared' }],
    ['a POST', { logOff: 'post' }],
    ['a POST that clears the cookie', { logOff: 'post', cookie: 'cleared' }],
    ['a POST with the field of its page', { logOff: 'post-with-field' }],
  ])('that lives on is ended by %s, at the first log-off and at later ones', async (_, manners) => {
    const first = await logOff(manners);
    expect(await look(first)).toBe('ended-apart');
    expect(first.isOnPages(first.token)).toBe(false);
    const later = await logOff(manners);
    expect(await again(later)).toBe('ended-apart');
    expect(later.isOnPages(later.token)).toBe(false);
  });

  it('that nothing ends is known to be on', async () => {
    const site = await logOff({ logOff: 'nothing-helps' });
    expect(await look(site)).toBe('still-on');
    expect(await again(site)).toBe('still-on');
    expect(site.isOnPages(site.token)).toBe(true);
  });

  it('is not told from a page that strangers are shown as well', async () => {
    const site = await logOff({ pages: 'end-too', strangers: 'same-page' });
    expect(await look(site)).toBe('unknown');
    expect(site.pageRequests().map(({ url }) => url)).not.toContain('/default.asp?pre=preLogOff');
  });

  it('is not told where the log-on page is at a provider that we may not reach', async () => {
    const ended = await logOff({ pages: 'end-too', logOnAt: provider });
    expect(await look(ended)).toBe('unknown');
    const alive = await logOff({ logOnAt: provider });
    expect(await look(alive)).toBe('unknown');
  });

  it('is ended where the log-off leads to a provider that we may not reach', async () => {
    for (const cookie of ['kept', 'cleared'] as const) {
      const site = await logOff({ farewellLeadsTo: provider, cookie });
      await again(site);
      expect(site.isOnPages(site.token)).toBe(false);
      expect(await again(site)).not.toBe('unreachable');
    }
  });

  it.each(['the-api-alone', 'nothing', 'with-errors'] as const)(
    'is unknown where the pages answer nothing of use, and stays owed once it is known to live on: %s',
    async answers => {
      const site = await logOff();
      site.manners.answers = answers;
      expect(await look(site)).toBe('unknown');
      expect(await again(site)).toBe('unreachable');
      expect(site.isOnPages(site.token)).toBe(true);
      site.manners.answers = 'all';
      expect(await again(site)).toBe('ended-apart');
    },
  );

  it('stays owed when the pages are gone after they were seen to live on', async () => {
    const site = await logOff();
    site.manners.arrived = ({ url }) => {
      if (url.includes('preLogOff')) site.manners.answers = 'nothing';
    };
    expect(await look(site)).toBe('unreachable');
    expect(site.isOnPages(site.token)).toBe(true);
  });
});

describe('the cookies of the browser', () => {
  it('are sent while they hold the very token, and at no other time', async () => {
    const site = await logOff({ logOff: 'post-with-field' });
    await look(site);
    for (const { headers } of site.withCookies()) expect(headers.cookie).toBe(`fbToken=${site.token}`);
    expect(site.withCookies().length).toBeGreaterThan(0);
  });

  it.each([
    ['the first look', 'GET', '/'],
    ['the log-off by GET', 'GET', '/default.asp?pre=preLogOff'],
    ['the log-off by POST', 'POST', '/default.asp?pre=preLogOff'],
  ] as const)('are sent no more once somebody has logged on anew: after %s', async (_, method, url) => {
    const site = await logOff({ logOff: 'nothing-helps' });
    const newer = site.logOn();
    site.manners.arrived = one => {
      if (one.method === method && one.url === url) {
        browser.setCookie({ value: newer, domain: host, secure: false });
      }
    };
    await look(site);
    expect(site.withCookies().at(-1)).toMatchObject({ method, url });
    for (const { headers } of site.withCookies()) expect(headers.cookie).not.toContain(newer);
    expect(site.isOnPages(newer)).toBe(true);
    expect(browser.cookies.map(({ value }) => value)).toEqual([newer]);
  });

  it.each<[string, (site: LoggedOff) => Session]>([
    ['hold another token', ({ session }) => ({ ...session, token: tokenOf('another-token') })],
    ['were never those of the session', ({ session }) => ({ ...session, source: { is: 'pasted' } })],
  ])('are sent at no time if they %s', async (_, change) => {
    const site = await logOff();
    const session = change(site);
    expect(await endWebSession(session, site.known())).toBe('unknown');
    expect(await endWebSession(session, site.known('lives-on'))).toBe('unknown');
    expect(site.pageRequests()).toEqual([]);
  });

  it.each<[string, Partial<CookieIdentity>]>([
    ['of a container', { storeId: 'firefox-container-1' }],
    ['of a private window', { storeId: '1' }],
    ['of a private window of Firefox', { storeId: 'firefox-private' }],
    ['of a partition', { partition: 'https://example.org' }],
  ])('are out of reach and asked for nothing: those %s', async (_, cookie) => {
    const site = await logOff({}, cookie);
    expect(await look(site)).toBe('unknown');
    expect(await again(site)).toBe('unknown');
    expect(site.seen).toEqual([]);
  });
});
