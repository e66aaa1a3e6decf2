import { rm } from 'node:fs/promises';
import type { Browser, BrowserName, Launch } from './browser.ts';
import { launchInstalled } from './chromium.ts';
import { launch as launchFirefox, withVersion } from './firefox.ts';
import { installByPolicy, removePolicy, startUpdateServer } from './packed.ts';
import { buildOf } from './stage.ts';
import { insist, until, within } from './until.ts';

/** Starts browsers in which the extension can be updated while they live. For one browser at a time. */
export type Updatable = {
  readonly launch: Launch;
  /** The extension's id, where it is not the one of the build. */
  readonly id?: string;
  /** Offers a version to every browser that starts from now on. */
  offer(version: string): Promise<void>;
  /** Has the browser that runs now take a version, and waits until that one runs. */
  update(version: string): Promise<void>;
  stop(): Promise<void>;
};

/** A browser asks for updates again and again, ms: one look may come while it has another one under way. */
const patienceMs = 10_000;

export const updatable: Record<BrowserName, () => Promise<Updatable>> = {
  /** As a user has it: packed, signed and installed, here by a policy. What is loaded from a folder is never updated. */
  async chromium() {
    const server = await startUpdateServer();
    const offer = (version: string) => server.publish(buildOf('chromium'), version);
    await offer('1.0');
    const policies = await installByPolicy(server);
    let latest: Browser | undefined;
    return {
      id: server.id,
      async launch(options) {
        latest = await launchInstalled({ ...options, id: server.id, policies });
        return latest;
      },
      offer,
      async update(version) {
        await offer(version);
        // The worker that is asked may give way to the new version's, and then never answers.
        const asked = async (body: string): Promise<unknown> =>
          latest && within(body, latest.inWorker(body), patienceMs).catch(() => undefined);
        const running = () => asked('return chrome.runtime.getManifest().version');
        const look = () => asked('await chrome.runtime.requestUpdateCheck()');
        await insist('the new version to run', look, async () => (await running()) === version, {
          patienceMs,
          ms: 60_000,
        });
      },
      async stop() {
        await server.stop();
        await removePolicy(policies);
      },
    };
  },

  async firefox() {
    const folders: string[] = [];
    const build = async (version: string): Promise<string> => {
      const folder = await withVersion(buildOf('firefox'), version);
      folders.push(folder);
      return folder;
    };
    let offered: string | undefined;
    let latest: Awaited<ReturnType<typeof launchFirefox>> | undefined;
    return {
      async launch(options) {
        latest = await launchFirefox(offered === undefined ? options : { ...options, extension: offered });
        return latest;
      },
      async offer(version) {
        offered = await build(version);
      },
      async update(version) {
        await latest?.update(await build(version));
        await until('the new version to run', async () => (await latest?.extensionVersion()) === version);
        await until('its worker', () => latest?.workerRuns());
      },
      async stop() {
        for (const folder of folders) await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
