import { beforeEach, expect, vi } from 'vitest';
import { FakeBrowser } from '../../browser/stage/fake-browser.ts';
import type { TabFact } from '../../browser/tabs.ts';
import type { createAdoption } from '../adoption.ts';
import { createKeeper, type Keeper } from '../keeper.ts';
import { createPresence } from '../presence.ts';
import { createFakeWire } from './fake-fogbugz.ts';
import { createFakeStore } from './fake-store.ts';

/** For tests of the adoption of cookies: a browser in memory and a keeper, new for each test. */

export const acme = 'acme.fogbugz.com';

export let browser: FakeBrowser;
export let adoption: ReturnType<typeof createAdoption>;
export let keeper: Keeper;
export let fogbugz: ReturnType<typeof createFakeWire>;
export let store: ReturnType<typeof createFakeStore>;
/** The tabs that are open, and the servers that the user added. */
export const there: { tabs: TabFact[]; own: readonly string[] } = { tabs: [], own: [] };

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise(resolve => setImmediate(resolve));
}

/** To be called once in a test file. No token may ever have gone to a host that is not its own. */
export function setStage(): void {
  beforeEach(async () => {
    browser = new FakeBrowser();
    vi.resetModules();
    vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
    const cookies = await import('../../browser/cookies.ts');
    const { isPermitted } = await import('../../browser/permissions.ts');
    const { createAdoption } = await import('../adoption.ts');

    fogbugz = createFakeWire();
    store = createFakeStore();
    there.tabs = [];
    there.own = [];
    const presence = createPresence();
    keeper = createKeeper({
      ...store.ports,
      wire: fogbugz.wire,
      removeCookie: async ({ source, token }) => {
        if (source.is === 'web') await cookies.removeDeadCookie(source.cookie, token);
      },
      cookieIsGone: session => adoption.isGone(session),
      now: () => 10_000,
      chance: () => 0.5,
      changed: () => undefined,
    });
    adoption = createAdoption(keeper, {
      allCookies: cookies.allTokenCookies,
      cookie: cookies.tokenCookie,
      removeDeadCookie: ({ identity, token }) => cookies.removeDeadCookie(identity, token),
      isDead: async ({ token }) => store.dead.has(token.reveal()),
      isPermitted,
      ownSites: () => there.own,
      tabsWith: cookie => {
        presence.fill(there.tabs);
        return presence.tabsWith(cookie);
      },
      now: () => 10_000,
    });
    cookies.onTokenCookieChanged(change => void adoption.changed(change));
    return () => expect(fogbugz.strays()).toEqual([]);
  });
}

export function tabAt(url: string): void {
  there.tabs.push({ id: there.tabs.length + 1, windowId: 1, url, loading: false, storeId: '0' });
}
/** A log-on at a host, with its cookie. */
export async function logOn(host = acme, cookie: Parameters<FakeBrowser['setCookie']>[0] | object = {}) {
  const value = fogbugz.logOn(host);
  browser.setCookie({ domain: host, ...cookie, value });
  await settle();
  return value;
}
export const held = () => store.sessions().map(({ token }) => token.reveal());
export const values = () => browser.cookies.map(({ value }) => value);
