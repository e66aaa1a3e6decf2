import type { Cookies } from 'webextension-polyfill';
import type { FakeBrowser } from './fake-browser.ts';
import type { FakeEvents } from './fake-events.ts';
import { createAreas } from './fake-storage.ts';

/** Carries a call out: what it does, and what comes back of it. */
export type Call = (name: string, work: () => unknown) => Promise<unknown>;

/** What `runtime.connectNative` gives. */
export type FakePort = {
  readonly onMessage: { readonly addListener: (listener: (message: unknown) => void) => void };
  readonly onDisconnect: { readonly addListener: (listener: () => void) => void };
  readonly postMessage: (message: object) => void;
  readonly disconnect: () => void;
};

type Line = {
  readonly events: FakeEvents;
  readonly call: Call;
  /** Counts what is no call, because nobody waits for it. */
  readonly count: (name: string) => void;
  readonly connectNative: ((name: string) => FakePort) | undefined;
};

const never = () => new Promise<never>(() => undefined);

/** What `webextension-polyfill` is to a worker of this browser, over a line of its own. */
export function createApi(browser: FakeBrowser, { events, call, count, connectNative }: Line) {
  const area = createAreas(browser, events, call);
  return {
    storage: {
      local: area('disk'),
      session: area('memory'),
      sync: area('synced'),
      managed: {
        get: async () => {
          if (browser.policyIs === 'slow') await never();
          return call('managed.get', () => {
            if (!browser.policy) throw new Error('Managed storage manifest not found');
            return browser.policy;
          });
        },
      },
      onChanged: events.storageChanged,
    },
    cookies: {
      getAllCookieStores: () =>
        call('cookies.getAllCookieStores', () => [
          { id: browser.stores.own },
          { id: browser.stores.private },
        ]),
      getAll: (details: object) => call('cookies.getAll', () => browser.jar.find(details)),
      set: (details: Cookies.SetDetailsType) =>
        call('cookies.set', () => {
          if (browser.cookiesAre === 'refused') throw new Error('Failed to set the cookie');
          browser.jar.write(details);
        }),
      onChanged: events.cookieChanged,
    },
    tabs: {
      query: () => call('tabs.query', () => [...browser.tabs.values()].map(tab => browser.shown(tab))),
      get: (id: number) =>
        call('tabs.get', () => {
          const tab = browser.tabs.get(id);
          if (!tab) throw new Error(`No tab with id: ${id}.`);
          return browser.shown(tab);
        }),
      onCreated: events.tabCreated,
      onUpdated: events.tabUpdated,
      onRemoved: events.tabRemoved,
      onReplaced: events.tabReplaced,
      onDetached: events.tabDetached,
      onAttached: events.tabAttached,
    },
    windows: { onRemoved: events.windowRemoved },
    runtime: {
      id: 'id',
      getURL: (path: string) => `chrome-extension://id/${path}`,
      getManifest: () => ({ version: '1.0', action: { default_popup: 'src/popup/popup.html' } }),
      ...(connectNative ? { connectNative } : {}),
      getPlatformInfo: () => call('runtime.getPlatformInfo', () => ({ os: 'linux' })),
      openOptionsPage: () => call('runtime.openOptionsPage', () => void browser.optionsOpened++),
      reload: () => {
        browser.reloads++;
        browser.memory = {};
        browser.killWorker();
      },
      onMessage: events.message,
      onInstalled: events.installed,
      onStartup: events.startup,
      onUpdateAvailable: events.updateAvailable,
    },
    alarms: {
      create: (_: string, { when }: { when: number }) => {
        count('alarms.create');
        browser.alarm = when;
      },
      clear: () =>
        call('alarms.clear', () => {
          browser.alarm = undefined;
        }),
      onAlarm: events.alarm,
    },
    idle: {
      setDetectionInterval: (seconds: number) => {
        browser.tellsIdleAfter = seconds;
      },
      queryState: () => call('idle.queryState', () => browser.idle),
      onStateChanged: events.idleState,
    },
    action: {
      setIcon: ({ path }: { path: Record<number, string> }) =>
        call('action.setIcon', () => {
          browser.button.icon = path[16] ?? '';
        }),
      setBadgeText: ({ text }: { text: string }) =>
        call('action.setBadgeText', () => {
          browser.button.badge = text;
        }),
      setBadgeBackgroundColor: () => call('action.setBadgeBackgroundColor', () => undefined),
      setTitle: ({ title }: { title: string }) =>
        call('action.setTitle', () => {
          browser.button.title = title;
        }),
      setPopup: ({ popup }: { popup: string }) =>
        call('action.setPopup', () => {
          browser.button.popup = popup;
        }),
      onClicked: events.buttonClicked,
    },
    commands: { onCommand: events.command },
    contextMenus: {
      removeAll: () =>
        call('contextMenus.removeAll', () => {
          browser.menu = [];
        }),
      create: ({ id }: { id: string }) => browser.menu.push(id),
      onClicked: events.menuClicked,
    },
    permissions: {
      onAdded: events.permissionGranted,
      onRemoved: events.permissionWithheld,
      contains: ({ origins = [], permissions = [] }: Asked) =>
        call(
          'permissions.contains',
          () =>
            origins.every(origin => browser.permitted(hostOf(origin))) &&
            permissions.every(name => browser.allowed.has(name)),
        ),
      remove: ({ origins = [] }: Asked) =>
        call('permissions.remove', () => {
          for (const host of origins.map(hostOf)) {
            browser.givenBack.push(host);
            browser.withhold(host);
          }
        }),
    },
    i18n: {
      getMessage: (key: string, names: readonly string[] = []) =>
        key === 'languageTag' ? 'en' : [key, ...names].join(' '),
    },
  };
}

/** What a permission is asked about. */
type Asked = { readonly origins?: readonly string[]; readonly permissions?: readonly string[] };

const hostOf = (pattern: string): string =>
  new URL(pattern.replace('*:', 'https:').replace(/\*$/, '')).hostname;
