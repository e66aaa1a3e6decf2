import { expect } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { BrowserName, Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import type { Stage } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

const host = 'intranet.example';
const hosts = [host];

/** One host, reached by http and by https: what is meant for one never goes by the other. */
export function inTheClear(play: Play, name: BrowserName): void {
  play(
    'adds the https address to which http leads, and sends nothing in the clear',
    async stage => {
      await noGrace(stage);
      const plain = await stage.plainSandbox();
      const secure = stage.sandbox.siteUrl(host);
      plain.fault({ is: 'redirect', status: 301, to: `${secure}f/api/0/jsonapi` });
      const options = await stage.browser.openOptions();
      await offer(options, plain.siteUrl(host));
      await options.click('[data-does="add-anyway"]');
      await stage.browser.answerPrompt('allow');
      await options.click('[data-does="add-moved"]');
      // Chromium asks once for a host: given back and wanted again, it is granted without a word.
      if (name === 'firefox') await stage.browser.answerPrompt('allow');
      await listed(options, secure);
      await options.close();
      const { tab, token } = await stage.logOnAt(stage.sandbox, host);
      await until('the session', async () => (await states(stage))[0] === 'open');
      await tab.close();
      expect(await stage.dead(token)).toMatchObject({ diedBy: 'json', logOffsAsked: 1 });
      await stage.settled();
      expect(heardOf(token, plain)).toEqual([]);
    },
    { hosts },
  );

  play(
    'gives no token to http, though the https server redirects the log-off there, and none as it closes',
    async stage => {
      await noGrace(stage);
      const plain = await stage.plainSandbox();
      const secure = stage.sandbox.siteUrl(host);
      await add(stage, secure);
      const first = await stage.logOnAt(stage.sandbox, host);
      await until('the session', async () => (await states(stage))[0] === 'open');
      const to = `${plain.siteUrl(host)}f/api/0/jsonapi`;
      const mend = stage.sandbox.fault({ is: 'redirect', status: 307, to, command: 'logoff' });
      await first.tab.close();
      await until('the refusal', async () => JSON.stringify(await stage.sessions()).includes('"redirected"'));
      const second = await stage.logOnAt(stage.sandbox, host, { email: 'grace@example.com' });
      await until('the other session', async () => (await states(stage)).includes('open'));
      await stage.browser.closeWindow();
      await stage.browser.ended();
      for (const { token } of [first, second]) {
        expect(stage.life(token).diedAt).toBeUndefined();
        expect(heardOf(token, plain)).toEqual([]);
      }
      mend();
      await stage.restart();
      for (const { token } of [first, second]) await stage.dead(token);
      await stage.settled();
      for (const { token } of [first, second]) expect(heardOf(token, plain)).toEqual([]);
    },
    { hosts },
  );

  play(
    'sends the token of a Secure cookie nowhere while its host is known by http alone',
    async stage => {
      await noGrace(stage);
      const plain = await stage.plainSandbox();
      await add(stage, plain.siteUrl(host));
      // Cookies don't know of ports: the other server's is one of this host's.
      const { tab, token } = await stage.logOnAt(stage.sandbox, host);
      await idle(stage);
      expect(await stage.sessions()).toEqual([]);
      await add(stage, stage.sandbox.siteUrl(host));
      await until('the session', async () => (await states(stage))[0] === 'open');
      await tab.close();
      await stage.dead(token);
      await stage.settled();
      expect(heardOf(token, plain)).toEqual([]);
    },
    { hosts },
  );
}

/** The requests with a token in them, wherever it stands. */
const heardOf = (token: string, sandbox: Sandbox) =>
  sandbox.requests().filter(request => JSON.stringify(request).includes(token));

async function offer(options: Page, address: string): Promise<void> {
  await options.type('[name=address]', address);
  await options.click('[data-does="add-site"]');
}

const listed = (options: Page, base: string): Promise<void> =>
  options.waitFor(`document.querySelector('[data-site=${JSON.stringify(base)}]') !== null`);

/** Adds a server in the options. One without TLS is asked about, and the host only where it is new. */
async function add(stage: Stage, base: string): Promise<void> {
  const options = await stage.browser.openOptions();
  const isKnown = await options.evaluate<boolean>(
    `return (globalThis.browser ?? chrome).permissions.contains({ origins: [argument] })`,
    `*://${host}/*`,
  );
  await offer(options, base);
  if (base.startsWith('http:')) await options.click('[data-does="add-anyway"]');
  if (!isKnown) await stage.browser.answerPrompt('allow');
  await listed(options, base);
  await options.close();
}
