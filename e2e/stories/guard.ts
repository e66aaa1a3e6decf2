import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BrowserName, Tab } from '../browser.ts';
import { beginDrill, drillResult } from '../drilling.ts';
import { filesWith } from '../files-with.ts';
import { covered, guarding, isAnother, playAtHome, turnGuardOn } from '../guarding.ts';
import type { Play } from '../playbill.ts';
import type { Stage } from '../stage.ts';
import { until } from '../until.ts';
import { noGrace, states } from './last-tab.ts';

/** The companion that outlives the browser: the built one, installed by its own installer, started by the browser. */
export function guard(play: Play, name: BrowserName): void {
  const inHome = playAtHome(play, name);
  const guarded: typeof inHome = (sentence, story, options) =>
    inHome(
      sentence,
      async (stage, home) => {
        await turnGuardOn(stage);
        await story(stage, home);
      },
      options,
    );

  guarded(
    'with the Guard: is turned on by the browser’s own prompt, and connected with a session',
    async stage => {
      await until('it to rest', async () => (await guarding(stage)).is === 'resting');
      await coveredSession(stage);
      const options = await stage.browser.openOptions();
      await options.waitFor(`document.querySelector('[data-guard="connected"]') !== null`);
    },
  );

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    guarded(
      `with the Guard: logs off as the browser gets ${signal}, without a next start`,
      async (stage, home) => {
        const { token } = await coveredSession(stage);
        stage.browser.signal(signal);
        await stage.browser.ended();
        expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
        await until('the Guard to be gone', () => [...home.hosts(), ...home.watchers()].length === 0);
      },
    );
  }

  guarded('with the Guard: logs off as the whole process group is killed', async stage => {
    const { token } = await coveredSession(stage);
    process.kill(-stage.browser.pid, 'SIGKILL');
    await stage.browser.ended();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
  });

  guarded(
    'with the Guard: logs off as the window is closed, and each asks for itself',
    async (stage, home) => {
      const { token } = await coveredSession(stage);
      await stage.browser.closeWindow();
      await stage.browser.ended();
      await stage.dead(token);
      await until('the Guard to be gone', () => [...home.hosts(), ...home.watchers()].length === 0);
      // The Guard once, and the extension as it closes: once, and in Firefox with a beacon too.
      expect(stage.life(token).logOffsAsked).toBeLessThanOrEqual(name === 'firefox' ? 3 : 2);
    },
  );

  guarded(
    'with the Guard: logs a private session off after SIGKILL, and nothing of it was written',
    async (stage, home) => {
      await stage.browser.allowInPrivateWindows();
      const tab = await stage.browser.openPrivateWindow('about:blank');
      const { token } = await coveredSession(stage, tab);
      stage.browser.signal('SIGKILL');
      await stage.browser.ended();
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
      await until('the Guard to be gone', () => [...home.hosts(), ...home.watchers()].length === 0);
      expect(await filesWith(home.folder, token)).toEqual([]);
      expect(await filesWith(join(home.folder, '.local'), 'acme.fogbugz.com')).toEqual([]);
    },
  );

  guarded('with the Guard: logs off once the server is back, though no browser runs', async (stage, home) => {
    const { token } = await coveredSession(stage);
    await stage.sandbox.pause();
    stage.browser.signal('SIGKILL');
    await stage.browser.ended();
    await until('a watcher', () => home.watchers().length > 0);
    expect(stage.life(token).diedAt).toBeUndefined();
    await stage.sandbox.resume();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await until('the Guard to be gone', () => home.watchers().length === 0);
  });

  guarded(
    'with the Guard: tells at the next start who logged off, and after which end',
    async (stage, home) => {
      const { token } = await coveredSession(stage);
      await permissionStored(stage);
      stage.browser.signal('SIGKILL');
      await stage.browser.ended();
      await stage.dead(token);
      await until('the Guard to be gone', () => [...home.hosts(), ...home.watchers()].length === 0);
      await stage.restart();
      await until('the line of the Guard', async () => (await stage.history())[0]?.trigger === 'guard');
      await stage.settled();
      expect(await stage.history()).toMatchObject([
        {
          trigger: 'guard',
          outcome: 'logged-off',
          attempts: 1,
          confirmed: true,
          // Which of the two depends on how busy the machine is.
          ended: expect.stringMatching(/^browser-(?:died|closed)$/),
        },
      ]);
      await until(
        'the receipt to be gone',
        async () => (await filesWith(join(home.folder, '.local/state'), 'msAfterEnd')).length === 0,
      );
      await until('the Guard to be gone', () => home.hosts().length === 0);
    },
  );

  guarded('with the Guard: shows in a close drill how fast a killed browser was logged off', async stage => {
    const options = await stage.browser.openOptions();
    const token = await beginDrill(stage, options);
    await covered(stage);
    await options.waitFor(`document.querySelector('[data-layer=crash]').dataset.standing === 'covered'`);
    await permissionStored(stage);
    stage.browser.signal('SIGKILL');
    await stage.browser.ended();
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await stage.restart();
    const shown = await drillResult(stage, 'guard');
    expect(await shown.text()).toMatch(/The Guard logged acme\.fogbugz\.com off, [\d.]+ (?:ms|sec) after/);
    expect(await stage.history()).toMatchObject([{ trigger: 'guard', outcome: 'logged-off' }]);
  });

  guarded(
    'with the Guard: a worker that crashes is back in time, and nothing is logged off',
    async (stage, home) => {
      const { token } = await coveredSession(stage);
      const before = home.hosts();
      await stage.browser.killWorker();
      await until('a worker, which nobody but the alarm wakes', () => stage.browser.workerRuns(), {
        ms: 80_000,
      });
      await until(
        'another host alone',
        () => home.watchers().length === 0 && isAnother(before, home.hosts()),
      );
      await covered(stage);
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
      expect(await states(stage)).toEqual(['open']);
    },
  );

  guarded('with the Guard: a reload of the extension', async (stage, home) => {
    const { token } = await coveredSession(stage);
    const before = home.hosts();
    await stage.browser.reloadExtension();
    await until('another host alone', () => home.watchers().length === 0 && isAnother(before, home.hosts()));
    await covered(stage);
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  guarded(
    'with the Guard: logs off what an extension left that was disabled and stays away',
    async (stage, home) => {
      const { token } = await coveredSession(stage);
      await stage.browser.disableExtension();
      await until('a watcher', () => home.watchers().length > 0);
      expect(stage.life(token).diedAt).toBeUndefined();
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    },
    { returnWithinMs: 8_000 },
  );

  guarded(
    'with the Guard: logs nothing off when it is turned off',
    async (stage, home) => {
      const { token } = await coveredSession(stage);
      await stage.changeSettings({ guard: false });
      await until('the Guard to be gone', () => [...home.hosts(), ...home.watchers()].length === 0);
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
      expect(await states(stage)).toEqual(['open']);
    },
    { returnWithinMs: 500 },
  );

  guarded(
    'without a Guard that is installed: says that it is missing, and does everything else',
    async stage => {
      await noGrace(stage);
      const { tab, token } = await stage.logOn('acme');
      await until('it to be missed', async () => (await guarding(stage)).is === 'missing');
      const options = await stage.browser.openOptions();
      await options.waitFor(`document.querySelector('[data-guard="missing"]') !== null`);
      await options.close();
      await tab.close();
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    },
    { program: 'missing' },
  );
}

/** Both browsers write down what the user agreed to some seconds later, Chromium up to ten; killed before, they forget it. */
async function permissionStored({ browser }: Stage): Promise<void> {
  const [file, stored] =
    browser.name === 'chromium'
      ? ['Default/Preferences', '"runtime_granted_permissions":{"api":["nativeMessaging"]']
      : ['extension-preferences.json', '"nativeMessaging"'];
  await until(
    'the permission to be on the disk',
    async () => (await readFile(join(browser.profile, file), 'utf8').catch(() => '')).includes(stored),
    { every: 200 },
  );
}

/** Logs on, and waits until the Guard has said that a crash is covered. */
async function coveredSession(stage: Stage, tab?: Tab) {
  const session = await (tab ? stage.logOn('acme', { tab }) : stage.logOn('acme'));
  await covered(stage);
  return session;
}
