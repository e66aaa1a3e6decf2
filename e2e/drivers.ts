/** What both drivers promise in the same words, tried in a real browser. */
import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../sandbox/certificate.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { Browser, BrowserName, Launch, LaunchOptions, Page } from './browser.ts';
import { type Display, startDisplay } from './display.ts';
import { askedFor, writeProbe } from './probe.ts';
import { until } from './until.ts';

const hosts = ['intranet.example'];
const logOnPage = 'https://acme.fogbugz.com/login';

const says = (browser: Browser, words: string) =>
  until(`"${words}" in the worker's console, which is ${JSON.stringify(browser.console())}`, () =>
    browser.console().some(line => line.includes(words)),
  );
const storeOf = (browser: Browser, tab: number) =>
  browser.inWorker<string>(
    '(await api.cookies.getAllCookieStores()).find(({ tabIds }) => tabIds.includes(argument)).id',
    tab,
  );
const cookies = (browser: Browser, where: { readonly storeId?: string }) =>
  browser.inWorker<readonly object[]>('api.cookies.getAll({ name: "fbToken", ...argument })', where);

async function logOn(page: Page): Promise<void> {
  await page.type('[name=sPerson]', 'ada@example.com');
  await page.type('[name=sPassword]', 'demo');
  await page.click('#logOn');
  await page.waitFor('document.title.includes("Cases")');
}

/** Declares the tests for one browser. */
export function driver(name: BrowserName, launch: Launch): void {
  describe(`the driver of ${name}`, { timeout: 120_000 }, () => {
    let display: Display;
    let sandbox: Sandbox;
    let plain: Sandbox;
    let extension = '';
    const open: Browser[] = [];

    beforeAll(async () => {
      display = await startDisplay();
      sandbox = await startSandbox({ tls: 'http/1.1', certificate: await makeCertificate(hosts) });
      plain = await startSandbox();
      extension = await writeProbe(name);
    });
    afterEach(async () => {
      for (const browser of open.splice(0)) await browser.dispose();
    });
    afterAll(async () => {
      await plain?.stop();
      await sandbox?.stop();
      await display?.stop();
      if (extension) await rm(extension, { recursive: true, force: true });
    });

    async function start(options: Partial<LaunchOptions> = {}): Promise<Browser> {
      const { port, authority } = sandbox;
      const browser = await launch({ extension, port, authority, display: display.name, ...options });
      open.push(browser);
      return browser;
    }

    it('leads further hosts to this machine, with their own port, over http and https', async () => {
      const browser = await start({ hosts });
      const tab = await browser.openTab(`http://intranet.example:${plain.port}/login`);
      expect(await tab.url()).toBe(`http://intranet.example:${plain.port}/login`);
      expect(await tab.text()).toContain('Log on');
      await tab.goto(`https://intranet.example:${sandbox.port}/login`);
      expect(await tab.text()).toContain('Log on');
      await tab.goto('https://acme.fogbugz.com/login');
      expect(await tab.text()).toContain('Log on');
      for (const server of [plain, sandbox]) {
        expect(server.requests()).toContainEqual(
          expect.objectContaining({ host: 'intranet.example', path: '/login', status: 200 }),
        );
      }
    });

    it('opens private windows, which the extension sees once it is allowed to', async () => {
      const browser = await start();
      const unseen = await browser.openPrivateWindow(logOnPage);
      await expect(browser.inWorker('api.tabs.get(argument)', unseen.id)).rejects.toThrow();
      await browser.allowInPrivateWindows();
      expect(await browser.inWorker('api.extension.isAllowedIncognitoAccess()')).toBe(true);
      const seen = await browser.inWorker<{ incognito: boolean }>('api.tabs.get(argument)', unseen.id);
      expect(seen.incognito).toBe(true);
      await unseen.close();
      await says(browser, `tab gone ${unseen.id}`);

      const tab = await browser.openPrivateWindow(logOnPage);
      await logOn(tab);
      expect(await tab.url()).toContain('/f/cases');
      expect(await cookies(browser, {})).toEqual([]);
      expect(await cookies(browser, { storeId: await storeOf(browser, tab.id) })).toHaveLength(1);
      expect((await browser.tabs()).map(({ id }) => id)).toContain(tab.id);
      await tab.close();
      await says(browser, `tab gone ${tab.id}`);
      expect(await browser.tabs()).not.toEqual([]);
    });

    if (name === 'chromium') {
      it('refuses containers, which Chromium does not have', async () => {
        const browser = await start();
        await expect(browser.openTab(logOnPage, { container: 1 })).rejects.toThrow('no containers');
      });
    } else {
      it('opens tabs in containers, which have cookies of their own', async () => {
        const browser = await start();
        for (const container of [1, 2]) {
          const tab = await browser.openTab(logOnPage, { container });
          await logOn(tab);
          const storeId = `firefox-container-${container}`;
          expect(await storeOf(browser, tab.id)).toBe(storeId);
          expect(await cookies(browser, { storeId })).toHaveLength(1);
        }
        expect(await cookies(browser, {})).toEqual([]);
        const values = await browser.inWorker<readonly string[]>(
          `const stores = ['firefox-container-1', 'firefox-container-2'];
           const found = await Promise.all(stores.map(storeId => api.cookies.getAll({ name: 'fbToken', storeId })));
           return found.flat().map(({ value }) => value);`,
        );
        expect(new Set(values).size).toBe(2);
      });
    }

    it('takes the access to a site away and gives it back, and the extension is told', async () => {
      const browser = await start();
      const pattern = '*://*.fogbugz.com/*';
      const may = () => browser.inWorker(`api.permissions.contains({ origins: [argument] })`, pattern);
      await browser.withholdAccess(pattern);
      await says(browser, `removed ${pattern}`);
      expect(await may()).toBe(false);
      await browser.grantAccess(pattern);
      await says(browser, `added ${pattern}`);
      expect(await may()).toBe(true);
    });

    it('answers the prompt for a permission, and takes back what was granted there', async () => {
      const browser = await start({ hosts });
      const options = await browser.openOptions();
      await options.click('button');
      await browser.answerPrompt('deny');
      await options.waitFor(`document.title === 'denied'`);
      await options.click('button');
      await browser.answerPrompt('allow');
      await options.waitFor(`document.title === 'granted'`);
      await says(browser, `added ${askedFor}`);
      const ask = `(await fetch('http://intranet.example:${plain.port}/api.xml')).status`;
      expect(await browser.inWorker(ask)).toBe(200);
      await browser.withholdAccess(askedFor);
      await says(browser, `removed ${askedFor}`);
      await browser.grantAccess(askedFor);
      const popup = await browser.openPopup();
      await popup.evaluate('document.body.dataset.ask = argument', '*://other.example/*');
      await popup.click('button');
      await browser.answerPrompt('allow');
      await says(browser, 'added *://other.example/*');
      await until('the access', () =>
        browser.inWorker('api.permissions.contains({ origins: [argument] })', askedFor),
      );
    });

    it('lets the extension see when nobody is there, from the real mouse and keyboard', async () => {
      const browser = await start();
      const state = () => browser.inWorker<string>('api.idle.queryState(15)');
      await browser.inWorker('api.idle.setDetectionInterval(15)');
      const stirred = Date.now();
      await browser.stirUser();
      await until('the user to be there', async () => (await state()) === 'active');
      await until('the user to be idle', async () => (await state()) === 'idle', { ms: 40_000, every: 200 });
      expect(Date.now() - stirred).toBeGreaterThan(14_000);
      await says(browser, 'user idle');
      await browser.stirUser();
      await until('the user to be back', async () => (await state()) === 'active');
      await says(browser, 'user active');
    });

    it('locks the screen and unlocks it', async () => {
      const browser = await start();
      const state = () => browser.inWorker<string>('api.idle.queryState(15)');
      await browser.inWorker('api.idle.setDetectionInterval(15)');
      await browser.lockScreen();
      if (name === 'chromium') {
        await until('the screen to be locked', async () => (await state()) === 'locked');
        await says(browser, 'user locked');
      } else {
        expect(await state()).not.toBe('locked');
      }
      await browser.unlockScreen();
      await until('the user to be there', async () => (await state()) === 'active');
    });

    it('switches the extension off and on, and removes it', async () => {
      const browser = await start();
      await browser.openTab(logOnPage);
      await browser.inWorker('api.storage.local.set({ kept: 1 })');
      await browser.disableExtension();
      expect(await browser.workerRuns()).toBe(false);
      await browser.enableExtension();
      expect(await browser.workerRuns()).toBe(true);
      expect(await browser.inWorker('api.storage.local.get()')).toEqual({ kept: 1 });
      await browser.removeExtension();
      expect(await browser.workerRuns()).toBe(false);
      expect(await browser.tabs()).not.toEqual([]);
    });
  });
}
