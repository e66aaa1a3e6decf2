import { expect } from 'vitest';
import { accessibilityTroubles } from '../accessibility.ts';
import type { BrowserName, Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { settings } from '../pressing.ts';
import { type Stage, tabWith } from '../stage.ts';
import { insist, until, within } from '../until.ts';
import { noGrace, states } from './last-tab.ts';

/** The welcome, the choices in the options, the notices and the history, on the real pages. */
export function pages(play: Play, name: BrowserName): void {
  play('is welcomed once: not at the next start, nor when the extension is reloaded', async stage => {
    await stage.logOn('acme');
    await stage.browser.closeWindow();
    await stage.restart();
    const { token } = await stage.logOn('beta');
    expect(await tabWith(stage.browser, 'welcome')).toBeUndefined();
    await stage.browser.reloadExtension();
    await until('the worker', () => stage.browser.workerRuns());
    expect(
      await stage.browser.inWorker('return (globalThis.browser ?? chrome).storage.local.get("welcomed")'),
    ).toEqual({
      welcomed: true,
    });
    expect(await tabWith(stage.browser, 'welcome')).toBeUndefined();
    expect(await stage.browser.tabs()).not.toEqual([]);
    expect(stage.life(token)).toBeDefined();
  });

  play('has a welcome that axe finds nothing wrong with, and whose presets count', async stage => {
    const welcome = await stage.browser.openTab(await pageUrl(stage, 'welcome'));
    await welcome.waitFor('document.querySelector(".set") !== null');
    expect(await accessibilityTroubles(welcome)).toEqual([]);
    await welcome.click('[name=preset][value=shared]');
    await until('the preset to be stored', async () => (await settings(stage)).idleMinutes === 15);
    expect(await settings(stage)).toMatchObject({ graceSeconds: 0, lock: true, keepHistory: false });
    const options = await stage.browser.openOptions();
    await options.waitFor('document.querySelector("[name=preset][value=shared]")?.checked');
    await options.click('[name=lastTab]');
    await options.waitFor('document.querySelector("[name=preset][value=own]")?.checked');
  });

  play(
    'turns the Guard on in the welcome, which is there again though the extension reloads',
    async stage => {
      const url = await pageUrl(stage, 'welcome');
      const welcome = await stage.browser.openTab(url);
      await welcome.waitFor('document.querySelector("[name=guard]") !== null');
      await welcome.click('[name=guard]');
      await stage.browser.answerPrompt('allow');
      await until('the choice to be stored', async () => {
        const { guard } = await settings(stage).catch((): Record<string, unknown> => ({}));
        return guard === true;
      });
      // In Chromium it was closed with the extension, and another one has been opened.
      const again = await until('the welcome with the Guard on', async () => {
        const page = await tabWith(stage.browser, 'welcome').catch(() => undefined);
        const on = await page
          ?.evaluate<boolean>('document.querySelector(".guard-state") !== null')
          .catch(() => false);
        return on && (name === 'firefox' || page?.id !== welcome.id) ? page : undefined;
      });
      expect(await accessibilityTroubles(again)).toEqual([]);
      await again.waitFor(`document.querySelector('[data-does=copy-install]') !== null`);
    },
  );

  play('shows no notice until asked to, then one of a log-off, and none as it closes', async stage => {
    await noGrace(stage);
    const first = await stage.logOn('acme');
    await first.tab.close();
    await stage.dead(first.token);
    await stage.settled();
    const options = await stage.browser.openOptions();
    await options.click('[name=notices][value=all]');
    await stage.permitNotices();
    await until('the choice to be stored', async () => (await settings(stage)).notices === 'all');
    expect(await shown(stage)).toEqual([]);

    const second = await stage.logOn('acme');
    const notices = await noticesFromNow(stage);
    await second.tab.close();
    await stage.dead(second.token);
    await until('a notice', async () => (await notices()).length > 0);
    expect(await notices()).toEqual(['log-on https://acme.fogbugz.com/']);
    await options.close();
    const last = await stage.logOn('acme');
    await stage.browser.closeWindow();
    await within('the end of the browser', stage.browser.ended());
    // The close itself may lose the log-off (docs/exits.md), and then the next start has it.
    await stage.restart();
    await stage.readNotices();
    await stage.dead(last.token);
  });

  play('offers in its notices to keep a session on, and to try again', async stage => {
    const options = await stage.browser.openOptions();
    await options.click('[name=notices][value=all]');
    await stage.permitNotices();
    await until('the choice to be stored', async () => (await settings(stage)).notices === 'all');
    await stage.changeSettings({ graceSeconds: 60 });
    const { tab, token } = await stage.logOn('acme');
    const notices = await noticesFromNow(stage);
    await tab.close();
    const keepOn = await until('a notice to keep it on', async () =>
      (await notices()).find(id => id.startsWith('keep-on ')),
    );
    // What a click on its button sends; Firefox has no buttons in notices.
    const pressButton = (id: string): Promise<void> =>
      stage.browser.inWorker('chrome.notifications.onButtonClicked.dispatch(argument, 0)', id);
    if (name === 'chromium') {
      await pressButton(keepOn);
      await until('the session to be open again', async () => (await states(stage))[0] === 'open');
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    }

    const mend = stage.sandbox.fault({ is: 'status', status: 503, retryAfter: '600', command: 'logoff' });
    const popup = await stage.browser.openTab(await pageUrl(stage, 'popup'));
    await popup.click('[data-does=log-off]');
    // It is told once it has failed some times; the browser tries again by itself in ten minutes.
    const pressInPopup = () => popup.evaluate(`document.querySelector('[data-does=try-now]')?.click()`);
    const tryNow = await until('a notice to try again', async () => {
      await pressInPopup();
      return (await notices()).find(id => id.startsWith('try-now '));
    });
    mend();
    // Chromium itself sends nothing for a while to an address that has given an extension several errors in a row.
    await insist(
      'the log-off',
      () => (name === 'chromium' ? pressButton(tryNow) : pressInPopup()),
      async () => stage.life(token).diedAt !== undefined,
      { patienceMs: 1_000 },
    );
  });

  play('finds, charts and exports what happened', async stage => {
    await noGrace(stage);
    for (const email of ['ada@example.com', 'grace@example.com']) {
      const { tab, token } = await stage.logOn('acme', { email });
      await tab.close();
      await stage.dead(token);
      await stage.settled();
    }
    const options = await stage.browser.openOptions();
    await options.waitFor('document.querySelectorAll(".table tbody tr").length === 2');
    expect(await accessibilityTroubles(options)).toEqual([]);
    await options.type('[name=filterText]', 'grace');
    await options.waitFor('document.querySelectorAll(".table tbody tr").length === 1');
    expect(
      await options.evaluate('document.querySelector(".chart svg").getAttribute("aria-label")'),
    ).toContain('2');
    const csv = await exported(options);
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toContain('Grace Hopper');
    for (const { token } of stage.sandbox.tokens()) expect(csv).not.toContain(token);
  });
}

async function shown({ browser }: Stage): Promise<readonly string[]> {
  return browser.inWorker<string[]>(
    'return Object.keys((await (globalThis.browser ?? chrome).notifications?.getAll()) ?? {})',
  );
}

/**
 * Every notice from now on, as the browser tells it: Firefox, which has nobody to hand them to on this display, lets go
 * of each at once.
 */
async function noticesFromNow({ browser }: Stage): Promise<() => Promise<readonly string[]>> {
  await browser.inWorker(
    `const { notifications } = globalThis.browser ?? chrome;
     globalThis.noticesSeen = new Set();
     notifications.onClosed.addListener(id => globalThis.noticesSeen.add(id));
     notifications.onShown?.addListener(id => globalThis.noticesSeen.add(id));`,
  );
  return () =>
    browser.inWorker<readonly string[]>(
      `const open = await (globalThis.browser ?? chrome).notifications.getAll();
       return [...new Set([...globalThis.noticesSeen, ...Object.keys(open)])];`,
    );
}

async function pageUrl({ browser }: Stage, page: string): Promise<string> {
  return browser.inWorker<string>(
    'return (globalThis.browser ?? chrome).runtime.getURL(argument)',
    `src/${page}/${page}.html`,
  );
}

/** The text of the file that the button hands over. */
async function exported(page: Page): Promise<string> {
  return page.evaluate<string>(
    `const files = [];
     const create = URL.createObjectURL;
     URL.createObjectURL = file => { files.push(file); return create.call(URL, file); };
     document.querySelector('[data-does=export-history]').click();
     URL.createObjectURL = create;
     return files[0].text();`,
  );
}
