import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { noGrace, states } from './last-tab.ts';

/** The browser closes, warm and without the help of a next start. */
export function closing(play: Play, name: BrowserName): void {
  play('logs off as the window is closed with its button', async stage => {
    const { token } = await warmSession(stage);
    await stage.browser.closeWindow();
    await diesWithTheBrowser(stage, token);
  });

  play('logs off as Ctrl+W closes the last tab and the window with it', async stage => {
    const [first] = await stage.browser.tabs();
    if (!first) throw new Error('The browser has no tab');
    const { token } = await stage.logOn('acme', { tab: first });
    await stage.warm('acme');
    await first.bringToFront();
    await stage.browser.press('ctrl+w');
    await diesWithTheBrowser(stage, token);
  });

  play('logs off as the browser is quit', async stage => {
    const { token } = await warmSession(stage);
    await stage.browser.quit();
    await diesWithTheBrowser(stage, token);
  });

  play('logs off as the browser is quit with two windows open', async stage => {
    const { token } = await warmSession(stage);
    await stage.browser.openWindow('about:blank');
    await stage.browser.quit();
    await diesWithTheBrowser(stage, token);
  });

  if (name === 'chromium') {
    play('logs off as the browser gets SIGINT', async stage => {
      const { token } = await warmSession(stage);
      stage.browser.signal('SIGINT');
      await diesWithTheBrowser(stage, token);
    });
  } else {
    // Firefox ends at once on SIGINT, as on SIGTERM, without a word to its extensions.
    play('logs off at the next start after SIGINT', async stage => {
      const { token } = await warmSession(stage);
      stage.browser.signal('SIGINT');
      await stage.restart();
      await stage.dead(token);
    });
  }

  play('logs off without waiting for the grace when the browser closes while counting down', async stage => {
    await stage.changeSettings({ graceSeconds: 600 });
    const { tab, token } = await warmSession(stage);
    await stage.browser.openTab(pageOf('beta', 'login'));
    await tab.close();
    await until('the countdown', async () => (await states(stage))[0] === 'counting-down');
    await stage.browser.closeWindow();
    await diesWithTheBrowser(stage, token);
  });

  play('logs off although no call of the browser comes back any more', async stage => {
    const { token } = await warmSession(stage);
    await stage.browser.hangBrowserCalls();
    await stage.browser.closeWindow();
    await diesWithTheBrowser(stage, token);
  });

  play('logs off both of two sites as the window is closed', async stage => {
    const acme = await warmSession(stage);
    const beta = await stage.logOn('beta');
    await stage.warm('beta');
    await stage.browser.closeWindow();
    await diesWithTheBrowser(stage, acme.token);
    await diesWithTheBrowser(stage, beta.token);
  });

  play('does not log off when a window closes and another one stays', async stage => {
    await noGrace(stage);
    const { token } = await stage.logOn('acme');
    const other = await stage.browser.openWindow('about:blank');
    // By name, not by what is in front: the window manager has its own time for that.
    await stage.browser.inWorker(
      `const { tabs, windows } = globalThis.browser ?? chrome;
       await windows.remove((await tabs.get(argument)).windowId);`,
      other.id,
    );
    await until('the other window to be gone', async () =>
      (await stage.browser.tabs()).every(({ id }) => id !== other.id),
    );
    expect(await states(stage)).toEqual(['open']);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  play(
    'keeps the session over the close when the trigger is switched off, and at the next start too',
    async stage => {
      await stage.changeSettings({ browserClose: false });
      const { token } = await stage.logOn('acme', { remember: true });
      await stage.browser.closeWindow();
      await stage.restart();
      await until(
        'the next start to have looked at the cookie',
        async () => (await states(stage))[0] === 'open',
      );
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    },
  );
}

async function warmSession(stage: Stage) {
  const session = await stage.logOn('acme');
  await stage.warm('acme');
  return session;
}

/**
 * Dead although no next start has helped. Firefox is given two requests for it (docs/decisions/0007); a cookie that goes
 * with one of them is the very token that it logs off.
 */
async function diesWithTheBrowser(stage: Stage, token: string): Promise<void> {
  await stage.browser.ended();
  const { logOffsAsked } = await stage.dead(token);
  expect(logOffsAsked).toBeLessThanOrEqual(stage.browser.name === 'firefox' ? 2 : 1);
  for (const { command, cookies, token: named } of stage.sandbox.requests()) {
    if (command === 'logoff' && cookies.fbToken !== undefined) expect(cookies.fbToken).toBe(named);
  }
  const cookies = stage.sandbox
    .requests()
    .filter(({ command }) => command === 'logoff')
    .map(one => one.cookies);
  if (stage.browser.name === 'chromium')
    expect(cookies.every(sent => Object.keys(sent).length === 0)).toBe(true);
}
