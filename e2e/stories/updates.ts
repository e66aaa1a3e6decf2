import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import { launchInstalled } from '../chromium.ts';
import { withVersion } from '../firefox/update.ts';
import { launch as launchFirefox } from '../firefox.ts';
import { installByPolicy, removePolicy, startUpdateServer } from '../packed.ts';
import type { Play } from '../playbill.ts';
import { buildOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

/** Reloads, updates and new installations: what looks like a restart and is not, and the other way round. */
export function updates(play: Play, name: BrowserName): void {
  play('adopts at its installation the session of somebody who was logged on before', async stage => {
    const { token } = await stage.logOn('acme', { remember: true });
    // The extension as if it had never been there: nothing of it is left but the cookie that the site set.
    await stage.browser.inWorker('await (globalThis.browser ?? chrome).storage.local.clear()');
    await stage.browser.reloadExtension();
    await until('the session to be adopted', async () => (await states(stage))[0] === 'open');
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  if (name === 'chromium') {
    play('does not log off when the extension is reloaded while the browser lives', async stage => {
      await noGrace(stage);
      const { tab, token } = await stage.logOn('acme');
      await stage.browser.reloadExtension();
      await idle(stage);
      expect(await states(stage)).toEqual(['open']);
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
      await tab.close();
      await stage.dead(token);
    });

    playPacked(play);
  } else {
    // A reload from outside can't be told from a restart in Firefox, which uses its tab ids again: the safe reading.
    play('logs off when somebody else than itself reloads the extension', async stage => {
      const { token } = await stage.logOn('acme');
      await stage.browser.reloadExtension();
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    });

    playFirefoxUpdates(play);
  }
}

/** Chromium: as a user has it, packed and signed, so that `onStartup` and `onUpdateAvailable` are real. */
function playPacked(play: Play): void {
  const packed = (
    sentence: string,
    story: (stage: Stage, publish: (version: string) => Promise<void>) => Promise<void>,
  ) => {
    let server: Awaited<ReturnType<typeof startUpdateServer>>;
    let policies = '';
    play(
      sentence,
      async stage => {
        try {
          await story(stage, version => server.publish(buildOf('chromium'), version));
        } finally {
          await server.stop();
          await removePolicy(policies);
        }
      },
      {
        async launch(options) {
          if (policies === '') {
            server = await startUpdateServer();
            await server.publish(buildOf('chromium'), '1.0');
            policies = await installByPolicy(server);
          }
          return launchInstalled({ ...options, id: server.id, policies });
        },
      },
    );
  };
  const version = ({ browser }: Stage) =>
    browser.inWorker<string>('return chrome.runtime.getManifest().version');

  packed(
    'packed: logs off at the last tab, and at the next start what a killed browser left',
    async stage => {
      await noGrace(stage);
      const first = await stage.logOn('acme');
      await first.tab.close();
      await stage.dead(first.token);
      const second = await stage.logOn('acme');
      stage.browser.signal('SIGKILL');
      await stage.restart();
      expect(await stage.dead(second.token)).toMatchObject({ logOffsAsked: 1 });
      await stage.settled();
      expect((await stage.history())[0]).toMatchObject({ trigger: 'startup', confirmed: true });
    },
  );

  packed('packed: takes an update while the browser lives, and keeps the session', async (stage, publish) => {
    await noGrace(stage);
    const { tab, token } = await stage.logOn('acme');
    await publish('2.0');
    await stage.browser.inWorker('await chrome.runtime.requestUpdateCheck()');
    await until('the new version to run', async () => (await version(stage).catch(() => '')) === '2.0', {
      ms: 60_000,
    });
    await idle(stage);
    expect(await states(stage)).toEqual(['open']);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
    await tab.close();
    await stage.dead(token);
  });

  packed(
    'packed: logs off what the last run left although the new version is the first to start',
    async (stage, publish) => {
      const { token } = await stage.logOn('acme');
      await publish('2.0');
      stage.browser.signal('SIGKILL');
      await stage.restart();
      await stage.dead(token);
    },
  );
}

function playFirefoxUpdates(play: Play): void {
  play(
    'takes an update while the browser lives, and keeps the session',
    async stage => {
      await noGrace(stage);
      const { tab, token } = await stage.logOn('acme');
      const next = await withVersion(buildOf('firefox'), '9.0');
      try {
        await latest?.update(next);
        await until('the new version to run', async () => (await latest?.extensionVersion()) === '9.0');
        await idle(stage);
        expect(await states(stage)).toEqual(['open']);
        expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
        await tab.close();
        await stage.dead(token);
      } finally {
        await rm(next, { recursive: true, force: true });
      }
    },
    { launch: remembered },
  );

  play('logs off what the last run left although a new version is installed at the start', async stage => {
    const { token } = await stage.logOn('acme');
    const next = await withVersion(buildOf('firefox'), '9.0');
    try {
      stage.browser.signal('SIGKILL');
      await stage.restart({ extension: next });
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    } finally {
      await rm(next, { recursive: true, force: true });
    }
  });
}

let latest: Awaited<ReturnType<typeof launchFirefox>> | undefined;

/** Firefox with what its driver can do beyond every browser. */
const remembered: typeof launchFirefox = async options => {
  latest = await launchFirefox(options);
  return latest;
};
