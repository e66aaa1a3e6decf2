import { expect } from 'vitest';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';

/** Leaving FogBugz: the last tab of a session, and everything that looks like it and is not. */
export function lastTab(play: Play): void {
  play('logs off when the last FogBugz tab is closed, and no other token', async stage => {
    await noGrace(stage);
    const bystander = stage.sandbox.birth('acme.fogbugz.com', 'grace@example.com');
    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    expect(await stage.dead(token)).toMatchObject({ diedBy: 'json', logOffsAsked: 1 });
    await stage.settled();
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 1, checksAsked: 1 });
    expect(stage.life(bystander)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    expect(await stage.history()).toMatchObject([
      { site: pageOf('acme'), trigger: 'last-tab', outcome: 'logged-off', attempts: 1, confirmed: true },
    ]);
  });

  play('sends the exact request of the JSON reference, without cookies', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    await stage.dead(token);
    const request = stage.sandbox.requests().find(({ command }) => command === 'logoff');
    expect(request).toMatchObject({
      method: 'POST',
      path: '/f/api/0/jsonapi',
      query: '',
      cookies: {},
      body: JSON.stringify({ cmd: 'logoff', token }),
    });
    expect(request?.headers['content-type']).toBe('application/json');
  });

  play('waits for the grace, and counts it down in the toolbar', async stage => {
    await stage.changeSettings({ graceSeconds: 5 });
    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    await until('the countdown', async () => (await states(stage))[0] === 'counting-down');
    expect(stage.life(token).logOffsAsked).toBe(0);
    await until('the seconds on the badge', async () => /^[1-5]$/.test(await badge(stage)));
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
  });

  play(
    'grants ten seconds of grace unless told otherwise, and a tab that comes back within them cancels it',
    async stage => {
      const { tab, token } = await stage.logOn('acme');
      await tab.close();
      await until('the countdown', async () => (await states(stage))[0] === 'counting-down');
      // The record is stored before the button is painted.
      const left = await until('the seconds on the badge', async () => Number(await badge(stage)));
      expect(left).toBeGreaterThan(5);
      await stage.browser.openTab(pageOf('acme', 'f/cases'));
      await until('the session to be open again', async () => (await states(stage))[0] === 'open');
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    },
  );

  play('logs off with the last of two tabs, not with the first', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    const second = await stage.browser.openTab(pageOf('acme', 'f/cases/1'));
    await tab.close();
    await idle(stage);
    expect(stage.life(token).logOffsAsked).toBe(0);
    await second.close();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
  });

  play('counts a tab in another window as open', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    const other = await stage.browser.openWindow(pageOf('acme', 'f/filters'));
    await tab.close();
    await idle(stage);
    expect(stage.life(token).logOffsAsked).toBe(0);
    await other.close();
    await stage.dead(token);
  });

  play('counts a discarded tab as open', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    const front = await stage.browser.openTab('about:blank');
    await front.bringToFront();
    await tab.discard();
    await idle(stage);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  play('does not take a tab that is dragged to another window for a closed one', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await tab.moveToNewWindow();
    await idle(stage);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await tab.close();
    await stage.dead(token);
  });

  play('does not take a window for closed whose last tab is dragged into another one', async stage => {
    await noGrace(stage);
    const [first] = await stage.browser.tabs();
    const { tab, token } = await stage.logOn('acme', { window: true });
    await stage.browser.inWorker(
      `const { tabs } = globalThis.browser ?? chrome;
       const { windowId } = await tabs.get(argument.to);
       await tabs.move(argument.tab, { windowId, index: -1 });`,
      { tab: tab.id, to: first?.id },
    );
    await idle(stage);
    expect(await states(stage)).toEqual(['open']);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await tab.close();
    await stage.dead(token);
  });

  play('takes leaving for another site for the end', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await tab.goto('about:blank');
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
  });

  play('does not take a reload, a redirect or another page of the site for leaving', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await tab.reload();
    await tab.goto(pageOf('acme', 'f/cases/2'));
    stage.sandbox.fault({ is: 'redirect', status: 302, to: '/f/cases', command: 'page', times: 1 });
    await tab.goto(pageOf('acme'));
    expect(await tab.url()).toBe(pageOf('acme', 'f/cases'));
    await idle(stage);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  play('logs off one of two sites and leaves the other alone', async stage => {
    await noGrace(stage);
    const acme = await stage.logOn('acme');
    const beta = await stage.logOn('beta', { email: 'grace@example.com' });
    await acme.tab.close();
    await stage.dead(acme.token);
    await stage.settled();
    expect(stage.life(beta.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await beta.tab.close();
    await stage.dead(beta.token);
  });

  play('keeps the session when the trigger is switched off', async stage => {
    await stage.changeSettings({ lastTab: false, graceSeconds: 0 });
    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    await idle(stage);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });
}

export async function noGrace(stage: Stage): Promise<void> {
  await stage.changeSettings({ graceSeconds: 0 });
}

export async function states(stage: Stage): Promise<readonly string[]> {
  return (await stage.sessions()).map(({ state }) => state.is);
}

/**
 * Waits until the worker has dealt with everything that happened so far: events are handled in their order, and
 * changing a setting is the last of them.
 */
export async function idle(stage: Stage): Promise<void> {
  const tab = await stage.browser.openTab('about:blank');
  await tab.close();
  await stage.changeSettings({ keepHistory: true });
}

/** What stands on the toolbar button. */
export async function badge({ browser }: Stage): Promise<string> {
  return browser.inWorker<string>('return (globalThis.browser ?? chrome).action.getBadgeText({})');
}
