import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { driver } from './drivers.ts';
import { bumped, events, over, site, start, startKept } from './firefox/test-bench.ts';
import { type Firefox, launch } from './firefox.ts';
import { until } from './until.ts';

const page = 'https://acme.fogbugz.com/';

driver('firefox', launch);

describe('Firefox', { timeout: 120_000 }, () => {
  test('opens, moves and unloads tabs under the ids of the extension API', async () => {
    const browser = await start();
    expect(browser.version).toMatch(/^\d+\./);
    const tab = await browser.openTab(`${page}first`);
    expect(await tab.url()).toBe(`${page}first`);
    expect(await tab.text()).toContain('page /first');
    expect(await tab.evaluate('1 + argument', 2)).toBe(3);
    expect(await tab.evaluate('const a = await Promise.resolve(4); return { a };')).toEqual({ a: 4 });
    await tab.evaluate('globalThis.kept = 5');
    expect(await tab.evaluate('kept + argument.length', 'ü')).toBe(6);
    await expect(tab.evaluate('throw new Error("on purpose")')).rejects.toThrow('on purpose');
    expect(await browser.inWorker('browser.tabs.get(argument).then(tab => tab.id)', tab.id)).toBe(tab.id);

    await tab.goto(`${page}second`);
    const before = site.requests.length;
    await tab.reload();
    expect(site.requests.slice(before)).toContain('GET /second');
    await tab.type('input', 'hello');
    await tab.click('button');
    await tab.waitFor('document.title === "hello"');
    await tab.click('#send');
    await tab.waitFor('location.pathname === "/sent"');
    await tab.goto(`${page}second`);

    const other = await browser.openTab(`${page}other`);
    await tab.discard();
    expect(await browser.inWorker('browser.tabs.get(argument).then(tab => tab.discarded)', tab.id)).toBe(
      true,
    );
    await tab.bringToFront();
    await tab.waitFor('document.body.innerText.includes("page /second")');
    await other.moveToNewWindow();
    expect(await other.text()).toContain('page /other');
    expect(await browser.inWorker('browser.windows.getAll().then(all => all.length)')).toBe(2);
    const third = await browser.openWindow(`${page}third`);
    expect(await browser.inWorker('browser.windows.getAll().then(all => all.length)')).toBe(3);
    expect((await browser.tabs()).map(one => one.id)).toEqual(
      expect.arrayContaining([tab.id, other.id, third.id]),
    );
    await third.close();
    await until('the events', async () => (await events(browser)).includes(`removed ${third.id}`));
    await expect(browser.openTab('https://example.org/')).resolves.toBeDefined();
    expect(browser.refused()).toContain('example.org:443');
    const file = join(browser.profile, 'shot.png');
    await other.screenshot(file);
    expect((await stat(file)).size).toBeGreaterThan(1_000);
  });

  test('opens the real popup and the options, and clicks and types in them', async () => {
    const browser = await start();
    await browser.openTab(page);
    const popup = await browser.openPopup();
    expect(await popup.text()).toContain('Popup');
    await popup.type('input', 'typed');
    await popup.click('button');
    await until('the message', async () => (await events(browser)).includes('message typed'));
    await popup.click('#ask');
    await popup.waitFor('document.title === "asked"');
    await until('the permission', async () => {
      await browser.press('alt+a');
      return (await events(browser)).includes('granted');
    });
    await popup.close();
    const closing = await browser.openPopup();
    await closing.click('#close');
    const options = await browser.openOptions();
    expect(await options.evaluate('browser.runtime.getManifest().name')).toBe('Driver test');
    await options.close();
  });

  test('clicks the toolbar button without a popup and presses the command', async () => {
    const browser = await start();
    await browser.openTab(page);
    await browser.inWorker('browser.action.setPopup({ popup: "" })');
    await browser.clickToolbarButton();
    await until('the click', async () => (await events(browser)).includes('clicked'));
    await browser.press('alt+shift+l');
    await until('the command', async () => (await events(browser)).includes('command go'));
    for (const line of ['log: worker starts', 'log: clicked'])
      await until(`${line} in the console`, () => browser.console().includes(line));
    await browser.inWorker('setTimeout(() => { fail(); }, 0)');
    await until('the uncaught error', () => browser.console().some(line => line.includes('on purpose')));
  });

  test('puts the worker to sleep, wakes it, hangs its calls and reloads the extension', async () => {
    const browser = await start();
    await browser.inWorker('browser.storage.session.set({ kept: 1 })');
    await browser.killWorker();
    expect(await browser.workerRuns()).toBe(false);
    const tab = await browser.openTab(page);
    await until('an event to wake the worker', () => browser.workerRuns());
    expect(await browser.inWorker('browser.storage.session.get()')).toEqual({ kept: 1 });

    await browser.hangBrowserCalls();
    const answer = 'Promise.race([browser.tabs.query({}), new Promise(r => setTimeout(r, 300, "hangs"))])';
    expect(await browser.inWorker(answer)).toBe('hangs');
    expect(await browser.inWorker('browser.runtime.getURL("")')).toMatch(/^moz-extension:/);
    await tab.close();
    await until('an event all the same', async () => (await events(browser)).includes(`removed ${tab.id}`));

    await browser.reloadExtension();
    expect(await browser.inWorker('browser.storage.session.get()')).toEqual({});
  });
});

describe('Firefox ends', { timeout: 120_000 }, () => {
  const ends: readonly (readonly [string, (browser: Firefox) => Promise<void> | void])[] = [
    ['when its window is closed', browser => browser.closeWindow()],
    ['when ctrl+w closes the last tab', browser => browser.press('ctrl+w ctrl+w')],
    ['by quitting', browser => browser.quit()],
    ['on SIGTERM', browser => browser.signal('SIGTERM')],
    ['on SIGINT', browser => browser.signal('SIGINT')],
    ['on SIGKILL', browser => browser.signal('SIGKILL')],
  ];
  test.each(ends)('%s', async (_, end) => {
    const browser = await start();
    await browser.openTab(page);
    const begin = Date.now();
    await end(browser);
    expect(await browser.ended()).toBeGreaterThan(begin - 1);
  });

  test('with one of two windows left, it does not end', async () => {
    const browser = await start();
    const first = await browser.openTab(`${page}first`);
    const second = await browser.openWindow(`${page}second`);
    await browser.closeWindow();
    await until('the second window to go', async () =>
      (await events(browser)).includes(`removed ${second.id}`),
    );
    const third = await browser.openWindow(`${page}third`);
    await first.bringToFront();
    await browser.closeWindow();
    // Its tabs go one after the other.
    await until('the first window to go', async () => (await browser.tabs()).length === 1);
    expect((await browser.tabs()).map(tab => tab.id)).toEqual([third.id]);
  });

  test('and starts again on the same profile', async () => {
    const first = await startKept();
    await first.inWorker('browser.storage.local.set({ kept: 1 })');
    await first.quit();
    await over(first);
    const second = await start({ profile: first.profile });
    expect(await second.inWorker('browser.storage.local.get()')).toEqual({ kept: 1 });
    await until('the event', async () => (await events(second)).includes('startup'));
    second.signal('SIGKILL');
    await over(second);
    const third = await start({ profile: first.profile });
    expect(await third.inWorker('browser.storage.local.get()')).toEqual({ kept: 1 });
  });
});

describe('Firefox updates the extension', { timeout: 120_000 }, () => {
  test('at once, if it does not ask to be told', async () => {
    const browser = await start();
    const next = await bumped('2.0');
    expect(await browser.update(next)).toBe('installed');
    expect(await browser.extensionVersion()).toBe('2.0');
    await until('the event', async () => (await events(browser)).includes('installed update'));
  });

  test('when it says so, or at the next start', async () => {
    const browser = await startKept();
    const next = await bumped('2.0');
    await browser.inWorker('browser.runtime.onUpdateAvailable.addListener(({ version }) => note(version))');
    expect(await browser.update(next)).toBe('postponed');
    await until('the news', async () => (await events(browser)).includes('2.0'));
    expect(await browser.extensionVersion()).toBe('1.0');
    await browser.inWorker('setTimeout(() => browser.runtime.reload(), 0)');
    await until('the new version', async () => (await browser.extensionVersion()) === '2.0');

    await until('the new worker', () => browser.workerRuns());
    await browser.inWorker('browser.runtime.onUpdateAvailable.addListener(() => {})');
    const later = await bumped('3.0');
    expect(await browser.update(later)).toBe('postponed');
    await browser.quit();
    await over(browser);
    const again = await start({ profile: browser.profile });
    expect(await again.extensionVersion()).toBe('3.0');
  });

  test('at the start, if another build lies in the profile', async () => {
    const browser = await startKept();
    await browser.quit();
    await over(browser);
    const next = await bumped('2.0');
    const again = await start({ profile: browser.profile, extension: next });
    expect(await again.extensionVersion()).toBe('2.0');
    await until('the event', async () => (await events(again)).includes('installed update'));
  });
});
