import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WindowKind } from '../browser/commands.ts';
import { FakeBrowser } from '../browser/stage/fake-browser.ts';
import { createFakeFetch } from '../browser/stage/fake-fetch.ts';
import { pass, startSite } from '../browser/stage/fake-site.ts';
import { discover } from '../fogbugz/discover.ts';
import type { Session } from '../session/session.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import { createNewcomers } from './newcomers.ts';
import { createSites } from './sites.ts';
import { createFakeStore } from './stage/fake-store.ts';
import { createWire } from './wire.ts';

const host = '127.0.0.1';
const network = globalThis.fetch;

let browser: FakeBrowser;
let site: Awaited<ReturnType<typeof startSite>>;
let store: ReturnType<typeof createFakeStore>;
let keeper: Keeper;
let newcomers: ReturnType<typeof createNewcomers>;

beforeEach(async () => {
  browser = new FakeBrowser();
  browser.permitted = name => name === host;
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
  const { setTokenCookie } = await import('../browser/cookies.ts');
  const { isPermitted } = await import('../browser/permissions.ts');
  vi.stubGlobal('fetch', createFakeFetch(browser, network));
  site = await startSite();
  store = createFakeStore();
  const sites = createSites({ discover, save: async () => undefined, mayWrite: () => true, isPermitted });
  keeper = createKeeper({
    ...store.ports,
    wire: createWire(sites, async () => 'unknown'),
    now: () => 10_000,
    chance: () => 0.5,
    changed: () => undefined,
  });
  newcomers = createNewcomers(keeper, sites, { setCookie: setTokenCookie, now: () => 10_000 });
  return () => void vi.unstubAllGlobals();
});

const logOn = (
  email = 'ada@example.com',
  page: 'too' | 'not' = 'not',
  password = pass,
  window: WindowKind = 'ordinary',
) => newcomers.logOn({ site: site.base, email, password, page, window });
const take = (token: string, kind: Session['kind'] = 'session') =>
  newcomers.takeToken({ site: site.base, token, kind, window: 'ordinary' });
const held = () => store.sessions().map(({ token }) => token.reveal());

describe('logging on in the popup', () => {
  it('of a private window opens a private session, and sets a private cookie', async () => {
    expect(await logOn(undefined, 'too', undefined, 'private')).toEqual({ is: 'logged-on' });
    expect(store.sessions()).toMatchObject([{ source: { is: 'logon' }, private: true }]);
    expect(browser.cookies).toMatchObject([{ storeId: '1' }]);
  });

  it('opens a session of its own', async () => {
    expect(await logOn()).toEqual({ is: 'logged-on' });
    expect(store.sessions()).toMatchObject([
      {
        site: site.base,
        source: { is: 'logon' },
        kind: 'session',
        private: false,
        since: 10_000,
        state: { is: 'open', inUse: false },
      },
    ]);
    expect(held().map(site.isAlive)).toEqual([true]);
    expect(browser.cookies).toEqual([]);
  });

  it('logs the pages on as well, if that is wished', async () => {
    expect(await logOn('Ada Lovelace', 'too')).toEqual({ is: 'logged-on' });
    expect(browser.cookies).toMatchObject([{ name: 'fbToken', value: held()[0], domain: host }]);
  });

  it('has the session in the store before the pages have its cookie', async () => {
    const known: (readonly string[])[] = [];
    browser.events.cookieChanged.addListener(() => known.push(held()));
    await logOn('ada@example.com', 'too');
    expect(known).toEqual([[browser.cookies[0]?.value]]);
  });

  it('says so when the browser won’t take the cookie, and keeps the session', async () => {
    browser.cookiesAre = 'refused';
    expect(await logOn('ada@example.com', 'too')).toEqual({ is: 'page-not' });
    expect(held()).toHaveLength(1);
    expect(browser.cookies).toEqual([]);
  });

  it.each([
    ['a wrong password', 'ada@example.com', 'wrong', { is: 'wrong-password' }],
    ['two people', 'twins@example.com', pass, { is: 'ambiguous', people: ['John Hancock', 'Fred Astaire'] }],
    ['a second factor', 'two-factor@example.com', pass, { is: 'two-factor' }],
  ])('tells of %s, and opens nothing', async (_, email, password, outcome) => {
    expect(await logOn(email, 'too', password)).toEqual(outcome);
    expect(held()).toEqual([]);
    expect(browser.cookies).toEqual([]);
  });

  it('fails with a site that is down, or was never to be reached', async () => {
    site.manners.answers = 'nothing';
    expect(await logOn()).toMatchObject({ is: 'failed', obstacle: { is: 'unreachable' } });
    site.manners.answers = 'all';
    await logOn();
    site.manners.answers = 'with-errors';
    expect(await logOn()).toMatchObject({ is: 'failed', obstacle: { is: 'unavailable', status: 503 } });
    browser.permitted = () => false;
    expect(await logOn()).toEqual({ is: 'failed', obstacle: { is: 'not-permitted' } });
    expect(held()).toHaveLength(1);
  });

  it('leaves the password nowhere but in the one request', async () => {
    await logOn('ada@example.com', 'too');
    const spelt = JSON.stringify(pass).slice(1, -1);
    expect(site.seen.filter(({ body }) => body.includes(spelt))).toHaveLength(1);
    const kept = JSON.stringify([store.sessions(), browser.cookies, browser.disk, browser.memory]);
    expect(kept).not.toContain('horse');
  });
});

describe('a pasted token', () => {
  it.each(['session', 'api-key'] as const)(
    'that lives is taken as the %s that it is said to be',
    async kind => {
      const token = site.logOn();
      expect(await take(` ${token}\n`, kind)).toEqual({ is: 'taken' });
      expect(held()).toEqual([token]);
      expect(store.sessions()).toMatchObject([
        { source: { is: 'pasted' }, kind, private: false, state: { is: 'open', inUse: false } },
      ]);
      expect(site.isAlive(token)).toBe(true);
    },
  );

  it('that is in the list already is not taken twice, not even by two clicks', async () => {
    const token = site.logOn();
    await Promise.all([take(token), take(token, 'api-key')]);
    expect(held()).toEqual([token]);
    expect(await take(token)).toEqual({ is: 'known' });
    expect(held()).toEqual([token]);
  });

  it('that the server does not know is not taken', async () => {
    const token = site.logOn();
    site.end(token);
    expect(await take(token)).toEqual({ is: 'dead' });
    expect(held()).toEqual([]);
  });

  it.each(['', 'short', 'two words of it', 'töken-töken', 'x'.repeat(257)])(
    'that can be none is not sent anywhere: %j',
    async text => {
      expect(await take(text)).toEqual({ is: 'not-a-token' });
      expect(site.seen).toEqual([]);
      expect(held()).toEqual([]);
    },
  );

  it('that cannot be checked is not taken', async () => {
    const token = site.logOn();
    site.manners.answers = 'nothing';
    expect(await take(token)).toMatchObject({ is: 'failed', obstacle: { is: 'unreachable' } });
    site.manners.answers = 'all';
    await take(site.logOn());
    site.manners.answers = 'with-errors';
    expect(await take(token)).toMatchObject({ is: 'failed', obstacle: { is: 'unavailable' } });
    browser.permitted = () => false;
    expect(await take(token)).toEqual({ is: 'failed', obstacle: { is: 'not-permitted' } });
    expect(held()).toHaveLength(1);
  });
});
