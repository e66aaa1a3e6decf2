import { expect } from 'vitest';
import { accessibilityTroubles } from '../accessibility.ts';
import { hireAdministrator } from '../administrator.ts';
import type { BrowserName, Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { does, popupUrl, press } from '../pressing.ts';
import type { Stage } from '../stage.ts';
import { until } from '../until.ts';

const field = (name: string): string => `document.querySelector('[name=${name}]')`;
const says = (page: Page, words: RegExp): Promise<void> =>
  page.waitFor(`${words}.test(document.body.innerText)`);

/** Settings that follow the user, that an administrator sets, and that a file holds. */
export function settings(play: Play, name: BrowserName): void {
  managed(
    'shows what an administrator has set, locked and with the reason, and keeps to it',
    { graceSeconds: 0, idleMinutes: 9000, ownSites: ['https://bugs.example.com'] },
    async (stage, sets) => {
      const options = await stage.browser.openOptions();
      await options.waitFor(`${field('graceSeconds')}?.disabled`);
      await says(options, /Set by your administrator/);
      await says(options, /setting could not be read: idleMinutes/);
      await says(options, /Added by your administrator/);
      expect(await options.evaluate(`${field('lastTab')}.disabled`)).toBe(false);
      const beside = await stage.browser.openTab('about:blank');
      const popup = await stage.popup();
      await popup.waitFor(`document.querySelector('[data-does=show-managed]') !== null`);
      expect(await accessibilityTroubles(popup)).toEqual([]);
      await popup.click(does('show-managed'));
      await options.waitFor(`document.visibilityState === 'visible'`);
      await beside.goto(await popupUrl(stage));
      await press(stage, beside, does('show-managed'), 'Return');
      await options.waitFor(`document.visibilityState === 'visible'`);
      const refusal = await options.evaluate<string>(
        `try {
          await (globalThis.browser ?? chrome).runtime.sendMessage({ do: 'change-settings', change: { graceSeconds: 9 } });
          return 'changed';
        } catch (error) {
          return error.message;
        }`,
      );
      expect(refusal).toMatch(/administrator/);
      const { tab, token } = await stage.logOn('acme');
      await tab.close();
      await stage.dead(token);
      await stage.settled();

      await sets({ toolbarClick: 'log-off' });
      if (name === 'firefox') {
        await stage.browser.quit();
        await stage.restart();
      }
      const again = name === 'firefox' ? await stage.browser.openOptions() : options;
      await again.waitFor(`document.querySelector('[name=toolbarClick]')?.matches(':disabled')`);
      await again.waitFor(`!${field('graceSeconds')}.disabled`);
      await again.waitFor(`${field('graceSeconds')}.value === '10'`);
      await stage.browser.openTab('about:blank');
      const second = await stage.logOn('acme');
      await second.tab.bringToFront();
      await stage.browser.clickToolbarButton();
      await stage.dead(second.token);
    },
  );

  play('takes over the settings of the user’s other computer, and never hands on a token', async stage => {
    await stage.changeSettings({ graceSeconds: 77, lock: true });
    const { tab, token } = await stage.logOn('acme');
    const there = () =>
      stage.browser.inWorker<object>(`return (globalThis.browser ?? chrome).storage.sync.get(null)`);
    await until('the settings to be handed on', async () => JSON.stringify(await there()).includes('77'));
    const options = await stage.browser.openOptions();
    await options.waitFor(`${field('graceSeconds')}?.value === '77'`);
    await stage.browser.inWorker(
      `const { sync } = (globalThis.browser ?? chrome).storage;
       const { 'settings:0': part } = await sync.get('settings:0');
       const text = part.text.replace('"graceSeconds":77', '"graceSeconds":0');
       await sync.set({ 'settings:0': { ...part, text, changedAt: part.changedAt + 1 } });`,
    );
    await options.waitFor(`${field('graceSeconds')}.value === '0'`);
    await tab.close();
    await stage.dead(token);
    const text = JSON.stringify(await there());
    expect(text).not.toContain(token);
    expect(text).toMatch(/lock\\":true/);
  });

  play('hands on rules for two hundred servers, in parts that the browser takes', async stage => {
    const servers = Array.from({ length: 200 }, (_, index) => `https://fogbugz-${index}.example.com/`);
    const rules = {
      lastTab: true,
      graceSeconds: 10,
      browserClose: true,
      idleMinutes: 15,
      lock: true,
      maxHours: 8,
    };
    const exceptions = Object.fromEntries(servers.map(site => [site, rules]));
    const options = await stage.browser.openOptions();
    await options.evaluate(
      `await (globalThis.browser ?? chrome).runtime.sendMessage({ do: 'import-settings', settings: argument })`,
      { exceptions, graceSeconds: 0 },
    );
    await options.close();
    const there = await until('all parts', async () => {
      const items = await stage.browser.inWorker<Record<string, { parts: number; text: string }>>(
        `return (globalThis.browser ?? chrome).storage.sync.get(null)`,
      );
      const parts = Array.from(
        { length: items['settings:0']?.parts ?? 0 },
        (_, index) => items[`settings:${index}`]?.text,
      );
      return parts.length > 1 && parts.every(text => text) ? JSON.parse(parts.join('')) : undefined;
    });
    expect(there).toMatchObject({ exceptions, graceSeconds: 0 });
    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    await stage.dead(token);
  });

  function managed(
    sentence: string,
    first: Readonly<Record<string, unknown>>,
    story: (
      stage: Stage,
      sets: (settings: Readonly<Record<string, unknown>>) => Promise<void>,
    ) => Promise<void>,
  ): void {
    let hired: Awaited<ReturnType<typeof hireAdministrator>> | undefined;
    play(
      sentence,
      async stage => {
        try {
          await story(stage, async settings => hired?.sets(settings));
        } finally {
          await hired?.leaves();
        }
      },
      {
        async launch(options) {
          if (!hired) {
            hired = await hireAdministrator(name);
            await hired.sets(first);
          }
          return hired.launch(options);
        },
      },
    );
  }
}
