import { expect } from 'vitest';
import type { Play } from '../playbill.ts';
import { pageOf } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

/** Log-offs that can't be done at once, and ends that leave no time for any. */
export function owed(play: Play): void {
  play('logs off at the next start what a killed browser left open', async stage => {
    const { token } = await stage.logOn('acme');
    stage.browser.signal('SIGKILL');
    await stage.restart();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
    expect((await stage.history())[0]).toMatchObject({
      trigger: 'startup',
      outcome: 'logged-off',
      confirmed: true,
    });
  });

  play('logs off at the next start before the restored page can use the session again', async stage => {
    const { token } = await stage.logOn('acme', { remember: true });
    stage.browser.signal('SIGKILL');
    await stage.restart();
    await stage.dead(token);
    await stage.settled();
    const tab = await stage.browser.openTab(pageOf('acme', 'f/cases'));
    expect(await tab.url()).toContain('/login');
    expect(await stage.sessions()).toEqual([]);
    expect(stage.life(token).logOffsAsked).toBe(1);
  });

  play(
    'logs off at the next start what could not be sent because the network was gone at the close',
    async stage => {
      const { token } = await stage.logOn('acme');
      await stage.sandbox.pause();
      await stage.browser.closeWindow();
      await stage.browser.ended();
      expect(stage.life(token).diedAt).toBeUndefined();
      await stage.sandbox.resume();
      await stage.restart();
      await stage.dead(token);
    },
  );

  play('logs off at the next start although nothing answers at first', async stage => {
    const { token } = await stage.logOn('acme');
    await stage.sandbox.pause();
    stage.browser.signal('SIGKILL');
    await stage.restart();
    await until('the log-off to be owed', async () => (await states(stage))[0] === 'owed');
    await stage.sandbox.resume();
    await stage.dead(token);
  });

  play('tries again until the server answers', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    stage.sandbox.fault({ is: 'status', status: 503, command: 'logoff', times: 2 });
    await tab.close();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 3 });
    await stage.settled();
    expect((await stage.history())[0]).toMatchObject({ attempts: 3, confirmed: true });
  });

  play('tries again at once when the network is back', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    const mend = stage.sandbox.fault({ is: 'reset', command: 'logoff' });
    await tab.close();
    await until('two vain attempts', () => stage.life(token).logOffsAsked >= 2);
    mend();
    // No network card can be pulled here: the worker is told what the browser would tell it.
    await stage.browser.inWorker('dispatchEvent(new Event("online"))');
    await stage.dead(token);
  });

  play('takes a lost reply for no answer, and "not logged on" for success', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    stage.sandbox.fault({ is: 'lose-reply', command: 'logoff' });
    await tab.close();
    await stage.dead(token);
    stage.sandbox.clearFaults();
    await stage.settled();
    expect((await stage.history())[0]).toMatchObject({ outcome: 'already-off', confirmed: true });
  });

  play('lets a new session live while the old token is owed', async stage => {
    const { tab, token } = await stage.logOn('acme');
    const mend = stage.sandbox.fault({ is: 'status', status: 503, command: 'logoff' });
    const next = await stage.logOn('acme', { tab });
    await until('the old token to be owed', async () => (await states(stage)).includes('owed'));
    mend();
    await stage.dead(token);
    await stage.settled();
    expect(stage.life(next.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await tab.goto(pageOf('acme', 'f/cases'));
    expect(await tab.url()).toBe(pageOf('acme', 'f/cases'));
  });

  play('logs off after the countdown although the worker was killed in it', async stage => {
    await stage.changeSettings({ graceSeconds: 5 });
    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    await until('the countdown', async () => (await states(stage))[0] === 'counting-down');
    await stage.browser.killWorker();
    // Nothing else wakes it but its alarm, which no browser lets ring before half a minute.
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
  });

  play('sends a log-off again that was under way when the worker was killed', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    stage.sandbox.fault({ is: 'hang', command: 'logoff', times: 1 });
    await tab.close();
    await until('the log-off to be under way', () => stage.life(token).logOffsAsked === 1);
    await stage.browser.killWorker();
    await stage.browser.openTab('about:blank'); // any event wakes the worker
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 2 });
  });

  play('continues with its sessions after the worker was killed', async stage => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await stage.browser.killWorker();
    await tab.close();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
  });

  play('speaks XML with an installation that has no JSON API', async stage => {
    stage.sandbox.switch('jsonApi', 'no');
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await tab.close();
    expect(await stage.dead(token)).toMatchObject({ diedBy: 'xml', logOffsAsked: 1 });
    await stage.settled();
    const asked = stage.sandbox.requests().filter(one => one.api === 'xml' && one.token === token);
    expect(asked.map(({ command, method, query }) => ({ command, method, query }))).toEqual([
      { command: 'viewPerson', method: 'POST', query: '' },
      { command: 'logoff', method: 'POST', query: '' },
      { command: 'logon', method: 'POST', query: '' },
    ]);
    await idle(stage);
  });
}
