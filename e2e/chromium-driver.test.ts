import { readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, LaunchOptions } from './browser.ts';
import { type Site, startSite, type Variant, writeExtension } from './chromium/throw-away.ts';
import { launch, launchInstalled } from './chromium.ts';
import { type Display, startDisplay } from './display.ts';
import { driver } from './drivers.ts';
import { installByPolicy, removePolicy, startUpdateServer, type UpdateServer } from './packed.ts';
import { insist, until, within } from './until.ts';

const home = 'https://acme.fogbugz.com/';
let display: Display;
let site: Site;
const folders: Record<Variant['popup'], string> = { popup: '', 'no-popup': '' };
const open: Browser[] = [];

beforeAll(async () => {
  display = await startDisplay();
  site = await startSite();
  folders.popup = await writeExtension({ popup: 'popup' });
  folders['no-popup'] = await writeExtension({ popup: 'no-popup' });
}, 60_000);
afterEach(async () => {
  for (const browser of open.splice(0)) await browser.dispose();
});
afterAll(async () => {
  await site?.stop();
  await display?.stop();
  for (const folder of Object.values(folders)) await rm(folder, { recursive: true, force: true });
});

async function start(
  popup: Variant['popup'] = 'popup',
  options: Partial<LaunchOptions> = {},
): Promise<Browser> {
  const { port, authority } = site;
  const browser = await launch({
    extension: folders[popup],
    port,
    authority,
    display: display.name,
    ...options,
  });
  open.push(browser);
  return browser;
}

const says = (browser: Browser, words: string) =>
  until(`"${words}" in the worker's console, which is ${JSON.stringify(browser.console())}`, () =>
    browser.console().some(line => line.includes(words)),
  );
const end = (browser: Browser) => within('the end of the browser', browser.ended());

driver('chromium', launch);

describe('the Chromium driver', { timeout: 90_000 }, () => {
  it('opens, moves, unloads, reloads and closes tabs', async () => {
    const browser = await start();
    expect(browser.version).toMatch(/^\d+\./);

    const tab = await browser.openTab(`${home}one`);
    expect(await tab.text()).toContain('This is /one');
    expect(await tab.url()).toBe(`${home}one`);
    expect(await browser.inWorker('(await chrome.tabs.get(argument)).url', tab.id)).toBe(`${home}one`);
    await tab.goto(`${home}two`);
    expect(await tab.text()).toContain('This is /two');
    await tab.click('button');
    await tab.waitFor(`document.title === 'pressed'`);
    await tab.reload();
    expect(await tab.evaluate('document.title')).toBe('Page /two');

    const other = await browser.openWindow(`${home}three`);
    const windowOf = (id: number) =>
      browser.inWorker<number>('(await chrome.tabs.get(argument)).windowId', id);
    expect(await windowOf(other.id)).not.toBe(await windowOf(tab.id));

    await tab.moveToNewWindow();
    await says(browser, `tab attached ${tab.id}`);
    await tab.bringToFront();
    const before = tab.id;
    await browser.openTab(`${home}four`);
    await tab.discard();
    expect(await browser.inWorker('(await chrome.tabs.get(argument)).discarded', tab.id)).toBe(true);
    await says(browser, `tab replaced ${before} ${tab.id}`);
    expect((await browser.tabs()).map(({ id }) => id)).toContain(tab.id);

    await other.close();
    await says(browser, `tab gone ${other.id}`);
  });

  it('opens the popup by its button, and clicks, types, looks and closes there', async () => {
    const browser = await start();
    await browser.openTab(home);
    const popup = await browser.openPopup();
    expect(await popup.text()).toContain('Hello');
    await popup.type('#name', 'you');
    await popup.click('#hello');
    await popup.waitFor(`document.querySelector('output').textContent === 'hello you'`);
    await says(browser, 'message hello from the popup');
    const picture = join(tmpdir(), `e2e-popup-${process.pid}.png`);
    await popup.screenshot(picture);
    expect((await stat(picture)).size).toBeGreaterThan(500);
    await rm(picture);
    await popup.click('#close');
    const isGone = () =>
      popup.text().then(
        () => false,
        () => true,
      );
    await until('the popup to be gone', isGone);

    const again = await browser.openPopup();
    await again.close();
    const options = await browser.openOptions();
    expect(await options.text()).toBe('The options');
  });

  it('clicks the button without a popup and presses the shortcut', async () => {
    const browser = await start('no-popup');
    // Where the toolbar is still being drawn, a click goes wide, and a user clicks again.
    await insist(
      'a click on the toolbar button to arrive',
      browser.clickToolbarButton,
      async () => browser.console().some(line => line.includes('button clicked')),
      { patienceMs: 6_000 },
    );
    await browser.press('alt+shift+l');
    await says(browser, 'command log-off');
  });

  it('puts the worker to death, sees it dead, and wakes it', async () => {
    const browser = await start();
    await browser.inWorker('globalThis.mark = 1');
    expect(await browser.inWorker('globalThis.mark')).toBe(1);
    expect(await browser.workerRuns()).toBe(true);
    await browser.killWorker();
    expect(await browser.workerRuns()).toBe(false);
    expect(await browser.inWorker('typeof globalThis.mark')).toBe('undefined');

    await browser.killWorker();
    await browser.openTab(home); // an event, too, wakes it
    const tab = await browser.openTab(home);
    await tab.close();
    await says(browser, `tab gone ${tab.id}`);
    expect(await browser.workerRuns()).toBe(true);
  });

  it('passes values in and errors out', async () => {
    const browser = await start();
    expect(await browser.inWorker('return [argument.a, 2];', { a: 1 })).toEqual([1, 2]);
    await expect(browser.inWorker('throw new Error("no")')).rejects.toThrow('no');
  });

  it('makes browser calls hang while events go on', async () => {
    const browser = await start();
    const tab = await browser.openTab(home);
    await browser.hangBrowserCalls();
    const race = (call: string) =>
      browser.inWorker(
        `Promise.race([${call}.then(() => 'answered'), new Promise(r => setTimeout(r, 300, 'hangs'))])`,
      );
    expect(await race('chrome.storage.local.get()')).toBe('hangs');
    expect(await race('chrome.tabs.query({})')).toBe('hangs');
    expect(await race('browser.windows.getAll()')).toBe('hangs');
    expect(await race('chrome.runtime.getPlatformInfo()')).toBe('hangs');
    await tab.close();
    await until('the request of the tab that is gone', () => site.asked.includes(`/gone?${tab.id}`));
  });

  it('reloads the extension', async () => {
    const browser = await start();
    await browser.inWorker('chrome.storage.session.set({ mark: 1 })');
    await browser.reloadExtension();
    expect(await browser.inWorker('chrome.storage.session.get()')).toEqual({});
    await until(
      'the second worker',
      () => browser.console().filter(line => line === 'worker up').length === 2,
    );
  });

  it('dies of SIGKILL and starts again on the same profile', async () => {
    const first = await start();
    await first.inWorker('chrome.storage.local.set({ kept: 1 })');
    first.signal('SIGKILL');
    await end(first);
    await first.dispose({ keep: 'profile' });
    const second = await start('popup', { profile: first.profile });
    expect(await second.inWorker('chrome.storage.local.get()')).toEqual({ kept: 1 });
    await second.openTab(home);
    await second.openPopup();
    await second.dispose();
    await rm(first.profile, { recursive: true });
  });

  it('starts once more where Chromium cannot read its own copy of a worker’s script', async () => {
    const first = await start();
    await first.inWorker('chrome.storage.local.set({ kept: 1 })');
    await first.quit();
    await end(first);
    await first.dispose({ keep: 'profile' });
    const copies = join(first.profile, 'Default', 'Service Worker', 'ScriptCache');
    const scripts = (await readdir(copies)).filter(name => name.endsWith('_0'));
    expect(scripts).not.toEqual([]);
    for (const name of scripts) await truncate(join(copies, name), 100);
    const second = await start('popup', { profile: first.profile });
    expect(await second.inWorker('chrome.storage.local.get()')).toEqual({ kept: 1 });
    await second.dispose();
    await rm(first.profile, { recursive: true });
  });

  const ends: Record<string, (browser: Browser) => unknown> = {
    'the close button of its only window': browser => browser.closeWindow(),
    'ctrl+w on its last tab': browser => browser.press('ctrl+w'),
    'its menu': browser => browser.quit(),
    SIGINT: browser => browser.signal('SIGINT'),
    SIGTERM: browser => browser.signal('SIGTERM'),
  };
  it.each(Object.entries(ends))('ends by %s', async (_, finish) => {
    const browser = await start();
    for (const tab of await browser.tabs()) await tab.goto(home);
    const before = Date.now();
    await finish(browser);
    expect(await end(browser)).toBeGreaterThanOrEqual(before);
    expect(() => process.kill(browser.pid, 0)).toThrow('ESRCH');
    await browser.dispose();
    await expect(stat(browser.profile)).rejects.toThrow('ENOENT');
  });
});

describe.runIf(process.getuid?.() === 0)('a packed extension', { timeout: 90_000 }, () => {
  let server: UpdateServer;
  let policies = '';
  const profiles = new Set<string>();
  beforeAll(async () => {
    server = await startUpdateServer();
    policies = await installByPolicy(server);
  });
  afterAll(async () => {
    await server?.stop();
    await removePolicy(policies);
    for (const profile of profiles) await rm(profile, { recursive: true, force: true });
  });

  async function startInstalled(profile?: string): Promise<Browser> {
    const browser = await launchInstalled({
      extension: folders.popup,
      port: site.port,
      authority: site.authority,
      display: display.name,
      id: server.id,
      policies,
      ...(profile ? { profile } : {}),
    });
    open.push(browser);
    profiles.add(browser.profile);
    return browser;
  }
  async function closed(browser: Browser): Promise<string> {
    await browser.closeWindow();
    await end(browser);
    await browser.dispose({ keep: 'profile' });
    return browser.profile;
  }

  it('is installed, started, updated while it runs, and updated at a start', async () => {
    await server.publish(folders.popup, '1.0.0');
    const first = await startInstalled();
    await says(first, 'onInstalled install 1.0.0');
    await first.openTab(home);
    expect(await (await first.openPopup()).text()).toContain('Hello');
    await first.press('Escape');
    const profile = await closed(first);

    const second = await startInstalled(profile);
    await says(second, 'onStartup');
    expect(second.console().filter(line => line.startsWith('onInstalled'))).toEqual([]);
    await server.publish(folders.popup, '1.0.1');
    const answer = await second.inWorker('chrome.runtime.requestUpdateCheck()');
    expect(answer).toEqual({ status: 'update_available', version: '1.0.1' });
    await says(second, 'onUpdateAvailable 1.0.1');
    await second.reloadExtension();
    await says(second, 'onInstalled update 1.0.1');
    await server.publish(folders.popup, '1.0.2');
    await closed(second);

    const third = await startInstalled(profile); // looks for updates by itself, too late for this start
    await says(third, 'onStartup');
    await says(third, 'onUpdateAvailable 1.0.2');
    await closed(third);

    const fourth = await startInstalled(profile);
    await says(fourth, 'onInstalled update 1.0.2');
    expect(fourth.console()).not.toContain('onStartup'); // an update that is installed at a start takes its place
    expect(await fourth.inWorker('chrome.runtime.getManifest().version')).toBe('1.0.2');
  });
});
