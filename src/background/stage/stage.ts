import { beforeEach, expect, vi } from 'vitest';
import { readHistory, readSessions } from '../../browser/records.ts';
import { FakeBrowser } from '../../browser/stage/fake-browser.ts';
import { createFakeFetch } from '../../browser/stage/fake-fetch.ts';
import { defaultSettings } from '../../session/settings.ts';
import { startFogBugz } from './fake-fogbugz.ts';

/** For tests of the whole worker, on a browser in memory and against a FogBugz on loopback; a new one for each test. */

export const host = 'acme.fogbugz.com';
export const page = `https://${host}/default.asp`;
export const elsewhere = 'https://www.example.org/';

/** How long a session has after its last tab, unless somebody set it otherwise; in ms. */
export const graceMs = defaultSettings.graceSeconds * 1000;

export let browser: FakeBrowser;
export let fogbugz: Awaited<ReturnType<typeof startFogBugz>>;
/** The network is back. */
export let comeOnline: () => void;

/** To be called once in a test file. No token may ever have gone to a host that is not its own. */
export function setStage(): void {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    takeNewBrowser();
    fogbugz = await startFogBugz();
    const fetch: typeof globalThis.fetch = (...request) =>
      createFakeFetch(browser, fogbugz.fetch)(...request);
    vi.stubGlobal('fetch', fetch);
    vi.stubGlobal('addEventListener', (event: string, listener: () => void) => {
      if (event === 'online') comeOnline = listener;
    });
    return () => {
      expect(fogbugz.strays()).toEqual([]);
      browser.killWorker();
      vi.useRealTimers();
      vi.unstubAllGlobals();
    };
  });
}

/** Another profile: nothing stored, nothing open. */
export function takeNewBrowser(): void {
  browser = new FakeBrowser();
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve));

/** Waits for an outcome, by turns of the event loop and not by the clock. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition(); turns++) {
    if (turns > 20_000) throw new Error(`This never came about: ${condition}`);
    await turn();
  }
}

/** Waits until the worker asks nobody anything any more. */
export async function quiet(): Promise<void> {
  let calls = -1;
  for (let same = 0; same < 60; same++) {
    if (browser.calls !== calls || fogbugz.flying() > 0) same = 0;
    calls = browser.calls;
    // Hashes are made on other threads; one more of them comes after those that are under way.
    await crypto.subtle.digest('SHA-256', new Uint8Array(1));
    await turn();
  }
}

/** Starts a worker; nothing is waited for, so that the event that woke it can follow in the same turn. */
export async function wakeWorker(): Promise<void> {
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
  await import('../worker.ts');
}

export async function startWorker(): Promise<void> {
  await wakeWorker();
  await quiet();
}

/** The user logs on at the page, in a tab of its own. */
export async function logOn(tab = 1, windowId = 1): Promise<string> {
  const token = fogbugz.logOn(host);
  browser.openTab({ id: tab, windowId, url: page });
  browser.setCookie({ value: token });
  await quiet();
  return token;
}

/** The clock goes on, and the timers of the worker with it. */
export async function pass(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await quiet();
}

/** The worker is put to sleep, and the clock goes on: a worker is there again for each alarm, and at the end. */
export async function sleepFor(ms: number): Promise<void> {
  const end = Date.now() + ms;
  browser.killWorker();
  for (let { alarm } = browser; alarm !== undefined && alarm <= end; { alarm } = browser) {
    vi.setSystemTime(Math.max(alarm, Date.now()));
    browser.alarm = undefined;
    await wakeWorker();
    browser.events.alarm.fire({ name: 'wake' });
    await quiet();
    browser.killWorker();
  }
  vi.setSystemTime(end);
  await startWorker();
}

export const stored = () => readSessions(browser.disk).sessions;
export const states = () => stored().map(({ state }) => state.is);
export const history = () => readHistory(browser.disk);
export const isDead = (token: string) => () => !fogbugz.isAlive(token);
export const settingsAre = (settings: object) => {
  browser.disk = { ...browser.disk, settings };
};
