import { expect } from 'vitest';
import type { Play } from '../playbill.ts';
import { pageOf } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

/** What becomes of cookies. */
export function adoption(play: Play): void {
  play('makes nothing of the cookies that a site sets before anybody has logged on', async stage => {
    await stage.browser.openTab(pageOf('acme', 'login'));
    await idle(stage);
    expect(await stage.sessions()).toEqual([]);
    expect(stage.sandbox.requests().filter(({ api }) => api !== 'web')).toEqual([]);
  });

  play('serves manuscript.com as well', async stage => {
    await noGrace(stage);
    const tab = await stage.browser.openTab('https://acme.manuscript.com/login');
    await tab.type('[name=sPerson]', 'ada@example.com');
    await tab.type('[name=sPassword]', 'demo');
    await tab.click('#logOn');
    await until('the session', async () => (await stage.sessions()).length === 1);
    const token = stage.sandbox.tokens()[0]?.token ?? '';
    await until('the session to be in use', async () => (await states(stage))[0] === 'open');
    await until('the page behind the log-on', async () => (await tab.url()).includes('/f/cases'));
    await idle(stage);
    await tab.close();
    expect(await stage.dead(token)).toMatchObject({ host: 'acme.manuscript.com', logOffsAsked: 1 });
  });

  play('logs the old token off when somebody else logs on in the same browser', async stage => {
    const { tab, token } = await stage.logOn('acme');
    const next = await stage.logOn('acme', { tab, email: 'grace@example.com' });
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
    expect(stage.life(next.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await tab.reload();
    expect(await tab.text()).toContain('Grace Hopper');
    expect((await stage.history())[0]).toMatchObject({ trigger: 'replaced', confirmed: true });
  });

  play('sends the token of a domain-wide cookie to the site that used it, and to no other', async stage => {
    await noGrace(stage);
    stage.sandbox.switch('fbTokenDomain', 'domain-wide');
    const { tab, token } = await stage.logOn('acme');
    // A sibling that is sent the cookie as well, and must not get the token from us.
    const sibling = await stage.browser.openTab(pageOf('beta', 'login'));
    await idle(stage);
    await tab.close();
    await sibling.close();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    const told = stage.sandbox.requests().filter(one => one.token === token && one.api !== 'web');
    expect(new Set(told.map(({ host }) => host))).toEqual(new Set(['acme.fogbugz.com']));
  });

  play(
    "ends the record when FogBugz's own page has logged off, without asking for a log-off",
    async stage => {
      const { tab, token } = await stage.logOn('acme');
      await tab.goto(pageOf('acme', 'default.asp?pre=preLogOff'));
      await until('the record to end', async () => (await stage.sessions()).length === 0);
      expect(stage.life(token)).toMatchObject({ diedBy: 'web', logOffsAsked: 0 });
      expect(await stage.history()).toMatchObject([{ outcome: 'by-page', confirmed: true }]);
    },
  );

  play('logs a token off whose cookie a cleaner has removed while it was alive', async stage => {
    stage.sandbox.switch('fbTokenHttpOnly', 'no');
    const { tab, token } = await stage.logOn('acme');
    await tab.evaluate('document.cookie = "fbToken=; Path=/; Secure; Max-Age=0"');
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
    expect((await stage.history())[0]).toMatchObject({ trigger: 'cookie-gone', confirmed: true });
  });

  play('keeps a session whose cookie is written again with the same value', async stage => {
    stage.sandbox.switch('fbTokenHttpOnly', 'no');
    const { tab, token } = await stage.logOn('acme');
    for (let times = 0; times < 5; times += 1) {
      await tab.evaluate('document.cookie = "fbToken=" + argument + "; Path=/; Secure"', token);
    }
    await idle(stage);
    expect(await states(stage)).toEqual(['open']);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  play('removes the dead cookie after a log-off, so that the page does not pretend', async stage => {
    stage.sandbox.switch('fbTokenHttpOnly', 'no');
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await tab.goto('about:blank');
    await stage.dead(token);
    await stage.settled();
    await tab.goto(pageOf('acme', 'f/cases'));
    expect(await tab.url()).toContain('/login');
    expect(await tab.evaluate<string>('document.cookie')).not.toContain('fbToken');
  });

  play('does not adopt a dead cookie that is brought back, and removes it again', async stage => {
    stage.sandbox.switch('fbTokenHttpOnly', 'no');
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await tab.goto('about:blank');
    await stage.dead(token);
    await stage.settled();
    await tab.goto(pageOf('acme', 'login'));
    await tab.evaluate('document.cookie = "fbToken=" + argument + "; Path=/; Secure"', token);
    await until('the cookie to be removed again', async () => {
      return !(await tab.evaluate<string>('document.cookie')).includes('fbToken');
    });
    expect(await stage.sessions()).toEqual([]);
    expect(stage.life(token).logOffsAsked).toBe(1);
  });

  play('leaves a cookie alone that has a new value by the time the old token is dead', async stage => {
    const { tab, token } = await stage.logOn('acme');
    stage.sandbox.fault({ is: 'status', status: 503, command: 'logoff', times: 1 });
    await tab.goto(pageOf('acme', 'login'));
    const next = await stage.logOn('acme', { tab });
    await stage.dead(token);
    await stage.settled();
    await tab.goto(pageOf('acme', 'f/cases'));
    expect(await tab.url()).toBe(pageOf('acme', 'f/cases'));
    expect(stage.life(next.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });
}
