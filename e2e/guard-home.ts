/** A home folder in which the real Guard is installed by its own installer, for one browser at a time. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { processesWith } from '../src/guard/stage/processes.ts';
import type { BrowserName, Launch, LaunchOptions } from './browser.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { until } from './until.ts';

const run = promisify(execFile);
const built = fileURLToPath(new URL('../dist/guard/guard.mjs', import.meta.url));

export type GuardOptions = {
  readonly program?: 'installed' | 'missing';
  /** Of an extension that has another id than the build's. */
  readonly extensionId?: string | undefined;
  /** Instead of the 90 s for which it waits for its extension while the browser lives. */
  readonly returnWithinMs?: number;
};

export type GuardHome = {
  readonly folder: string;
  /** The process ids of the hosts that run in this home, and of the watchers. */
  hosts(): readonly number[];
  watchers(): readonly number[];
  /** Ends what is left of the Guard, by process id, and removes the folder. */
  stop(): Promise<void>;
};

/** Starts browsers whose user has such a home, which is made with the first of them. `home` gives it. */
export function guardedLaunch(
  name: BrowserName,
  launch: Launch,
  options: GuardOptions = {},
): { readonly launch: Launch; readonly home: () => GuardHome } {
  let made: Awaited<ReturnType<typeof makeHome>> | undefined;
  return {
    async launch(how) {
      made ??= await makeHome(name, how, options);
      const { env, profile } = made;
      try {
        return await launch({ profile, env, ...how });
      } catch (error) {
        await made.stop();
        throw error;
      }
    },
    home() {
      if (!made) throw new Error('No browser has been started in this home');
      return made;
    },
  };
}

async function makeHome(
  name: BrowserName,
  { port, authority }: LaunchOptions,
  { program = 'installed', extensionId, returnWithinMs }: GuardOptions,
) {
  const folder = await mkdtemp(join(tmpdir(), 'e2e-home-'));
  const data = join(folder, '.local/share');
  // The way that the browser goes itself: the public name leads to the sandbox, and its authority is trusted.
  const proxy = await startConnectProxy(port);
  const authorities = join(folder, 'authority.pem');
  await writeFile(authorities, authority);
  const env = {
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    XDG_DATA_HOME: data,
    XDG_STATE_HOME: join(folder, '.local/state'),
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: authorities,
  };
  if (program === 'installed') {
    const others = extensionId === undefined ? [] : ['--extension-id', extensionId];
    await run(process.execPath, [built, 'install', '--browser', name, ...others], {
      env: { ...process.env, ...env },
    });
    const launcher = join(data, 'logoff-on-close/guard');
    if (returnWithinMs !== undefined) {
      const script = await readFile(launcher, 'utf8');
      await writeFile(launcher, script.replace(' -- "$@"', ` --return-within-ms=${returnWithinMs} -- "$@"`));
    }
  }

  const guards = (command: string): readonly number[] =>
    processesWith(`\0${command}\0`)
      .filter(({ commandLine, environment }) => commandLine.includes(folder) && environment.includes(folder))
      .map(({ pid }) => pid);
  const hosts = () => guards('host');
  const watchers = () => guards('watch');
  return {
    folder,
    env,
    // Chromium looks for hosts beside its profiles, and so does the installer.
    profile: join(folder, name === 'chromium' ? '.config/chromium' : 'firefox-profile'),
    hosts,
    watchers,
    async stop() {
      await until('the Guard to be gone', () => {
        const left = [...hosts(), ...watchers()];
        for (const pid of left) if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL');
        return left.length === 0;
      });
      await proxy.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
