import { absolute, localAppData, type Machine, pathsOf, type Scope } from '../folders.ts';

export type Family = 'chromium' | 'firefox';

type Browser = {
  readonly title: string;
  readonly family: Family;
  /** Linux: its configuration folder below the user's, its programs, and where it looks for everybody's hosts. */
  readonly linux: { readonly config: string; readonly programs: readonly string[]; readonly system: string };
  /** macOS: its folder in the user's `Library/Application Support`, and the one with the hosts. */
  readonly darwin: { readonly config: string; readonly hosts: string };
  /** Windows: its folder in the local (Firefox: the roaming) application data, and its key in the user's registry. */
  readonly win32: { readonly config: string; readonly key: string };
};

/**
 * Where each browser is found, and where it looks for native hosts.
 * https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-location
 * https://learn.microsoft.com/microsoft-edge/extensions-chromium/developer-guide/native-messaging
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests#manifest_location
 * Brave and Vivaldi have no page of their own; theirs are the places that KeePassXC and browserpass have long used.
 */
const browsers = {
  chrome: {
    title: 'Chrome',
    family: 'chromium',
    linux: {
      config: 'google-chrome',
      programs: ['google-chrome', 'google-chrome-stable'],
      system: '/etc/opt/chrome/native-messaging-hosts',
    },
    darwin: { config: 'Google/Chrome', hosts: 'Google/Chrome/NativeMessagingHosts' },
    win32: { config: 'Google\\Chrome\\User Data', key: 'Google\\Chrome' },
  },
  chromium: {
    title: 'Chromium',
    family: 'chromium',
    linux: {
      config: 'chromium',
      programs: ['chromium', 'chromium-browser'],
      system: '/etc/chromium/native-messaging-hosts',
    },
    darwin: { config: 'Chromium', hosts: 'Chromium/NativeMessagingHosts' },
    win32: { config: 'Chromium\\User Data', key: 'Chromium' },
  },
  edge: {
    title: 'Edge',
    family: 'chromium',
    linux: {
      config: 'microsoft-edge',
      programs: ['microsoft-edge', 'microsoft-edge-stable'],
      system: '/etc/opt/edge/native-messaging-hosts',
    },
    darwin: { config: 'Microsoft Edge', hosts: 'Microsoft Edge/NativeMessagingHosts' },
    win32: { config: 'Microsoft\\Edge\\User Data', key: 'Microsoft\\Edge' },
  },
  brave: {
    title: 'Brave',
    family: 'chromium',
    linux: {
      config: 'BraveSoftware/Brave-Browser',
      programs: ['brave-browser', 'brave'],
      system: '/etc/opt/brave/native-messaging-hosts',
    },
    darwin: {
      config: 'BraveSoftware/Brave-Browser',
      hosts: 'BraveSoftware/Brave-Browser/NativeMessagingHosts',
    },
    // On Windows it looks where Chrome does; and so does Vivaldi.
    win32: { config: 'BraveSoftware\\Brave-Browser\\User Data', key: 'Google\\Chrome' },
  },
  vivaldi: {
    title: 'Vivaldi',
    family: 'chromium',
    linux: {
      config: 'vivaldi',
      programs: ['vivaldi', 'vivaldi-stable'],
      system: '/etc/opt/vivaldi/native-messaging-hosts',
    },
    darwin: { config: 'Vivaldi', hosts: 'Vivaldi/NativeMessagingHosts' },
    win32: { config: 'Vivaldi\\User Data', key: 'Google\\Chrome' },
  },
  firefox: {
    title: 'Firefox',
    family: 'firefox',
    linux: {
      config: '.mozilla',
      programs: ['firefox', 'firefox-esr'],
      system: '/usr/lib/mozilla/native-messaging-hosts',
    },
    darwin: { config: 'Firefox', hosts: 'Mozilla/NativeMessagingHosts' },
    win32: { config: 'Mozilla\\Firefox', key: 'Mozilla' },
  },
} as const satisfies Record<string, Browser>;

export type BrowserName = keyof typeof browsers;

export function isBrowserName(text: string): text is BrowserName {
  return Object.hasOwn(browsers, text);
}

export const browserNames: readonly BrowserName[] = Object.keys(browsers).filter(isBrowserName);

/** One browser on one machine. */
export type Place = {
  readonly browser: BrowserName;
  readonly title: string;
  readonly family: Family;
  /** If one of these exists, the browser is there. */
  readonly signs: readonly string[];
  /** The folder for host manifests. */
  readonly folder: string;
  /** Windows: the registry key whose default value is the manifest's path, below the name of the host. */
  readonly registry: string | undefined;
};

/** Every browser that the Guard knows. `programFolder` takes the manifests on Windows. */
export function placesOf(machine: Machine, scope: Scope, programFolder: string): readonly Place[] {
  return browserNames.map(name => {
    const browser: Browser = browsers[name];
    const common = { browser: name, title: browser.title, family: browser.family };
    return { ...common, ...placeOf(browser, machine, scope, programFolder) };
  });
}

function placeOf(browser: Browser, machine: Machine, scope: Scope, programFolder: string) {
  const { join } = pathsOf(machine);
  const { platform, env, home } = machine;
  switch (platform) {
    case 'linux': {
      const { config, programs, system } = browser.linux;
      const hidden = config.startsWith('.');
      const folder = join(hidden ? home : (absolute(env.XDG_CONFIG_HOME) ?? join(home, '.config')), config);
      const users = join(folder, hidden ? 'native-messaging-hosts' : 'NativeMessagingHosts');
      const installed = programs.flatMap(program => [`/usr/bin/${program}`, `/usr/local/bin/${program}`]);
      return scope === 'system'
        ? { signs: installed, folder: system, registry: undefined }
        : { signs: [folder, ...installed], folder: users, registry: undefined };
    }
    case 'darwin': {
      const library = join(home, 'Library/Application Support');
      const { config, hosts } = browser.darwin;
      return { signs: [join(library, config)], folder: join(library, hosts), registry: undefined };
    }
    case 'win32': {
      const { config, key } = browser.win32;
      const roaming = env.APPDATA || join(home, 'AppData', 'Roaming');
      const base = browser.family === 'firefox' ? roaming : localAppData(machine);
      const registry = `HKCU\\Software\\${key}\\NativeMessagingHosts`;
      return { signs: [join(base, config)], folder: programFolder, registry };
    }
    default:
      return platform satisfies never;
  }
}
