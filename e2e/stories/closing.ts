import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { noGrace, states } from './last-tab.ts';

/** The browser closes, warm and without the help of a next start. */
export function closing(play: Play, name: BrowserName): void {
  playEnd('logs off as the window is closed with its button', async stage => {
    const { token } = await warmSession(stage);
    await stage.browser.closeWindow();
    return [token];
  });

  playEnd('logs off as Ctrl+W closes the last tab and the window with it', async stage => {
    const [first] = await stage.browser.tabs();
    if (!first) throw new Error('The browser has no tab');
    const { token } = await stage.logOn('acme', { tab: first });
    await stage.warm('acme');
    await first.bringToFront();
    await stage.browser.press('ctrl+w');
    return [token];
  });

  playEnd('logs off as the browser is quit', async stage => {
    const { token } = await warmSession(stage);
    await stage.browser.quit();
    return [token];
  });

  playEnd('logs off as the browser is quit with two windows open', async stage => {
    const { token } = await warmSession(stage);
    await stage.browser.openWindow('about:blank');
    await stage.browser.quit();
    return [token];
  });

  if (name === 'chromium') {
    playEnd('logs off as the browser gets SIGINT', async stage => {
      const { token } = await warmSession(stage);
      stage.browser.signal('SIGINT');
      return [token];
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

  playEnd(
    'logs off without waiting for the grace when the browser closes while counting down',
    async stage => {
      await stage.changeSettings({ graceSeconds: 600 });
      const { tab, token } = await warmSession(stage);
      await stage.browser.openTab(pageOf('beta', 'login'));
      await tab.close();
      await until('the countdown', async () => (await states(stage))[0] === 'counting-down');
      await stage.browser.closeWindow();
      return [token];
    },
  );

  playEnd('logs off although no call of the browser comes back any more', async stage => {
    const { token } = await warmSession(stage);
    await stage.browser.hangBrowserCalls();
    await stage.browser.closeWindow();
    return [token];
  });

  playEnd('logs off both of two sites as the window is closed', async stage => {
    const acme = await warmSession(stage);
    const beta = await stage.logOn('beta');
    await stage.warm('beta');
    await stage.browser.closeWindow();
    return [acme.token, beta.token];
  });

  playEnd('logs off ten sessions at ten sites as the window is closed', async stage => {
    const tokens: string[] = [];
    for (let site = 0; site < 10; site += 1) {
      tokens.push((await stage.logOn(`site${site}`)).token);
      await stage.warm(`site${site}`);
    }
    await stage.browser.closeWindow();
    return tokens;
  });

  if (name === 'firefox') {
    playEnd(
      'logs off three accounts of one site, in three containers, as the window is closed',
      async stage => {
        const tokens: string[] = [];
        for (const [index, email] of [
          'ada@example.com',
          'grace@example.com',
          'edsger@example.com',
        ].entries()) {
          const tab = await stage.browser.openTab('about:blank', { container: index + 1 });
          tokens.push((await stage.logOn('acme', { tab, email })).token);
        }
        await stage.warm('acme');
        await stage.browser.closeWindow();
        return tokens;
      },
    );
  }

  /** `end` opens sessions, ends the browser, and names the tokens that have to die. */
  function playEnd(sentence: string, end: (stage: Stage) => Promise<readonly string[]>): void {
    play(sentence, stage => dieWithTheBrowser(stage, end));
  }

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
 * All dead although no next start has helped. A closing browser on a busy machine may swallow even its last request now
 * and then; docs/exits.md counts how often. So a close may fail, and then all that it lost must be dead at the next
 * start; three in a row may not.
 */
export async function dieWithTheBrowser(
  stage: Stage,
  end: (stage: Stage) => Promise<readonly string[]>,
): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const tokens = await end(stage);
    await stage.browser.ended();
    const delivered = await until(
      'the tokens to be dead',
      () => tokens.every(token => stage.life(token).diedAt !== undefined),
      { ms: 5_000 },
    ).catch(() => false);
    judgeRequests(stage, tokens);
    if (delivered) return;
    await stage.restart();
    for (const token of tokens) await stage.dead(token);
    await stage.settled();
  }
  throw new Error('The browser was closed three times, and no log-off got out');
}

/**
 * Nothing but log-offs of the very tokens. Firefox is given two requests for each (docs/decisions/0007); a cookie that
 * goes with one of them is the token that it logs off.
 */
function judgeRequests(stage: Stage, tokens: readonly string[]): void {
  const isFirefox = stage.browser.name === 'firefox';
  for (const token of tokens) expect(stage.life(token).logOffsAsked).toBeLessThanOrEqual(isFirefox ? 2 : 1);
  for (const { command, cookies, token } of stage.sandbox.requests()) {
    if (command !== 'logoff') continue;
    if (isFirefox) expect([undefined, token]).toContain(cookies.fbToken);
    else expect(cookies).toEqual({});
  }
}
