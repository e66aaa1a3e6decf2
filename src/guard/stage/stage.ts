import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { until } from '../../../e2e/until.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/sandbox.ts';
import { type Receipt, returnWithinMs as usualReturnMs } from '../../guard-messages.ts';
import { type Machine, stateFolder } from '../folders.ts';
import { openReceipts } from '../receipts.ts';
import { type FakeBrowser, startFakeBrowser } from './fake-browser.ts';
import type { Port } from './port.ts';
import { processesWith, type Seen } from './processes.ts';

export const chromiumId = 'abcdefghijklmnopabcdefghijklmnop';
const geckoId = 'logoff-on-close@fogbugz-tools.example';

/** What a browser of each family starts its host with. */
const callers = {
  chromium: [`chrome-extension://${chromiumId}/`],
  firefox: ['/somewhere/com.example.json', geckoId],
} as const;

/** Builds the Guard as it is shipped, once for the tests of a file, and away from everybody else's build. */
export function useBuiltGuard(): { readonly program: string } {
  const folder = mkdtempSync(join(tmpdir(), 'guard-build-'));
  beforeAll(async () => {
    const configFile = fileURLToPath(new URL('../../../vite.guard.config.ts', import.meta.url));
    await build({ configFile, logLevel: 'error', build: { outDir: folder } });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return { program: join(folder, 'guard.mjs') };
}

export type BrowserOptions = {
  /** Added to the environment. */
  readonly more?: Readonly<Record<string, string>>;
  readonly parent?: 'reaped' | 'unreaped';
};

export type HostOptions = {
  readonly family?: keyof typeof callers;
  readonly returnWithinMs?: number;
  readonly caller?: readonly string[];
};

/** One user with one home, in whose browsers the Guard runs. Everything is ended and removed after the test. */
export function createHome(program: string) {
  const home = mkdtempSync(join(tmpdir(), 'guard-home-'));
  const env = { PATH: process.env.PATH, HOME: home, XDG_STATE_HOME: join(home, 'state') };
  const machine: Machine = { platform: 'linux', env, home };
  const state = stateFolder(machine);
  const browsers: FakeBrowser[] = [];
  // By what only this home's processes have in their environment.
  const running = (): readonly Seen[] =>
    processesWith(program).filter(({ environment }) => environment.includes(home));
  onTestFinished(async () => {
    for (const browser of browsers) browser.stop();
    await until('everything to be gone', () => {
      // Each time anew: a host that ends may just have started its watcher.
      const left = running();
      for (const { pid } of left) if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL');
      return left.length === 0;
    });
    rmSync(home, { recursive: true });
  });

  return {
    home,
    env,
    state,
    /** The Guard's processes: hosts and watchers. */
    guards: () =>
      running().filter(({ commandLine }) => / (host|watch)/.test(commandLine.replaceAll('\0', ' '))),
    watchers: () => running().filter(({ commandLine }) => commandLine.includes('\0watch\0')),
    async browse({ more = {}, parent = 'reaped' }: BrowserOptions = {}): Promise<FakeBrowser> {
      const browser = await startFakeBrowser({ ...env, ...more }, parent);
      browsers.push(browser);
      return browser;
    },
    /** The command line that starts the Guard as a browser's host. */
    host: ({
      family = 'chromium',
      returnWithinMs = usualReturnMs,
      caller = callers[family],
    }: HostOptions = {}) => [
      process.execPath,
      program,
      'host',
      `--extension-id=${chromiumId}`,
      `--extension-id=${geckoId}`,
      `--return-within-ms=${returnWithinMs}`,
      '--',
      ...caller,
    ],
    receipts: (profile: string): Promise<readonly Receipt[]> => openReceipts(state, profile).read(),
    /** The contents of all files that there are. */
    files: (): string => filesIn(home).join('\n'),
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => `${entry.name}: ${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`);
}

export async function serveFogBugz(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

export function newProfile(): string {
  return randomUUID();
}

/** Says hello and arms a session for each token, named by its place in the list. Waits until each is armed. */
export async function armAll(
  port: Port,
  sandbox: Sandbox,
  tokens: readonly string[],
  profile = newProfile(),
): Promise<string> {
  const sessions = tokens.map((_, index) => `session-${index}`);
  port.say({ do: 'hello', protocol: 1, version: '1.0', profile, sessions });
  await port.reply('hello');
  for (const [index, token] of tokens.entries()) {
    port.say({ do: 'arm', session: `session-${index}`, token, site: siteOf(sandbox) });
  }
  await until(
    'all to be armed',
    () => port.replies.filter(({ is }) => is === 'armed').length >= tokens.length,
  );
  return profile;
}

export function siteOf({ url }: Pick<Sandbox, 'url'>) {
  return { base: url, dialect: 'json', endpoint: `${url}f/api/0/jsonapi`, redirected: false } as const;
}

export function birth(sandbox: Sandbox): string {
  return sandbox.birth('127.0.0.1', 'ada@example.com', 'web');
}

export function isDead(sandbox: Sandbox, token: string): boolean {
  return sandbox.life(token)?.diedAt !== undefined;
}

/** Waits until the tokens are dead on the server. */
export async function dead(sandbox: Sandbox, tokens: readonly string[]): Promise<void> {
  await until('the tokens to be dead', () => tokens.every(token => isDead(sandbox, token)));
}
