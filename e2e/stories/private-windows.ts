import { join } from 'node:path';
import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import { filesWith } from '../files-with.ts';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

/** Cookie stores other than the ordinary one: private windows, containers, partitions. */
export function privateWindows(play: Play, name: BrowserName): void {
  play('says that private windows are not covered, until the user allows it', async stage => {
    const said = async () => {
      const popup = await stage.popup();
      await popup.waitFor('document.querySelector("main") !== null');
      const text = await popup.text();
      await popup.close();
      return text;
    };
    expect(await said()).toContain('Not in private windows');
    await stage.browser.allowInPrivateWindows();
    expect(await said()).not.toContain('private windows');
  });

  play(
    'logs a private session off as the last private window closes, and keeps nothing of it',
    async stage => {
      await stage.browser.allowInPrivateWindows();
      await stage.changeSettings({ lastTab: false });
      const { tab, token } = await privateSession(stage);
      const other = await stage.browser.openPrivateWindow('about:blank');
      await tab.close();
      await idle(stage);
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
      expect(await privateStates(stage)).toEqual(['open']);
      await other.close();
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
      await until('nothing to be left of it', async () => (await privateStates(stage)).length === 0);

      expect(await stage.history()).toEqual([]);
      const { profile } = stage.browser;
      await stage.browser.quit();
      await stage.browser.ended();
      expect(await filesWith(profile, token)).toEqual([]);
      expect(await filesWith(join(profile, storeOf(name)), 'quiet.fogbugz.com')).toEqual([]);
    },
  );

  play('keeps the session of a private window and that of the ordinary one apart', async stage => {
    await stage.browser.allowInPrivateWindows();
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    const fleeting = await privateSession(stage, 'acme', 'grace@example.com');
    await tab.close();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    expect(stage.life(fleeting.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await fleeting.tab.close();
    expect(await stage.dead(fleeting.token)).toMatchObject({ logOffsAsked: 1 });
  });

  play('adopts a partitioned cookie, and logs it off', async stage => {
    const token = stage.sandbox.birth('acme.fogbugz.com', 'ada@example.com', 'web');
    // As a FogBugz page in a frame of another site's page would have it (CHIPS).
    await stage.browser.inWorker(
      `await (globalThis.browser ?? chrome).cookies.set({
         url: 'https://acme.fogbugz.com/', name: 'fbToken', value: argument, secure: true, sameSite: 'no_restriction',
         partitionKey: { topLevelSite: 'https://example.org' },
       })`,
      token,
    );
    await until('the session', async () => (await states(stage))[0] === 'open');
    const page = await stage.browser.openTab(pageOf('acme', 'login'));
    await page.close();
    await idle(stage);
    // That page was not sent the cookie, so it was no last tab of this session.
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    const popup = await stage.popup();
    await popup.click('[data-does="log-off"]');
    await stage.dead(token);
    await popup.close();
    await stage.settled();
    const left = await stage.browser.inWorker<unknown[]>(
      `return (globalThis.browser ?? chrome).cookies.getAll({ name: 'fbToken', partitionKey: {} })`,
    );
    expect(left).toEqual([]);
  });

  if (name !== 'firefox') return;

  play('keeps a session for each container, and logs off each with its own last tab', async stage => {
    await noGrace(stage);
    const open = async (container: number, email: string) => {
      const tab = await stage.browser.openTab('about:blank', { container });
      return stage.logOn('acme', { tab, email });
    };
    const ada = await open(1, 'ada@example.com');
    const grace = await open(2, 'grace@example.com');
    const popup = await stage.popup();
    await popup.waitFor('document.querySelectorAll(".card").length === 2');
    expect(await popup.text()).toContain('container');
    await popup.close();
    await ada.tab.close();
    expect(await stage.dead(ada.token)).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
    expect(stage.life(grace.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await grace.tab.reload();
    expect(await grace.tab.text()).toContain('Grace Hopper');
    await grace.tab.close();
    expect(await stage.dead(grace.token)).toMatchObject({ logOffsAsked: 1 });
  });
}

async function privateSession(stage: Stage, site = 'quiet', email = 'ada@example.com') {
  const tab = await stage.browser.openPrivateWindow('about:blank');
  return stage.logOn(site, { tab, email });
}

/** The states of the private windows' sessions, which the memory alone holds. */
async function privateStates(stage: Stage): Promise<readonly string[]> {
  const all = await stage.browser.inWorker<Record<string, { state?: { is: string } }>>(
    'return (globalThis.browser ?? chrome).storage.session.get(null)',
  );
  return Object.entries(all).flatMap(([key, { state }]) =>
    key.startsWith('session:') && state ? [state.is] : [],
  );
}

/** Where the browser keeps what the extension stores. */
const storeOf = (name: BrowserName): string =>
  name === 'firefox' ? 'storage' : join('Default', 'Local Extension Settings');
