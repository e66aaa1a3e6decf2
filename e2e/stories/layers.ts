import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { hireAdministrator } from '../administrator.ts';
import type { BrowserName, Launch } from '../browser.ts';
import { launch as launchChromium } from '../chromium.ts';
import { launch as launchFirefox } from '../firefox.ts';
import type { Play } from '../playbill.ts';
import type { Stage } from '../stage.ts';
import { until } from '../until.ts';
import { dieWithTheBrowser } from './closing.ts';
import { idle, noGrace, states } from './last-tab.ts';

/** What helps a log-off out: a browser that stays, a build for an administrator, a connection kept warm. */
export function layers(play: Play, name: BrowserName): void {
  if (name === 'chromium') {
    playKeptRunning(play);
    playKeepalivePolicy(play);
  }
  playGiven(play, name);
  playWarmth(play);
}

const far = { roundTripMs: 150, idleLimitMs: 500 };

/** It gives our requests nothing (docs/decisions/0031). That it is in force, and takes nothing away, is seen here. */
function playKeepalivePolicy(play: Play): void {
  const policy = 'FetchKeepaliveDurationSecondsOnShutdown';
  let hired: Awaited<ReturnType<typeof hireAdministrator>> | undefined;
  play(
    'logs off as it closes where an administrator has set the policy for keepalive requests',
    async stage => {
      try {
        const page = await stage.browser.openTab('chrome://policy/');
        await page.waitFor(
          `${inForce}(document).some(row => row.includes('${policy}') && /\\bOK\\b/.test(row))`,
        );
        await page.close();
        await dieWithTheBrowser(stage, async () => {
          const { token } = await stage.logOn('acme');
          await stage.warm('acme');
          await stage.browser.closeWindow();
          return [token];
        });
      } finally {
        await hired?.leaves();
      }
    },
    {
      async launch(options) {
        if (!hired) {
          hired = await hireAdministrator('chromium');
          await hired.setsBrowser({ [policy]: 5 });
        }
        return hired.launch(options);
      },
    },
  );
}

/** The rows of the browser's own page of policies: each is a component with a tree of its own. */
const inForce = `(function rows(tree) {
  return [...tree.querySelectorAll('*')].flatMap(({ localName, shadowRoot }) => {
    if (!shadowRoot) return [];
    return localName === 'policy-row' ? [shadowRoot.textContent.replace(/\\s+/g, ' ')] : rows(shadowRoot);
  });
})`;

/** The permission `background`: Chromium's process stays after its last window. */
function playKeptRunning(play: Play): void {
  play(
    'kept running, it logs off after the last window over a cold line, with its worker asleep',
    async stage => {
      await keepRunning(stage);
      const { token } = await stage.logOn('acme');
      await cold(stage);
      await stage.browser.killWorker();
      await stage.browser.closeWindow();
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
      stage.browser.signal('SIGTERM');
      await stage.browser.ended();
    },
    { sandbox: far },
  );

  play('kept running, it tries again without a window until the server answers', async stage => {
    await keepRunning(stage);
    const { token } = await stage.logOn('acme');
    stage.sandbox.fault({ is: 'status', status: 503, command: 'logoff', times: 2 });
    await stage.browser.closeWindow();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 3 });
    stage.browser.signal('SIGTERM');
    await stage.browser.ended();
  });

  play('kept running, it takes its next window for no restart', async stage => {
    await keepRunning(stage);
    await stage.changeSettings({ browserClose: false, graceSeconds: 0 });
    const kept = await stage.logOn('acme', { remember: true });
    await stage.browser.closeWindow();
    await until('the last window to be gone', async () => (await stage.browser.tabs()).length === 0);
    await stage.browser.killWorker();
    await stage.browser.openWindow('about:blank');
    await idle(stage);
    expect(await states(stage)).toEqual(['open']);
    expect(stage.life(kept.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    stage.browser.signal('SIGTERM');
    await stage.browser.ended();
  });

  play('stops keeping the browser when told so', async stage => {
    await keepRunning(stage);
    const options = await stage.browser.openOptions();
    await options.waitFor(isTicked);
    await options.click('[name=keepRunning]');
    await options.waitFor(`!${isTicked}`);
    await stage.browser.closeWindow();
    await stage.browser.ended();
  });
}

const isTicked = `document.querySelector('[name=keepRunning]').checked`;

/** As the user does; Chromium asks nobody for this permission. */
async function keepRunning(stage: Stage): Promise<void> {
  const options = await stage.browser.openOptions();
  await options.click('[name=keepRunning]');
  await options.waitFor(`document.querySelector('[data-saving=saved]') !== null`);
  await options.close();
  const granted = `return chrome.permissions.contains({ permissions: ['background'] })`;
  expect(await stage.browser.inWorker<boolean>(granted)).toBe(true);
}

/** A build for an administrator: its own server needs no adding, and nobody is asked. */
function playGiven(play: Play, name: BrowserName): void {
  const host = 'intranet.example';
  let folder = '';
  let port = 0;
  const launch: Launch = async options => {
    folder = await mkdtemp(join(tmpdir(), 'e2e-admin-'));
    port = await freePort();
    await buildForAdministrators(name, `http://${host}:${port}/fogbugz`, folder);
    const start = name === 'chromium' ? launchChromium : launchFirefox;
    return start({ ...options, extension: folder });
  };
  play(
    'built for an administrator, adopts and logs off at the own server that it came with',
    async stage => {
      try {
        await noGrace(stage);
        const sandbox = await stage.plainSandbox({ port, basePath: '/fogbugz' });
        const { tab, token } = await stage.logOnAt(sandbox, host);
        await until('the session', async () => (await states(stage))[0] === 'open');
        const manifest = await stage.browser.inWorker<{ permissions: string[] }>(
          'return (globalThis.browser ?? chrome).runtime.getManifest()',
        );
        expect(manifest.permissions).toContain('nativeMessaging');
        const options = await stage.browser.openOptions();
        await options.waitFor(`document.querySelector('[data-site]')?.dataset.site.includes('/fogbugz/')`);
        expect(await options.evaluate(`document.querySelector('[data-does="ask-remove-site"]')`)).toBeNull();
        // Firefox has nothing of the kind, and says so.
        expect(await options.evaluate(`document.querySelector('[name=keepRunning]').disabled`)).toBe(
          name === 'firefox',
        );
        await options.close();
        await tab.close();
        expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    { hosts: [host], launch },
  );
}

/** As an administrator does it, into a folder of its own. */
async function buildForAdministrators(name: BrowserName, servers: string, folder: string): Promise<void> {
  const mode = name === 'chromium' ? 'chrome-admin' : 'firefox-admin';
  await promisify(execFile)(
    'npx',
    ['vite', 'build', '--logLevel', 'warn', '--mode', mode, '--outDir', folder],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, OWN_SERVERS: servers, NODE_ENV: 'production' },
    },
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free');
  return address.port;
}

/** The connection that the log-off takes is kept up as the server's limit demands, and not more often. */
function playWarmth(play: Play): void {
  const warmAfter = (
    idleLimitMs: number,
    requests: readonly [number, number],
    isFound: (restsMs: readonly number[]) => boolean,
  ) =>
    play(
      `keeps its line warm at a server that closes one after ${idleLimitMs / 1000} s`,
      async stage => {
        const warmings = () => stage.sandbox.requests().filter(isWarming);
        const rests = () =>
          warmings().flatMap(({ at }, n, { [n - 1]: before }) => (before ? [at - before.at] : []));
        let line: number | undefined;
        let last = '';
        await dieWithTheBrowser(stage, async () => {
          const isFirst = last === '';
          const before = warmings().length;
          last = (await stage.logOn('acme')).token;
          if (isFirst) {
            // By the rests and not by the clock: a browser that tells nothing of one request rests blindly after it.
            await until('the pace to be found', () => isFound(rests()), { ms: 90_000, every: 250 });
            expect(warmings().length).toBeGreaterThanOrEqual(requests[0]);
            expect(warmings().length).toBeLessThanOrEqual(requests[1]);
            // The first may be short: the site itself is found out by the same request.
            expect(Math.min(...rests().slice(1))).toBeGreaterThan(3_500);
          }
          await until('a warm line', () => warmings().slice(before).at(-1)?.status);
          line = warmings().at(-1)?.connection;
          expect(stage.sandbox.connections().find(({ id }) => id === line)?.closedAt).toBeUndefined();
          await stage.browser.closeWindow();
          return [last];
        });
        // Firefox's beacon goes over the page's line, and its other request may be lost: docs/decisions/0007.
        for (const logOff of stage.sandbox.requests().filter(one => one.command === 'logoff'))
          if (logOff.token === last && logOff.cookies.fbToken === undefined)
            expect(logOff.connection).toBe(line);
      },
      { sandbox: { idleLimitMs } },
    );
  // 4 s, 8.5 s in vain, 4 s, 8.5 s in vain, then every 4 s.
  warmAfter(5_000, [7, 11], rests => rests.length > 4 && rests.slice(-3).every(ms => ms < 5_000));
  // 4, 8.5, 13 and 26 s: longer and longer.
  warmAfter(120_000, [5, 7], rests => rests.some(ms => ms > 24_000));
}

/** What keeps the line warm; the site itself is found out by the same request, once. */
const isWarming = ({
  command,
  cookies,
}: {
  readonly command: string | undefined;
  readonly cookies: object;
}) => command === 'discovery' && Object.keys(cookies).length === 0;

/** Waits until the server has closed every connection. */
async function cold(stage: Stage): Promise<void> {
  await until('every connection to be closed', () =>
    stage.sandbox.connections().every(({ closedAt }) => closedAt !== undefined),
  );
}
