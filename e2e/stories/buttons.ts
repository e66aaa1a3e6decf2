import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BrowserName, Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { does, popupUrl, press, settings, stored } from '../pressing.ts';
import { pageOf, type Stage, tabWith } from '../stage.ts';
import { until } from '../until.ts';
import { remember } from './crowd.ts';
import { noGrace, states } from './last-tab.ts';
import { twoDaysLater } from './permissions.ts';

/** The buttons and fields of the pages, with the hand that no other story has for them. */
export function buttons(play: Play, name: BrowserName): void {
  play('keeps on, tries again and forgets at the press of a key', async stage => {
    await stage.changeSettings({ graceSeconds: 60 });
    const first = await stage.logOn('acme');
    const popup = await stage.browser.openTab(await popupUrl(stage));
    await first.tab.close();
    await press(stage, popup, does('keep-on'), 'Return');
    await until('the session to be open again', async () => (await states(stage))[0] === 'open');
    expect(stage.life(first.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });

    const mend = stage.sandbox.fault({ is: 'status', status: 503, retryAfter: '600', command: 'logoff' });
    await press(stage, popup, does('log-off'), 'Return');
    await until('the first attempt to fail', () => stage.life(first.token).logOffsAsked === 1);
    await popup.waitFor(isThere('try-now'));
    mend();
    await press(stage, popup, does('try-now'), 'space');
    await stage.dead(first.token);
    await stage.settled();

    const second = await stage.logOn('acme');
    stage.sandbox.fault({ is: 'html' });
    await press(stage, popup, does('log-off'), 'Return');
    await popup.waitFor(isThere('try-now'));
    await twoDaysLater(stage);
    const again = await stage.browser.openTab(await popupUrl(stage));
    await press(stage, again, does('ask-forget'), 'Return');
    await press(stage, again, does('forget'), 'Return');
    await until('the record to be gone', async () => (await stage.sessions()).length === 0);
    expect(stage.life(second.token).diedAt).toBeUndefined();
  });

  play('logs on with keys alone, as one of several people and in the pages too', async stage => {
    const popup = await stage.browser.openTab(await popupUrl(stage));
    const form = `form:has(${does('log-on')})`;
    await press(stage, popup, does('show-log-on'), 'Return');
    await popup.waitFor(`document.querySelector('[name=password]').checkVisibility()`);
    await popup.type(`${form} [name=address]`, 'acme.fogbugz.com');
    await popup.type('[name=email]', 'shared@example.com');
    await popup.type('[name=password]', stage.password);
    await press(stage, popup, '[name=page]', 'space');
    await press(stage, popup, does('log-on'), 'Return');
    await popup.waitFor(`document.querySelectorAll('[name=person]').length === 2`);
    await press(stage, popup, '[name=person]:checked', 'Down');
    const person = await popup.evaluate<string>(`document.querySelector('[name=person]:checked').value`);
    expect(person).toBe(await popup.evaluate(`document.querySelectorAll('[name=person]')[1].value`));
    await press(stage, popup, does('log-on'), 'space');
    await popup.waitFor(`document.querySelector('.card')?.innerText.includes(${JSON.stringify(person)})`);
    const [{ token } = { token: '' }] = stage.sandbox.tokens();
    await until('the cookie of the page', () =>
      stage.browser.inWorker<boolean>(
        `return (await (globalThis.browser ?? chrome).cookies.getAll({ name: 'fbToken' })).length === 1`,
      ),
    );
    await press(stage, popup, does('log-off'), 'Return');
    await stage.dead(token);
    await press(stage, popup, `.ways > ${does('open-site')}`, 'Return');
    await until('the page of the site', async () =>
      (await Promise.all((await stage.browser.tabs()).map(tab => tab.url().catch(() => '')))).some(url =>
        url.startsWith(pageOf('acme')),
      ),
    );
  });

  play('takes an API key, drops it and revokes it with keys alone', async stage => {
    const key = stage.sandbox.birth('acme.fogbugz.com', 'ada@example.com', 'key');
    const popup = await stage.browser.openTab(await popupUrl(stage));
    const form = `form:has(${does('take-token')})`;
    const take = async (): Promise<void> => {
      await press(stage, popup, does('show-take-token'), 'Return');
      await popup.waitFor(`document.querySelector('[name=token]').checkVisibility()`);
      if ((await popup.evaluate(`document.querySelector('${form} [name=address]')`)) !== null)
        await popup.type(`${form} [name=address]`, 'acme.fogbugz.com');
      await popup.type('[name=token]', key);
      await press(stage, popup, '[name=kind]:checked', 'Down');
      await press(stage, popup, does('take-token'), 'Return');
      await popup.waitFor(isThere('ask-drop-key'));
    };
    await take();
    await press(stage, popup, does('ask-drop-key'), 'Return');
    await popup.click(does('cancel'));
    await press(stage, popup, does('ask-drop-key'), 'Return');
    await press(stage, popup, does('drop-key'), 'Return');
    await popup.waitFor(`document.querySelector('.card') === null`);
    expect(stage.life(key)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await take();
    await press(stage, popup, does('ask-revoke-key'), 'space');
    await press(stage, popup, does('revoke-key'), 'space');
    expect(await stage.dead(key)).toMatchObject({ logOffsAsked: 1 });
  });

  play('unfolds, and stays logged on or not, at clicks in the popup', async stage => {
    await stage.logOn('acme');
    const popup = await stage.popup();
    for (const pressed of ['true', 'false']) {
      await popup.click(does('stay-once'));
      await popup.waitFor(
        `document.querySelector('${does('stay-once')}')?.getAttribute('aria-pressed') === '${pressed}'`,
      );
    }
    await popup.click(does('show-elsewhere'));
    await popup.click(does('show-take-token'));
    await popup.waitFor(`document.querySelector('[name=token]').checkVisibility()`);
    await popup.close();
  });

  play('does what the buttons of the options say, with the other hand', async stage => {
    const { token } = await stage.logOn('acme');
    await remember(stage, 60);
    const options = await stage.browser.openOptions();
    await press(stage, options, does('show-all'), 'Return');
    await options.waitFor(rows(60));
    await options.click(does('chart-table'));
    await options.waitFor(`document.querySelector('.days')?.checkVisibility()`);
    await options.type('[name=filterText]', 'nobody');
    await options.waitFor(`document.querySelector('.history .empty') !== null`);
    await press(stage, options, does('reset-filter'), 'Return');
    await options.waitFor(`document.querySelector('.table tbody tr') !== null`);

    await press(stage, options, does('show-request'), 'Return');
    await press(stage, options, does('copy-curl'), 'Return');
    await copied(stage, 'curl');
    await options.click(does('copy-install'));
    await copied(stage, ' install');
    await press(stage, options, does('copy-curl'), 'space');
    await copied(stage, 'curl');
    await press(stage, options, does('copy-install'), 'Return');
    await copied(stage, ' install');

    await press(stage, options, does('export-history'), 'Return');
    await downloaded(stage, '.csv');
    await press(stage, options, does('export-settings'), 'Return');
    await downloaded(stage, '.json');

    await options.click(does('ask-clear-history'));
    await options.click(does('cancel'));
    await options.waitFor(isThere('ask-clear-history'));
    expect(await stage.history()).toHaveLength(60);
    await press(stage, options, does('ask-clear-history'), 'space');
    await press(stage, options, does('clear-history'), 'Return');
    await until('the history to be empty', async () => (await stage.history()).length === 0);

    await press(stage, options, '[name=preset]:checked', 'Up');
    await stored(stage, { lastTab: false });
    await press(stage, options, `.section ${does('log-off-everywhere')}`, 'Return');
    await stage.dead(token);
    const open = (await stage.browser.tabs()).length;
    await press(stage, options, does('open-shortcuts'), 'Return');
    await until('the browser’s page for keys', async () => (await stage.browser.tabs()).length === open + 1);
  });

  play('begins and ends a close drill at the press of a key', async stage => {
    const { token } = await stage.logOn('acme');
    const options = await stage.browser.openOptions();
    const waiting = () => options.waitFor(`document.querySelector('[data-drill=waiting]') !== null`);
    await press(stage, options, does('drill-with'), 'Return');
    await waiting();
    await press(stage, options, does('end-drill'), 'Return');
    await press(stage, options, does('show-drill-form'), 'Return');
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await options.type('.drill [name=email]', 'ada@example.com');
    await options.type('.drill [name=password]', stage.password);
    await press(stage, options, does('begin-drill'), 'Return');
    await waiting();
    const [begun] = stage.sandbox.tokens().filter(one => one.token !== token);
    await press(stage, options, does('end-drill'), 'space');
    await stage.dead(begun?.token ?? '');
  });

  play('can be set up in the welcome with keys alone', async stage => {
    const url = await stage.browser.inWorker<string>(
      'return (globalThis.browser ?? chrome).runtime.getURL("src/welcome/welcome.html")',
    );
    const welcome = await stage.browser.openTab(url);
    await press(stage, welcome, '[name=preset]:checked', 'Down');
    await stored(stage, { idleMinutes: 15, keepHistory: false });
    await press(stage, welcome, does('open-options'), 'Return');
    const options = await until('the options', () => tabWith(stage.browser, 'options'));
    await options.waitFor(`document.querySelector('[name=preset][value=shared]')?.checked`);
  });

  playRules(play, name);
}

/** Each rule that `controls` changes with one hand only. */
function playRules(play: Play, name: BrowserName): void {
  play('switches each rule by mouse and by key', async stage => {
    await noGrace(stage);
    await (await stage.logOn('acme')).tab.close();
    const options: Page = await stage.browser.openOptions();
    const rules = [
      ['idle', 'idleMinutes', 15, 0],
      ['maxAge', 'maxHours', 8, 0],
      ['daily', 'dailyAt', '18:00', ''],
      ['keepHistory', 'keepHistory', false, true],
      ...(name === 'chromium' ? ([['lock', 'lock', true, false]] as const) : []),
    ] as const;
    for (const [control, rule, changed, usual] of rules) {
      await options.click(`[name=${control}]`);
      await stored(stage, { [rule]: changed });
      await press(stage, options, `[name=${control}]`, 'space');
      await stored(stage, { [rule]: usual });
      await press(stage, options, `[name=${control}]`, 'space');
      await stored(stage, { [rule]: changed });
      await options.click(`[name=${control}]`);
      await stored(stage, { [rule]: usual });
    }
    await options.click(does('show-rules'));
    await options.click('.site-rules [name=ownRules]');
    const exceptions = async (): Promise<number> =>
      Object.keys((await settings(stage)).exceptions ?? {}).length;
    await until('rules of the site', async () => (await exceptions()) === 1);
    await press(stage, options, '.site-rules [name=ownRules]', 'space');
    await until('no rules of the site', async () => (await exceptions()) === 0);
  });
}

const isThere = (what: string): string => `document.querySelector('${does(what)}') !== null`;
const rows = (count: number): string => `document.querySelectorAll('.table tbody tr').length === ${count}`;

/** Waits until what was copied last has these words in it. */
function copied({ browser }: Stage, words: string): Promise<unknown> {
  return until(`“${words}” on the clipboard`, async () => (await browser.clipboard()).includes(words));
}

/** Waits for a file of that kind among what was downloaded. */
function downloaded({ browser }: Stage, ending: string): Promise<unknown> {
  return until(`a file ${ending}`, async () =>
    (await readdir(join(browser.profile, 'downloads')).catch(() => [])).some(file => file.endsWith(ending)),
  );
}
