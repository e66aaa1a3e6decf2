/** Drives Chromium as a user would; see `browser.ts`. */
import { rm } from 'node:fs/promises';
import { directionOf } from '../src/browser/direction.ts';
import type { Browser, Launch, LaunchOptions, Page } from './browser.ts';
import { evaluate } from './chromium/devtools.ts';
import { extensionsPage } from './chromium/extensions-page.ts';
import { hangEveryCall } from './chromium/hang.ts';
import { helperIn, writeHelper } from './chromium/helper.ts';
import { chooseInMenu } from './chromium/menu.ts';
import { loaded, pageOf } from './chromium/page.ts';
import { startChromium } from './chromium/process.ts';
import { prepareProfile, readManifest, unpackedId } from './chromium/profile.ts';
import { agree, answerPrompt } from './chromium/prompt.ts';
import { loadedTab, openTab, tabOf } from './chromium/tab.ts';
import { type ExtensionWorker, extensionWorker } from './chromium/worker.ts';
import { screenOf } from './display.ts';
import { chooseInList } from './listing.ts';
import { insist, until } from './until.ts';

/** Where the pinned button is, in pixels from the window's right and upper edges. */
const button = { fromRight: 153, fromTop: 63 };

/**
 * Until then a popup is on its way, ms. Where the toolbar is just being drawn anew, as it is once the extension was
 * reloaded, a click goes wide, and a user clicks again.
 */
const patienceMs = 6_000;

/** An extension that a policy installs instead of one that is loaded from a folder; see `packed.ts`. */
export type InstalledOptions = LaunchOptions & {
  readonly id: string;
  /** The folder that `installByPolicy` gave. */
  readonly policies: string;
};

export const launch: Launch = async options => {
  const { extension } = options;
  // Chromium fetches nothing by itself, the updates of extensions included
  return start(options, await unpackedId(extension), [extension], ['--disable-background-networking']);
};

/** Starts the browser with the extension that the policy installs; `extension` is the build behind it. */
export const launchInstalled = (options: InstalledOptions): Promise<Browser> =>
  start(options, options.id, [], [], options.policies);

/** Starts the browser with the extension from its folder, and the machine's policies replaced by those of `policies`. */
export const launchManaged = async (
  options: LaunchOptions & { readonly policies: string },
): Promise<Browser> =>
  start(
    options,
    await unpackedId(options.extension),
    [options.extension],
    ['--disable-background-networking'],
    options.policies,
  );

/**
 * As it ends, Chromium now and then cuts its own copy of a worker's script. It cannot start that worker then, forgets the
 * copy, and makes a new one when it is started once more, which is what a user does whose extension is dead.
 */
async function start(...how: Parameters<typeof startOnce>): Promise<Browser> {
  return startOnce(...how).catch(error => {
    if (!(error instanceof UnreadableScriptError)) throw error;
    return startOnce(...how);
  });
}

class UnreadableScriptError extends Error {}

/** What Chromium writes when it could not read that copy. */
const unreadable = /"Failed to load the script unexpectedly"|DidStartWorkerFail/;

async function startOnce(
  options: LaunchOptions,
  id: string,
  folders: readonly string[],
  more: readonly string[],
  policies?: string,
): Promise<Browser> {
  const screen = screenOf(options.display);
  const profile = await prepareProfile(options.profile, id);
  const removeOurs = async () => {
    if (options.profile === undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const beside = options.beside === undefined ? [] : [options.beside];
  const helperFolder = await writeHelper(profile);
  const chromium = await startChromium({
    flags: [...more, ...flags(options, profile, [...folders, ...beside, helperFolder])],
    profile,
    display: screen.name,
    env: { ...(options.language ? { LANGUAGE: options.language.replace('-', '_') } : {}), ...options.env },
    policies,
  }).catch(async error => {
    await removeOurs();
    throw error;
  });
  const { pid, devtools } = chromium;
  const worker = extensionWorker(devtools, id);
  const helperId = await unpackedId(helperFolder);
  const helperWorker = extensionWorker(devtools, helperId);
  const helper = helperIn(helperWorker);
  const settings = extensionsPage(devtools);

  const dispose: Browser['dispose'] = async ({ keep } = {}) => {
    await (keep === 'profile and hosts' ? chromium.endOwn() : chromium.endAll());
    if (keep === undefined) await removeOurs();
  };

  const allowInIncognito = async (extension: string, itsWorker: ExtensionWorker) => {
    const old = await itsWorker.target();
    const change = await settings.allowInIncognito(extension);
    if (change === 'restarts') await itsWorker.startedAfter(old);
  };
  /** Where the toolbar button of the front window is, which gets the keyboard. */
  const toolbarButton = async () => {
    const { x, y, width } = await screen.focus(pid);
    // Where the words run from the right, so does the toolbar.
    const runsFromRight = directionOf(options.language ?? 'en') === 'rtl';
    return { x: runsFromRight ? x + button.fromRight : x + width - button.fromRight, y: y + button.fromTop };
  };
  /** As a user does. */
  const clickToolbarButton = async () => {
    const { x, y } = await toolbarButton();
    await screen.click(x, y);
  };
  const extensionPages = async () =>
    (await devtools.targets()).filter(({ type, url }) => type === 'page' && url.startsWith(worker.origin));

  const openPopup = async (): Promise<Page> => {
    const before = new Set((await extensionPages()).map(({ targetId }) => targetId));
    const { targetId } = await insist(
      'the popup to open after a click on the toolbar button',
      clickToolbarButton,
      async () => (await extensionPages()).find(page => !before.has(page.targetId)),
      { patienceMs },
    );
    const find = async () => {
      const target = (await devtools.targets()).find(candidate => candidate.targetId === targetId);
      if (!target) throw new Error('The popup is closed');
      return target;
    };
    await loaded(devtools, find);
    return pageOf(devtools, find);
  };

  try {
    await screen.frontWindow(pid);
    const look = () => {
      // A new profile holds no copy.
      if (options.profile !== undefined && unreadable.test(chromium.log())) {
        throw new UnreadableScriptError(chromium.log());
      }
    };
    await helperWorker.started(look);
    await worker.started(look);
    const { product } = await devtools.send('Browser.getVersion');
    return {
      name: 'chromium',
      profile,
      pid,
      version: product.split('/').at(-1) ?? product,

      async openTab(url, { container } = {}) {
        if (container !== undefined) throw new Error('Chromium has no containers; only Firefox has');
        return openTab(devtools, helper, url, 'front-window');
      },
      openWindow: url => openTab(devtools, helper, url, 'new-window'),
      async openPrivateWindow(url) {
        await allowInIncognito(helperId, helperWorker);
        return loadedTab(devtools, helper, await helper.openPrivateWindow(url), url);
      },
      tabs: async () => (await helper.tabIds()).map(tab => tabOf(devtools, helper, tab)),

      openPopup,
      clickToolbarButton,
      chooseInList: (page, selector, entry) => chooseInList(screen, pid, page, selector, entry),
      chooseInMenu: async (entry, by) => chooseInMenu(screen, pid, await toolbarButton(), entry, by),
      async openOptions() {
        const { options_ui, options_page } = await readManifest(options.extension);
        const path = options_ui?.page ?? options_page;
        if (!path) throw new Error('The extension has no options page');
        return openTab(devtools, helper, worker.origin + path, 'front-window');
      },
      press: keys => screen.press(keys, pid),
      setKeys: (command, keys) => settings.setKeys(id, command, keys),

      allowInPrivateWindows: () => allowInIncognito(id, worker),
      withholdAccess: pattern => settings.withholdAccess(id, pattern),
      grantAccess: pattern => settings.grantAccess(id, pattern),
      answerPrompt: answer => answerPrompt(devtools, screen, pid, answer),
      async disableExtension() {
        await settings.disable(id);
        await until('the worker to be gone', async () => !(await worker.runs()));
      },
      async enableExtension() {
        await settings.enable(id);
        await worker.started();
      },
      async removeExtension() {
        const answer = await agree(devtools, screen, pid, () => settings.remove(id));
        if (answer === 'kept') throw new Error('Chromium kept the extension');
      },

      stirUser: screen.stir,
      lockScreen: screen.lock,
      unlockScreen: screen.unlock,

      closeWindow: () => screen.closeWindow(pid),
      async quit() {
        const before = await screen.shown(pid);
        await screen.press('alt+f', pid);
        await until('the menu to open', async () =>
          (await screen.shown(pid)).some(id => !before.includes(id)),
        );
        await screen.press('x');
      },
      signal: name => void process.kill(pid, name),
      ended: () => chromium.ended,
      dispose,

      inWorker: worker.run,
      async inOther(body, argument) {
        const [folder] = beside;
        if (folder === undefined) throw new Error('There is no extension beside ours');
        return extensionWorker(devtools, await unpackedId(folder)).run(body, argument);
      },
      killWorker: worker.kill,
      workerRuns: worker.runs,
      hangBrowserCalls: () => worker.run(hangEveryCall),
      async reloadExtension() {
        const old = await worker.target();
        await devtools
          .attached(old, session => evaluate(session, 'chrome.runtime.reload()'))
          .catch(() => undefined);
        await worker.startedAfter(old);
      },
      clipboard: helper.clipboard,
      console: () => consoleOf(chromium.log(), worker.origin),
    };
  } catch (error) {
    await dispose();
    if (error instanceof UnreadableScriptError) throw error;
    throw new Error(`Chromium did not come up\n${chromium.log()}`, { cause: error });
  }
}

function flags(
  { port, hosts = [], asks = [] }: LaunchOptions,
  profile: string,
  extensions: readonly string[],
): readonly string[] {
  const rules = [
    ...hosts.map(host => `MAP ${host} 127.0.0.1`),
    ...['*.fogbugz.com', '*.manuscript.com', '*.test'].map(host => `MAP ${host} 127.0.0.1:${port}`),
    'MAP * ~NOTFOUND', // nothing leaves this machine
    'EXCLUDE localhost',
    'EXCLUDE *.localhost',
    'EXCLUDE 127.0.0.1',
  ];
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    `--load-extension=${extensions.join(',')}`,
    '--disable-features=DisableLoadExtensionCommandLineSwitch',
    `--host-resolver-rules=${rules.join(',')}`,
    '--ignore-certificate-errors',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(asks.includes('dark') ? ['--force-dark-mode'] : []),
    ...(asks.includes('forced-colors') ? ['--force-high-contrast'] : []),
    ...(asks.includes('reduced-motion') ? ['--force-prefers-reduced-motion'] : []),
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-proxy-server', // one in the environment is for native hosts
    '--no-first-run',
    '--no-default-browser-check',
    '--hide-crash-restore-bubble',
    '--password-store=basic',
    '--enable-logging=stderr',
    '--log-level=0',
    '--window-position=0,0',
    '--window-size=1100,800',
    'about:blank',
  ];
}

/** What the extension wrote to its consoles, from the browser's own log: nothing has to be attached for it. */
function consoleOf(log: string, origin: string): readonly string[] {
  return [...log.matchAll(/:INFO:CONSOLE[:(]\d+\)?\] "([\s\S]*?)", source: (\S+) \(\d+\)$/gm)]
    .filter(([, , source = '']) => source.startsWith(origin))
    .map(([, text = '']) => text);
}
