import { expect } from 'vitest';
import { accessibilityTroubles } from '../accessibility.ts';
import type { Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { type Stage, welcomePage } from '../stage.ts';
import { until } from '../until.ts';
import { noGrace } from './last-tab.ts';

/** The welcome, the choices in the options, the notices and the history, on the real pages. */
export function pages(play: Play): void {
  play('is welcomed once: not at the next start, nor when the extension is reloaded', async stage => {
    await stage.logOn('acme');
    await stage.browser.closeWindow();
    await stage.restart();
    const { token } = await stage.logOn('beta');
    expect(await welcomePage(stage.browser)).toBeUndefined();
    await stage.browser.reloadExtension();
    await until('the worker', () => stage.browser.workerRuns());
    expect(
      await stage.browser.inWorker('return (globalThis.browser ?? chrome).storage.local.get("welcomed")'),
    ).toEqual({
      welcomed: true,
    });
    expect(await welcomePage(stage.browser)).toBeUndefined();
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

  play('shows no notice until asked to, then one of a log-off, and none as it closes', async stage => {
    await noGrace(stage);
    const first = await stage.logOn('acme');
    await first.tab.close();
    await stage.dead(first.token);
    await stage.settled();
    const options = await stage.browser.openOptions();
    await options.click('[name=notices][value=all]');
    await stage.browser.answerPrompt('allow');
    await until('the choice to be stored', async () => (await settings(stage)).notices === 'all');
    expect(await shown(stage)).toEqual([]);

    const second = await stage.logOn('acme');
    const notice = nextNotice(stage);
    await second.tab.close();
    await stage.dead(second.token);
    expect(await notice).toBe('log-on https://acme.fogbugz.com/');
    await options.close();
    const last = await stage.logOn('acme');
    await stage.browser.closeWindow();
    await stage.dead(last.token);
    await until('the browser to end', () => stage.browser.ended().then(() => true), { ms: 20_000 });
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

type Stored = { readonly settings?: Record<string, unknown> };

async function settings({ browser }: Stage): Promise<Record<string, unknown>> {
  const stored = await browser.inWorker<Stored>(
    'return (globalThis.browser ?? chrome).storage.local.get("settings")',
  );
  return stored.settings ?? {};
}

async function shown({ browser }: Stage): Promise<readonly string[]> {
  return browser.inWorker<string[]>(
    'return Object.keys((await (globalThis.browser ?? chrome).notifications?.getAll()) ?? {})',
  );
}

/** Looks often: where no desktop takes it, Firefox takes a notice back at once. */
function nextNotice({ browser }: Stage): Promise<string> {
  return browser.inWorker<string>(
    `for (let times = 0; times < 2000; times++) {
       const [first] = Object.keys(await (globalThis.browser ?? chrome).notifications.getAll());
       if (first) return first;
       await new Promise(resolve => setTimeout(resolve, 5));
     }
     return 'none';`,
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
