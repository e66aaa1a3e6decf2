import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

const onDemand = '*://*.fogbugz.com/*';

/** The user changes on the browser's own pages what the extension may do, or whether it is there at all. */
export function permissions(play: Play, name: BrowserName): void {
  play(
    'keeps what it owes while a permission is taken away, says so, and goes on when it is given back',
    async stage => {
      await noGrace(stage);
      const { tab, token } = await stage.logOn('acme');
      await stage.browser.withholdAccess(onDemand);
      await until('the trouble on the button', () => inTrouble(stage));
      // Not on the page itself: there Chromium takes a click on the button for permission.
      await stage.browser.openTab('about:blank');
      const popup = await stage.popup();
      await popup.waitFor('document.querySelector(\'[data-does="allow-again"]\') !== null');
      await popup.click('[data-does="log-off"]');
      await until('the log-off to be owed', async () => (await states(stage))[0] === 'owed');
      await popup.close();
      expect(stage.life(token).diedAt).toBeUndefined();
      await stage.browser.grantAccess(onDemand);
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
      await stage.settled();
      await until('the trouble to be over', async () => !(await inTrouble(stage)));
      await tab.close();
    },
  );

  play('does not take pages for closed that it may no longer see', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await stage.browser.withholdAccess(onDemand);
    await until('the trouble on the button', () => inTrouble(stage));
    await tab.reload();
    await idle(stage);
    expect(await states(stage)).toEqual(['open']);
    await stage.browser.grantAccess(onDemand);
    await until('the trouble to be over', async () => !(await inTrouble(stage)));
    await idle(stage);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await tab.close();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
  });

  play('loses nothing while it is disabled', async stage => {
    const { token } = await stage.logOn('acme');
    await stage.browser.disableExtension();
    await stage.browser.enableExtension();
    if (name === 'chromium') {
      // The tab is still there, by its number: the browser has lived on, and so has the session.
      await idle(stage);
      expect(await states(stage)).toEqual(['open']);
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    } else {
      // In Firefox nothing tells this from a restart, and the safe reading is that the run is over.
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    }
  });

  play('logs off what was owed when it was disabled', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    const mend = stage.sandbox.fault({ is: 'status', status: 503, command: 'logoff' });
    await tab.close();
    await until('the log-off to be owed', async () => (await states(stage))[0] === 'owed');
    await stage.browser.disableExtension();
    mend();
    await stage.browser.enableExtension();
    await stage.dead(token);
  });

  play('offers to log off everywhere before it is removed', async stage => {
    const acme = await stage.logOn('acme');
    const beta = await stage.logOn('beta');
    const options = await stage.browser.openOptions();
    await options.click('[data-does="log-off-everywhere"]');
    await stage.dead(acme.token);
    await stage.dead(beta.token);
    await options.waitFor('/nothing|no session/i.test(document.body.innerText)');
    await stage.browser.removeExtension();
  });
}

/** What the toolbar button says in words. */
const tooltip = (stage: Stage): Promise<string> =>
  stage.browser.inWorker<string>('return (globalThis.browser ?? chrome).action.getTitle({})');

const inTrouble = async (stage: Stage): Promise<boolean> => (await tooltip(stage)).includes('needs you');

/** Where a log-off can't be done for days. */
export function hopeless(play: Play): void {
  play('offers to forget a log-off that a site will never take, and records that', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    stage.sandbox.fault({ is: 'html' });
    await tab.close();
    await until('the log-off to be owed', async () => (await states(stage))[0] === 'owed');
    await until('a vain attempt', async () =>
      stage.browser.inWorker<boolean>(
        `const all = await (globalThis.browser ?? chrome).storage.local.get(null);
         return Object.values(all).some(({ state }) => state?.obstacle !== undefined);`,
      ),
    );
    const early = await stage.popup();
    await early.waitFor('document.querySelector(".card") !== null');
    expect(await early.text()).not.toContain('Forget');
    await early.close();
    await twoDaysLater(stage);
    await stage.browser.openTab(pageOf('beta', 'login'));
    const popup = await stage.popup();
    await popup.waitFor('document.querySelector(\'[data-does="ask-forget"]\') !== null');
    await popup.click('[data-does="ask-forget"]');
    await popup.click('[data-does="forget"]');
    await until('the record to be gone', async () => (await stage.sessions()).length === 0);
    await popup.close();
    expect(await stage.history()).toMatchObject([{ outcome: 'forgotten', confirmed: false }]);
    expect(stage.life(token).diedAt).toBeUndefined();
  });
}

/** As if each log-off had been owed for two days more. */
export async function twoDaysLater({ browser }: Stage): Promise<void> {
  await browser.inWorker(
    `const { local } = (globalThis.browser ?? chrome).storage;
     for (const [key, value] of Object.entries(await local.get(null)))
       if (key.startsWith('session:'))
         await local.set({ [key]: { ...value, state: { ...value.state, since: value.state.since - 48 * 3_600_000 } } });`,
  );
  await browser.killWorker();
}
