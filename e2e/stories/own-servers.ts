import { expect } from 'vitest';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { does, press, settings, startAgain } from '../pressing.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

const host = 'intranet.example';
/** Chromium asks once for a host: given back and wanted again, it is granted without a word. */
const another = 'other.example';
const onceMore = 'third.example';
const hosts = [host, another];

/** Servers of the user's own: http, a port, a path, the browser's own question. */
export function ownServers(play: Play): void {
  play(
    'takes a server of the intranet, over plain http, at a port and a path, and logs off there',
    async stage => {
      await noGrace(stage);
      const sandbox = await stage.plainSandbox({ basePath: '/fogbugz' });
      const base = sandbox.siteUrl(host);
      const options = await stage.browser.openOptions();
      await options.type('[name=address]', `${base}default.asp?pre=preLogon`);
      await options.click('[data-does="add-site"]');
      // Whoever listens on the network can read the token: that has to be agreed to.
      await options.waitFor('/network/.test(document.body.innerText)');
      await options.click('[data-does="add-anyway"]');
      await stage.browser.answerPrompt('allow');
      await listed(options, base);
      await options.close();

      const { tab, token } = await stage.logOnAt(sandbox, host);
      await until('the session', async () => (await states(stage))[0] === 'open');
      // Another program on the same host is no FogBugz page, though it is sent the cookie of a domain.
      await tab.goto(`${new URL(base).origin}/elsewhere`);
      expect(await stage.dead(token)).toMatchObject({ diedBy: 'json', logOffsAsked: 1 });
      await stage.settled();
      expect(await stage.history()).toMatchObject([{ site: base, trigger: 'last-tab', confirmed: true }]);
      const request = sandbox.requests().find(({ command }) => command === 'logoff');
      expect(request).toMatchObject({ path: '/fogbugz/f/api/0/jsonapi', cookies: {} });
    },
    { hosts },
  );

  play(
    'adopts at once the session that was open there before, and logs off first when the server is removed',
    async stage => {
      const sandbox = await stage.plainSandbox();
      const base = sandbox.siteUrl(host);
      const { token } = await stage.logOnAt(sandbox, host);
      await idle(stage);
      expect(await stage.sessions()).toEqual([]);

      const options = await add(stage, base);
      await until('the session', async () => (await states(stage))[0] === 'open');
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0 });
      await options.click('[data-does="ask-remove-site"]');
      await options.click('[data-does="remove-site"]');
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
      await until('the permission to be given back', async () => !(await isPermitted(stage)));
      expect((await stage.history())[0]).toMatchObject({ trigger: 'site-removed', site: base });
      await options.waitFor(`document.querySelector('[data-site=${JSON.stringify(base)}]') === null`);
    },
    { hosts },
  );

  play(
    'keeps the permission of a removed server until the log-off there is answered',
    async stage => {
      const sandbox = await stage.plainSandbox();
      const base = sandbox.siteUrl(host);
      const options = await add(stage, base);
      const { token } = await stage.logOnAt(sandbox, host);
      await until('the session', async () => (await states(stage))[0] === 'open');
      const mend = sandbox.fault({ is: 'status', status: 503, command: 'logoff' });
      await press(stage, options, does('ask-remove-site'), 'Return');
      await press(stage, options, does('remove-site'), 'Return');
      await until('a vain attempt', () => stage.life(token).logOffsAsked > 0);
      expect(await isPermitted(stage)).toBe(true);
      mend();
      await stage.dead(token);
      await until('the permission to be given back', async () => !(await isPermitted(stage)));
    },
    { hosts },
  );

  play(
    'speaks XML with an old server of the intranet, and follows it when it learns JSON or moves',
    async stage => {
      await noGrace(stage);
      const sandbox = await stage.plainSandbox({ switches: { jsonApi: 'no' } });
      const base = sandbox.siteUrl(host);
      await (await add(stage, base)).close();
      const old = await stage.logOnAt(sandbox, host);
      await until('the session', async () => (await states(stage))[0] === 'open');
      await old.tab.close();
      expect(await stage.dead(old.token)).toMatchObject({ diedBy: 'xml', logOffsAsked: 1 });
      await stage.settled();

      const next = await stage.logOnAt(sandbox, host);
      await until('the session', async () => (await states(stage))[0] === 'open');
      // The update: the old endpoint is gone, the new one is there.
      sandbox.switch('jsonApi', 'yes');
      sandbox.switch('xmlEndpoint', 'api.php?');
      await next.tab.close();
      expect(await stage.dead(next.token)).toMatchObject({ diedBy: 'json' });
      await stage.settled();
      expect((await stage.history())[0]).toMatchObject({ attempts: 1, confirmed: true });

      const last = await stage.logOnAt(sandbox, host);
      await until('the session', async () => (await states(stage))[0] === 'open');
      sandbox.move('/moved');
      await last.tab.close();
      expect(await stage.dead(last.token)).toMatchObject({ diedBy: 'json' });
      await stage.settled();
      expect((await stage.history())[0]).toMatchObject({ attempts: 1, confirmed: true });
    },
    { hosts },
  );

  play(
    'explains a wrong address, one that does not answer, and one that is no FogBugz; and adds nothing',
    async stage => {
      const options = await stage.browser.openOptions();
      const attempt = async (address: string) => {
        await options.evaluate(`document.querySelector('[name=address]').value = ''`);
        await options.type('[name=address]', address);
        await options.click('[data-does="add-site"]');
      };
      await attempt('not an address');
      await options.waitFor(said('not an address'));
      await attempt('https://somebody:secret@intranet.example/');
      await options.waitFor(said('password'));
      expect(await settings(stage)).not.toHaveProperty('ownSites.0');

      const sandbox = await stage.plainSandbox();
      sandbox.fault({ is: 'html' });
      await attempt(sandbox.siteUrl(host));
      await options.click('[data-does="add-anyway"]');
      await stage.browser.answerPrompt('allow');
      await options.waitFor(said('FogBugz'));
      await until('the permission to be given back', async () => !(await isPermitted(stage)));

      await sandbox.stop();
      await attempt(sandbox.siteUrl(another));
      await options.click('[data-does="add-anyway"]');
      await stage.browser.answerPrompt('allow');
      await options.waitFor(said('reach'));
      await until('the permission to be given back', async () => !(await isPermitted(stage, another)));
      expect(await settings(stage)).not.toHaveProperty('ownSites.0');
    },
    { hosts },
  );

  play(
    'tells where an address leads, and adds that instead if the user likes, by mouse and by keys',
    async stage => {
      await noGrace(stage);
      const old = await stage.plainSandbox();
      const now = await stage.plainSandbox();
      const leads = (from: string, to: string) =>
        old.fault({ is: 'redirect', status: 308, host: from, to: `${to}f/api/0/jsonapi` });
      leads(host, now.siteUrl(host));
      leads(another, now.siteUrl(another));
      leads(onceMore, pageOf('acme'));
      const options = await stage.browser.openOptions();
      const enter = async (from: string) => {
        await options.evaluate(`document.querySelector('[name=address]').value = ''`);
        await options.type('[name=address]', old.siteUrl(from));
        await stage.browser.press('Return');
        await press(stage, options, does('add-anyway'), 'space');
        await stage.browser.answerPrompt('allow');
        await options.waitFor(`document.querySelector('${does('add-moved')}') !== null`);
      };

      await enter(host);
      expect(await options.text()).toContain(`leads to ${new URL(now.siteUrl(host)).host}`);
      await press(stage, options, does('cancel'), 'Return');
      await options.waitFor(`document.querySelector('${does('add-moved')}') === null`);
      expect(await settings(stage)).not.toHaveProperty('ownSites.0');
      await until('the permission to be given back', async () => !(await isPermitted(stage)));

      // FogBugz On Demand, which needs no adding.
      await enter(onceMore);
      await options.click(does('add-moved'));
      await options.waitFor(`document.querySelector('.add-site .said[data-tone=good]') !== null`);
      expect(await settings(stage)).not.toHaveProperty('ownSites.0');

      await enter(another);
      await press(stage, options, does('add-moved'), 'Return');
      await options.click(does('add-anyway'));
      // Given back and wanted again: Chromium grants it without a word.
      if (stage.browser.name === 'firefox') await stage.browser.answerPrompt('allow');
      await listed(options, now.siteUrl(another));

      await startAgain(stage);
      expect(await settings(stage)).toMatchObject({ ownSites: [now.siteUrl(another)] });
      const { tab, token } = await stage.logOnAt(now, another);
      await until('the session', async () => (await states(stage))[0] === 'open');
      await tab.close();
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    },
    { hosts: [...hosts, onceMore] },
  );

  play(
    'adds nothing when the user says no to the browser',
    async stage => {
      const sandbox = await startSandbox();
      try {
        const options = await stage.browser.openOptions();
        await options.type('[name=address]', sandbox.siteUrl(host));
        await options.click('[data-does="add-site"]');
        await options.click('[data-does="add-anyway"]');
        await stage.browser.answerPrompt('deny');
        await options.waitFor(said('did not allow'));
        expect(sandbox.requests()).toEqual([]);
        expect(await settings(stage)).not.toHaveProperty('ownSites.0');
      } finally {
        await sandbox.stop();
      }
    },
    { hosts },
  );

  play('shows the log-off of a site as a curl command, in either dialect', async stage => {
    await stage.logOn('acme');
    const options = await stage.browser.openOptions();
    await options.waitFor('/curl/.test(document.body.textContent)');
    const text = await options.evaluate<string>('document.body.textContent');
    expect(text).toContain("curl --request POST 'https://acme.fogbugz.com/f/api/0/jsonapi'");
    expect(text).toContain('{"cmd":"logoff","token":"TOKEN"}');
  });
}

/** Adds a server in the options, with all that the browser and the page ask. */
async function add(stage: Stage, base: string): Promise<Page> {
  const options = await stage.browser.openOptions();
  await options.type('[name=address]', base);
  await options.click('[data-does="add-site"]');
  await options.click('[data-does="add-anyway"]');
  await stage.browser.answerPrompt('allow');
  await listed(options, base);
  return options;
}

const listed = (options: Page, base: string): Promise<void> =>
  options.waitFor(
    `[...document.querySelectorAll('[data-site]')].some(one => one.dataset.site === ${JSON.stringify(base)})`,
  );

/** A condition: the page has explained what went wrong, in words like these. */
const said = (words: string): string =>
  `document.querySelector('.said[data-tone=bad]')?.innerText.includes(${JSON.stringify(words)})`;

const isPermitted = (stage: Stage, name = host): Promise<boolean> =>
  stage.browser.inWorker<boolean>(
    `return (globalThis.browser ?? chrome).permissions.contains({ origins: ['*://' + argument + '/*'] })`,
    name,
  );
