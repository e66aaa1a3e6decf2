import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { idle, states } from './last-tab.ts';

/** What ends a session although its tab stays open: nobody there, a locked screen, its age, the time of day. */
export function away(play: Play, name: BrowserName): void {
  play(
    'logs off after a minute without a touch, at the daily time, and leaves a site alone that has other rules',
    async stage => {
      const idleOnly = await stage.logOn('acme');
      const daily = await stage.logOn('beta');
      const kept = await stage.logOn('gamma');
      await stage.changeSettings({ idleMinutes: 1 });
      await exception(stage, 'beta', { idleMinutes: 0, dailyAt: await nextMinute(stage) });
      await exception(stage, 'gamma', { idleMinutes: 0 });
      await deadWithin(stage, idleOnly.token, 180_000);
      await deadWithin(stage, daily.token, 180_000);
      await stage.settled();
      const history = await stage.history();
      expect(history.find(({ site }) => site === pageOf('acme'))).toMatchObject({ trigger: 'idle' });
      expect(history.find(({ site }) => site === pageOf('beta'))).toMatchObject({ trigger: 'daily' });
      expect(stage.life(kept.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    },
  );

  play('logs off what grew too old while the computer slept, several at once', async stage => {
    const sessions = [await stage.logOn('acme'), await stage.logOn('beta'), await stage.logOn('gamma')];
    await exception(stage, 'gamma', { maxHours: 48 });
    await stage.changeSettings({ maxHours: 8 });
    await idle(stage);
    // A worker that slept is gone, and what it left has grown older meanwhile.
    await grow(stage, 9 * 3_600_000);
    await stage.browser.killWorker();
    await stage.browser.openTab('about:blank');
    for (const { token } of sessions.slice(0, 2)) {
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    }
    await stage.settled();
    expect((await stage.history()).map(({ trigger }) => trigger)).toEqual(['max-age', 'max-age']);
    expect(stage.life(sessions[2]?.token ?? '')).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  play('is not fooled by a clock that was set back', async stage => {
    const { token } = await stage.logOn('acme');
    await stage.changeSettings({ maxHours: 8 });
    await idle(stage);
    await grow(stage, -20 * 3_600_000); // begun in the future, as the clock has it now
    await stage.browser.killWorker();
    await stage.browser.openTab('about:blank');
    await until('the age to count from now', async () => {
      const [session] = await stage.sessions();
      return session && session.since <= Date.now();
    });
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  play('leaves one site logged on over the close and the next start, and no other', async stage => {
    const kept = await stage.logOn('acme', { remember: true });
    const other = await stage.logOn('beta', { remember: true });
    await exception(stage, 'acme', { browserClose: false });
    await stage.browser.closeWindow();
    await stage.restart();
    await stage.dead(other.token);
    // The close may have ended it already; then the next start has only its record to clear away.
    await until('the other session to be gone', async () => (await stage.sessions()).length === 1);
    await idle(stage);
    expect(stage.life(kept.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    expect(await states(stage)).toEqual(['open']);
  });

  if (name === 'chromium') {
    play('logs off as the screen is locked', async stage => {
      await stage.changeSettings({ lock: true });
      const { token } = await stage.logOn('acme');
      await stage.browser.lockScreen();
      try {
        await deadWithin(stage, token, 60_000);
      } finally {
        await stage.browser.unlockScreen();
      }
      await stage.settled();
      expect((await stage.history())[0]).toMatchObject({ trigger: 'lock', confirmed: true });
    });
  } else {
    play('says that Firefox does not tell when the screen is locked', async stage => {
      const options = await stage.browser.openOptions();
      await options.waitFor('document.querySelector("[name=lock]") !== null');
      expect(await options.evaluate<boolean>('document.querySelector("[name=lock]").disabled')).toBe(true);
      expect(await options.text()).toMatch(/Firefox/);
    });
  }
}

/** Different rules for one site, set as the options page does. */
async function exception(stage: Stage, site: string, rules: Record<string, unknown>): Promise<void> {
  const options = await stage.browser.openOptions();
  await options.evaluate(
    `await (globalThis.browser ?? chrome).runtime.sendMessage({ do: 'set-exception', ...argument })`,
    { site: pageOf(site), rules },
  );
  await options.close();
}

/** The next minute on the browser's clock that leaves a few seconds until it comes: `HH:MM`. */
function nextMinute(stage: Stage): Promise<string> {
  return stage.browser.inWorker<string>(
    `const moment = new Date(Date.now() + 65_000);
     const two = number => String(number).padStart(2, '0');
     return two(moment.getHours()) + ':' + two(moment.getMinutes());`,
  );
}

/** Makes every stored session older than it is. */
async function grow(stage: Stage, ms: number): Promise<void> {
  await stage.browser.inWorker(
    `const { local } = (globalThis.browser ?? chrome).storage;
     for (const [key, value] of Object.entries(await local.get(null)))
       if (key.startsWith('session:')) await local.set({ [key]: { ...value, since: value.since - argument } });`,
    ms,
  );
}

async function deadWithin(stage: Stage, token: string, ms: number): Promise<void> {
  await until('the token to be dead on the server', () => stage.life(token).diedAt !== undefined, { ms });
}
