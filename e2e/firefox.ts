/** Firefox ESR with the shipped build in it, driven from the inside over Marionette, ended from the outside. */
import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Browser, LaunchOptions } from './browser.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { screenOf } from './display.ts';
import { createConsole } from './firefox/console.ts';
import { type Driver, startDriver } from './firefox/driver.ts';
import { hangBrowserCalls } from './firefox/hang.ts';
import { connectMarionette, LineCut } from './firefox/marionette.ts';
import { chooseInMenu } from './firefox/menu.ts';
import { createPage, createTab, evaluateIn, loaded } from './firefox/pages.ts';
import type { Preference } from './firefox/preferences.ts';
import { type BrowserProcess, startProcess } from './firefox/process.ts';
import { installBuild, newProfile, readBuild, trust, writePreferences } from './firefox/profile.ts';
import { pack, type Updated } from './firefox/update.ts';
import { chooseInList } from './listing.ts';
import { programOf } from './program.ts';
import { until } from './until.ts';

export { withVersion } from './firefox/update.ts';

export type FirefoxOptions = LaunchOptions & {
  /** Further preferences of this run. */
  readonly preferences?: Readonly<Record<string, Preference>>;
  /** A folder with a `policies.json`, to have in the place of the machine's. Takes root and Linux's mount namespaces. */
  readonly policies?: string;
};

export type Firefox = Browser & {
  /**
   * Installs another build of the same extension as an update, while the browser lives. `postponed` means that the
   * extension listens to `onUpdateAvailable`: the update waits for its `runtime.reload()` or the next start.
   */
  update(folder: string): Promise<Updated>;
  /** The version that is installed now. */
  extensionVersion(): Promise<string>;
  /** Addresses outside FogBugz that the browser wanted and did not get, such as `example.org:443`. */
  refused(): readonly string[];
};

const promptKeys = v.nullish(v.object({ allow: v.string(), deny: v.string() }));
const startLimit = { ms: 90_000, every: 50 };

export async function launch(options: FirefoxOptions): Promise<Firefox> {
  const { id } = await readBuild(options.extension);
  const profile = options.profile ?? (await newProfile());
  const proxy = await startConnectProxy(options.port);
  const removeProfile = async () => {
    if (options.profile === undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  let browser: BrowserProcess | undefined;
  try {
    await installBuild(profile, options.extension);
    if (options.beside !== undefined) await installBuild(profile, options.beside);
    await trust(profile, options.authority);
    await writePreferences(profile, {
      'network.proxy.type': 1,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxy.port,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': proxy.port,
      'browser.download.folderList': 2,
      'browser.download.dir': join(profile, 'downloads'),
      ...leadHere(options.hosts ?? []),
      ...(options.language ? { 'intl.locale.requested': options.language } : {}),
      ...(options.asks?.includes('dark') ? { 'layout.css.prefers-color-scheme.content-override': 0 } : {}),
      ...(options.asks?.includes('forced-colors') ? { 'browser.display.document_color_use': 2 } : {}),
      ...(options.asks?.includes('reduced-motion') ? { 'ui.prefersReducedMotion': 1 } : {}),
      ...options.preferences,
    });
    const output = createConsole();
    browser = start(profile, options, output.read);
    const driver = await control(browser, profile);
    const state = () => driver.call(v.string(), 'workerState', id);
    await until('the extension', async () => (await state()) !== 'absent', startLimit);
    await output.listen(driver, id);
    await until(
      'the start of its worker',
      async () => ['running', 'resting'].includes(await state()),
      startLimit,
    );
    await driver.tell('pin', id);
    const version = await driver.call(v.string(), 'version');
    return assemble({ id, profile, version, browser, driver, options }, output.lines, {
      refused: () => [...proxy.refused],
      async close(keepsProfile: boolean) {
        await proxy.close();
        if (!keepsProfile) await removeProfile();
      },
    });
  } catch (error) {
    await browser?.end();
    await proxy.close();
    await removeProfile();
    throw new Error(`Firefox did not start: ${browser?.trouble().slice(-2_000)}`, { cause: error });
  }
}

type Parts = {
  readonly id: string;
  readonly profile: string;
  readonly version: string;
  readonly browser: BrowserProcess;
  readonly driver: Driver;
  readonly options: LaunchOptions;
};

type Surroundings = { refused(): readonly string[]; close(keepsProfile: boolean): Promise<void> };

function assemble(parts: Parts, lines: () => readonly string[], around: Surroundings): Firefox {
  const { id, profile, version, browser, driver, options } = parts;
  const screen = screenOf(options.display);
  const workerIs = async (wanted: string) => (await driver.call(v.string(), 'workerState', id)) === wanted;
  const workerOf = async <T>(extension: string, body: string, argument?: unknown): Promise<T> => {
    await driver.tell('wakeWorker', extension);
    await until(
      'the worker',
      async () => (await driver.call(v.string(), 'workerState', extension)) === 'running',
    );
    return evaluateIn<T>(driver, extension, { view: 'background' }, body, argument);
  };
  const inWorker = <T>(body: string, argument?: unknown): Promise<T> => workerOf<T>(id, body, argument);
  const reloadExtension = async () => {
    await driver.tell('reloadExtension', id);
    await until('the extension to start again', () => workerIs('running'));
  };
  const opened = async (tab: number, url: string) => {
    await loaded(driver, id, { tab }, url);
    return createTab(driver, id, tab);
  };
  /** For commands that may end the browser before it can answer. */
  const send = (command: Promise<void>) =>
    command.catch(error => {
      if (!(error instanceof LineCut)) throw error;
    });

  return {
    name: 'firefox',
    profile,
    pid: browser.pid,
    version,

    openTab: async (url, { container } = {}) =>
      opened(await driver.call(v.number(), 'openTab', url, container), url),
    openWindow: async url => opened(await driver.call(v.number(), 'openWindow', url), url),
    openPrivateWindow: async url =>
      opened(await driver.call(v.number(), 'openWindow', url, { private: true }), url),
    async tabs() {
      const ids = await driver.call(v.array(v.number()), 'listTabs');
      return ids.map(tab => createTab(driver, id, tab));
    },

    async openPopup() {
      await driver.tell('clickToolbarButton', id);
      await until('the popup', () => driver.call(v.boolean(), 'isPopupShown', id));
      const where = { view: 'popup' } as const;
      await loaded(driver, id, where, 'the popup');
      return createPage(driver, id, where, async () => {
        await driver.tell('closePopup', id);
        await until('the popup to close', async () => !(await driver.call(v.boolean(), 'isPopupShown', id)));
      });
    },
    clickToolbarButton: () => driver.tell('clickToolbarButton', id),
    chooseInList: (page, selector, entry) => chooseInList(screen, browser.pid, page, selector, entry),
    chooseInMenu: (entry, by) => chooseInMenu(driver, screen, { id, pid: browser.pid }, entry, by),
    async openOptions() {
      return opened(await driver.call(v.number(), 'openOptions', id), 'the options');
    },
    press: keys => screen.press(keys, browser.pid),
    setKeys: (name, shortcut) => inWorker('await browser.commands.update(argument)', { name, shortcut }),

    async allowInPrivateWindows() {
      const permission = 'internal:privateBrowsingAllowed';
      await driver.tell('changePermissions', id, 'add', [permission], []);
      await reloadExtension();
    },
    withholdAccess: pattern => driver.tell('changePermissions', id, 'remove', [], [pattern]),
    grantAccess: pattern => driver.tell('changePermissions', id, 'add', [], [pattern]),
    async answerPrompt(answer) {
      const keys = () => driver.call(promptKeys, 'promptKeys');
      const { [answer]: key } = await until('a prompt of the extension', keys);
      await until(
        'the prompt to be answered',
        async () => {
          if (!(await keys())) return true;
          await screen.press(`alt+${key.toLowerCase()}`, browser.pid);
          return false;
        },
        { every: 200 },
      );
    },
    async disableExtension() {
      await driver.tell('disableExtension', id);
      await until('the extension to be gone', () => workerIs('absent'));
    },
    async enableExtension() {
      await driver.tell('enableExtension', id);
      await until('the extension to start again', () => workerIs('running'));
    },
    async removeExtension() {
      await driver.tell('removeExtension', id);
      await until('the extension to be gone', () => workerIs('absent'));
    },

    stirUser: screen.stir,
    lockScreen: screen.lock,
    unlockScreen: screen.unlock,

    closeWindow: () => screen.closeWindow(browser.pid),
    quit: () => send(driver.tell('quit')),
    signal: name => browser.signal(name),
    ended: () => browser.ended,
    async dispose({ keep } = {}) {
      // Native hosts live on in either case: see helpersOf.
      await browser.end();
      await around.close(keep !== undefined);
    },

    inWorker,
    async inOther(body, argument) {
      if (options.beside === undefined) throw new Error('There is no extension beside ours');
      return workerOf((await readBuild(options.beside)).id, body, argument);
    },
    async killWorker() {
      await driver.tell('killWorker', id);
      await until('the worker to end', () => driver.call(v.boolean(), 'workerIsGone', id));
    },
    workerRuns: () => workerIs('running'),
    hangBrowserCalls: () => inWorker(hangBrowserCalls),
    reloadExtension,
    clipboard: () => driver.call(v.string(), 'clipboard'),
    console: lines,

    async update(folder) {
      const file = await pack(folder, profile);
      return driver.call(v.picklist(['installed', 'postponed']), 'update', file);
    },
    extensionVersion: () => driver.call(v.string(), 'addonVersion', id),
    refused: around.refused,
  };
}

/** Not through the proxy, so that a connection is the site's own. */
function leadHere(hosts: readonly string[]): Readonly<Record<string, Preference>> {
  const list = hosts.join(',');
  return {
    'network.proxy.no_proxies_on': list,
    'network.dns.localDomains': list,
    'network.dns.ipv4OnlyDomains': list, // nobody listens on ::1
  };
}

function start(
  profile: string,
  { display, env: more, policies }: FirefoxOptions,
  onLine: (line: string) => void,
): BrowserProcess {
  const program = programOf('FIREFOX', ['firefox-esr', 'firefox']);
  const args = ['--marionette', '--remote-allow-system-access', '--new-instance', '--profile', profile];
  // The last one lets the preference services.settings.server count in a release.
  const env = {
    ...screenOf(display).env,
    ...more,
    MOZ_CRASHREPORTER_DISABLE: '1',
    MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
  };
  const [command = '', ...words] = [...(policies ? withPolicies(policies) : []), program, ...args];
  return startProcess(command, words, env, onLine);
}

/** A command in front of the browser's that shows the policies to that browser alone, and then becomes it. */
function withPolicies(folder: string): readonly string[] {
  const place = '/etc/firefox/policies';
  mkdirSync(place, { recursive: true });
  const script = 'mount --bind "$0" "$1" && shift && exec "$@"';
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, folder, place];
}

async function control(browser: BrowserProcess, profile: string): Promise<Driver> {
  const port = await until(
    'the port of Marionette',
    async () => {
      if (!browser.isRunning()) throw new Error('Firefox ended at once');
      return Number(await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => ''));
    },
    startLimit,
  );
  return startDriver(await connectMarionette(port));
}
