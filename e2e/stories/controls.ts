import { expect } from 'vitest';
import type { BrowserName, Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { type Change, does, popupUrl, press, settings, startAgain, stored } from '../pressing.ts';
import { pageOf, type Stage, tabWith } from '../stage.ts';
import { until } from '../until.ts';

const acme = 'https://acme.fogbugz.com/';

/** The controls of the pages themselves, by mouse and by real keys. */
export function controls(play: Play, name: BrowserName): void {
  play(
    'keeps every choice in the options, made by mouse and made by keyboard, over a restart',
    async stage => {
      await (await stage.logOn('acme')).tab.close();
      const options = await stage.browser.openOptions();
      await options.waitFor(`document.querySelector('[data-site]') !== null`);

      const byMouse: readonly Choice[] = [
        ['[name=preset][value=shared]', { graceSeconds: 0, idleMinutes: 15, lock: true, keepHistory: false }],
        ['[name=browserClose]', { browserClose: false }],
        ['[name=maxAge]', { maxHours: 8 }],
        ['[name=daily]', { dailyAt: '18:00' }],
        ['[name=toolbarClick][value=log-off]', { toolbarClick: 'log-off' }],
      ];
      for (const [control, change] of byMouse) {
        await options.click(control);
        await stored(stage, change);
      }
      const byKeys: readonly (readonly [string, string, Change])[] = [
        ['[name=graceSeconds]', 'ctrl+a 4 2 Tab', { graceSeconds: 42 }],
        ['[name=idleMinutes]', 'ctrl+a 3 0 Tab', { idleMinutes: 30 }],
        ['[name=maxHours]', 'ctrl+a 4 Tab', { maxHours: 4 }],
        ['[name=dailyAt]', 'Up Tab', { dailyAt: '19:00' }],
        ['[name=browserClose]', 'space', { browserClose: true }],
        ['[name=keepHistory]', 'space', { keepHistory: true }],
        ['[name=toolbarClick]:checked', 'Up', { toolbarClick: 'popup' }],
        ...(name === 'chromium' ? ([['[name=lock]', 'space', { lock: false }]] as const) : []),
        ['[name=lastTab]', 'space', { lastTab: false }],
      ];
      for (const [control, keys, change] of byKeys) {
        await press(stage, options, control, keys);
        await stored(stage, change);
      }
      await press(stage, options, does('show-rules'), 'Return');
      await press(stage, options, '.site-rules [name=ownRules]', 'space');
      await options.waitFor(`document.querySelector('.site-rules [name=lastTab]') !== null`);
      await options.click('.site-rules [name=lastTab]');
      await until('the rules of the site', async () => {
        const { exceptions } = await settings(stage);
        return exceptions?.[acme]?.lastTab === true;
      });

      const before = await settings(stage);
      await startAgain(stage);
      expect(await settings(stage)).toEqual(before);
      const again = await stage.browser.openOptions();
      await again.waitFor(`document.querySelector('[name=preset][value=own]')?.checked`);
      expect(await again.evaluate(shown)).toEqual({
        lastTab: false,
        browserClose: true,
        keepHistory: true,
        lock: false, // Firefox can't, and says so
        idleMinutes: '30',
        maxHours: '4',
        dailyAt: '19:00',
        toolbarClick: 'popup',
      });
      await again.click(does('show-rules'));
      expect(await again.evaluate(`document.querySelector('.site-rules [name=lastTab]').checked`)).toBe(true);
    },
  );

  play('does what each button of the popup says, at the press of a key', async stage => {
    const url = await popupUrl(stage);
    const { token } = await stage.logOn('acme');
    // The page itself in a tab, where it stays though another comes in front.
    const popup = await stage.browser.openTab(url);
    await popup.waitFor(`document.querySelector('${does('stay-once')}') !== null`);
    for (const pressed of ['true', 'false']) {
      await press(stage, popup, does('stay-once'), 'space');
      await popup.waitFor(
        `document.querySelector('${does('stay-once')}')?.getAttribute('aria-pressed') === '${pressed}'`,
      );
    }
    await press(stage, popup, does('show-elsewhere'), 'Return');
    await press(stage, popup, does('show-take-token'), 'Return');
    await popup.waitFor(`document.querySelector('[name=token]')?.checkVisibility()`);
    await press(stage, popup, does('show-log-on'), 'Return');
    await popup.waitFor(`document.querySelector('[name=password]')?.checkVisibility()`);
    expect(await popup.evaluate(`document.querySelector('[name=token]').checkVisibility()`)).toBe(false);
    const other = await stage.logOn('beta');
    await popup.waitFor(`document.querySelector('${does('log-off-everywhere')}') !== null`);
    await press(stage, popup, `.card ${does('log-off')}`, 'Return');
    await stage.dead(token);
    await stage.settled();
    const third = await stage.logOn('acme');
    await popup.waitFor(`document.querySelector('${does('log-off-everywhere')}') !== null`);
    await press(stage, popup, does('log-off-everywhere'), 'space');
    for (const one of [other, third]) await stage.dead(one.token);
    await stage.settled();
    await popup.waitFor(`document.querySelector('.empty') !== null`);
    for (const way of ['open-options', 'show-guard']) {
      // It closes as the options open.
      const leaving = await stage.browser.openTab(url);
      await press(stage, leaving, does(way), 'Return');
      const options = await until('the options', () => tabWith(stage.browser, 'options'));
      await options.waitFor(`document.querySelector('h1') !== null`);
      await options.close();
    }
  });

  play('leads from the popup to the options, by mouse and by key', async stage => {
    const url = await popupUrl(stage);
    // Browsers open the options in a tab that is empty, and with it the window would go.
    for (const tab of await stage.browser.tabs()) await tab.goto(pageOf('acme', 'login'));
    const leads = async (pressed: Promise<void>): Promise<void> => {
      await pressed;
      const options = await until('the options', () => tabWith(stage.browser, 'options'));
      await options.waitFor(`document.querySelector('[name=address]') !== null`);
      await options.close();
    };
    for (const way of ['about-private', 'show-guard', 'open-options']) {
      const popup = await stage.popup();
      await leads(popup.click(does(way)));
      await leads(press(stage, await stage.browser.openTab(url), does(way), 'Return'));
    }
    // A server that nobody has added: the browser's question wants a page that stays.
    const fill = async (page: Page): Promise<void> => {
      await page.type('[name=address]', 'https://intranet.example/');
      await page.type('[name=email]', 'ada@example.com');
      await page.type('[name=password]', stage.password);
    };
    const popup = await stage.popup();
    await popup.click(does('show-log-on'));
    await fill(popup);
    await popup.click(does('log-on'));
    await popup.waitFor(`document.body.innerText.includes('intranet.example')`);
    await leads(popup.click(does('add-in-options')));
    const page = await stage.browser.openTab(url);
    await press(stage, page, does('show-log-on'), 'Return');
    await fill(page);
    await press(stage, page, '[name=password]', 'Return');
    await leads(press(stage, page, does('add-in-options'), 'Return'));
  });

  play('does what the other buttons of the options say', async stage => {
    const options = await withTwoLogOffs(stage);
    const rows = (count: number) => options.waitFor(thereAre(count));

    await options.click(does('show-request'));
    await press(stage, options, '.site-request input:checked', 'Down');
    await options.waitFor(`document.querySelector('.site-request pre').textContent.includes('api.asp')`);
    await options.click(does('copy-curl'));
    await options.waitFor(`document.querySelector('.site-request .said')?.dataset.tone === 'good'`);

    await press(stage, options, does('chart-table'), 'Return');
    await options.waitFor(`document.querySelector('.days')?.checkVisibility()`);
    await options.type('[name=filterText]', 'nobody');
    await options.waitFor(`document.querySelector('.history .empty') !== null`);
    await options.click(does('reset-filter'));
    await rows(2);
    for (const one of filters) {
      await press(stage, options, `[name=${one}]`, 'Down');
      await rows(1);
      await press(stage, options, `[name=${one}]`, 'Up');
      await rows(2);
    }
    await press(stage, options, does('ask-clear-history'), 'Return');
    await press(stage, options, does('cancel'), 'Return');
    expect(await stage.history()).toHaveLength(2);
    await options.click(does('ask-clear-history'));
    await options.click(does('clear-history'));
    await until('the history to be empty', async () => (await stage.history()).length === 0);

    const open = (await stage.browser.tabs()).length;
    await options.click(does('open-shortcuts'));
    await until('the browser’s page for keys', async () => (await stage.browser.tabs()).length === open + 1);
  });

  play(
    'opens its lists with the mouse, in the options and in the popup, and takes what is picked',
    async stage => {
      const options = await withTwoLogOffs(stage);
      const pick = async (list: string, entry: number): Promise<void> => {
        await stage.browser.chooseInList(options, `[name=${list}]`, entry);
        await options.waitFor(`document.querySelector('[name=${list}]').selectedIndex === ${entry}`);
        await options.waitFor(thereAre(entry === 0 ? 2 : 1));
      };
      for (const list of filters) for (const entry of [2, 1, 0]) await pick(list, entry);

      await stage.browser.openTab('about:blank');
      const popup = await stage.popup();
      await popup.click(does('show-log-on'));
      const [acmeFirst, betaNext, another] = [0, 1, 2];
      await popup.waitFor(`document.querySelector('[name=site]').length === ${another + 1}`);
      for (const entry of [betaNext, another, acmeFirst]) {
        await stage.browser.chooseInList(popup, '[name=site]', entry);
        await popup.waitFor(`document.querySelector('[name=site]').selectedIndex === ${entry}`);
        await popup.waitFor(`(document.querySelector('[name=address]') !== null) === ${entry === another}`);
      }
    },
  );
}

const filters = ['filterSite', 'filterTrigger', 'filterOutcome'] as const;
/** So many lines of the history are shown. */
const thereAre = (lines: number): string =>
  `document.querySelectorAll('.table tbody tr').length === ${lines}`;

/** The options with two log-offs in the history, each with a site, a cause and an outcome of its own. */
async function withTwoLogOffs(stage: Stage): Promise<Page> {
  await stage.changeSettings({ graceSeconds: 0 });
  const { tab, token } = await stage.logOn('acme');
  await tab.close();
  await stage.dead(token);
  await stage.settled();
  const other = await stage.logOn('beta');
  const options = await stage.browser.openOptions();
  // Somebody was quicker: another outcome than the first one's.
  stage.sandbox.kill(other.token);
  await options.click(does('log-off-everywhere'));
  await stage.settled();
  await options.waitFor(thereAre(2));
  return options;
}

/** What is clicked, and what is stored then. */
type Choice = readonly [string, Change];

const shown = `
  const field = name => document.querySelector('[name=' + name + ']');
  return {
    ...Object.fromEntries(['lastTab', 'browserClose', 'keepHistory', 'lock'].map(name => [name, field(name).checked])),
    ...Object.fromEntries(['idleMinutes', 'maxHours', 'dailyAt'].map(name => [name, field(name).value])),
    toolbarClick: document.querySelector('[name=toolbarClick]:checked').value,
  };`;
