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
    await tab.type('[name=sPassword]', stage.password);
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

  for (const webLogOff of ['get', 'post', 'post-with-verification'] as const) {
    play(
      `logs off on the web page as well where its session outlives the token, by ${webLogOff}`,
      async stage => {
        stage.sandbox.switch('apiLogOffEndsWebSession', 'no');
        stage.sandbox.switch('webLogOff', webLogOff);
        await noGrace(stage);
        const first = await stage.logOn('acme');
        await first.tab.close();
        expect(await stage.dead(first.token)).toMatchObject({ diedBy: 'web', logOffsAsked: 1 });
        await stage.settled();
        // The site is known by now: the next time there is no comparing with what strangers are shown.
        const before = stage.sandbox.requests().length;
        const second = await stage.logOn('acme');
        await second.tab.close();
        await stage.dead(second.token);
        await stage.settled();
        const after = stage.sandbox.requests().slice(before);
        expect(after.filter(({ path, cookies }) => path === '/' && !cookies.fbToken)).toEqual([]);
      },
    );
  }

  play('looks at the page once for each site, and sends no cookie for any other reason', async stage => {
    await noGrace(stage);
    for (const round of [1, 2]) {
      const { tab, token } = await stage.logOn('acme');
      const seen = stage.sandbox.requests().length;
      await tab.close();
      await stage.dead(token);
      await stage.settled();
      const withCookies = stage.sandbox
        .requests()
        .slice(seen)
        .filter(({ cookies }) => cookies.fbToken);
      expect(withCookies.map(({ path }) => path)).toEqual(round === 1 ? ['/', '/login'] : []);
    }
  });

  play('logs off what a cookie held that has expired by itself', async stage => {
    stage.sandbox.switch('fbTokenExpiry', '3s');
    const { tab, token } = await stage.logOn('acme');
    // Browsers drop an expired cookie when the site's cookies are used again.
    await until('the page to ask for a log-on', async () => {
      await tab.goto(pageOf('acme', 'f/cases'));
      return (await tab.url()).includes('/login');
    });
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
    expect((await stage.history())[0]).toMatchObject({ trigger: 'cookie-gone', confirmed: true });
  });

  play('keeps a domain-wide session and a host-only one apart', async stage => {
    await noGrace(stage);
    stage.sandbox.switch('fbTokenDomain', 'domain-wide');
    const wide = await stage.logOn('acme');
    stage.sandbox.switch('fbTokenDomain', 'host-only');
    const own = await stage.logOn('acme', { tab: wide.tab, email: 'grace@example.com' });
    await idle(stage);
    // The page's new log-on replaced nothing: two cookies stand side by side, and each is a session.
    expect(await states(stage)).toEqual(['open', 'open']);
    await wide.tab.close();
    expect(await stage.dead(wide.token)).toMatchObject({ logOffsAsked: 1 });
    expect(await stage.dead(own.token)).toMatchObject({ logOffsAsked: 1 });
    await stage.settled();
  });

  play('removes a dead cookie that a late reply of a page brings back', async stage => {
    stage.sandbox.switch('fbTokenHttpOnly', 'no');
    stage.sandbox.switch('pageRefreshesCookie', 'yes');
    const { tab, token } = await stage.logOn('acme');
    stage.sandbox.fault({ is: 'latency', ms: 4_000, command: 'page', times: 1 });
    await tab.evaluate('void fetch("/f/filters")');
    await until('the slow page to be asked for', () =>
      stage.sandbox.requests().some(({ path }) => path === '/f/filters'),
    );
    const popup = await stage.popup();
    await popup.click('[data-does="log-off"]');
    await popup.close();
    await stage.dead(token);
    await until('the slow page to be answered', () =>
      stage.sandbox.requests().some(({ path, status }) => path === '/f/filters' && status),
    );
    await until(
      'the cookie to be gone again',
      async () => !(await tab.evaluate<string>('document.cookie')).includes('fbToken'),
    );
    await stage.settled();
    expect(await stage.sessions()).toEqual([]);
    expect(stage.life(token).logOffsAsked).toBe(1);
  });
}
