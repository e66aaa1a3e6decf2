import { readFileSync } from 'node:fs';
import { originsOf } from '../src/browser/origins.ts';
import { isOnDemand, parseAddress } from '../src/fogbugz/address.ts';

export type BrowserBuild = 'chrome' | 'firefox';

/** What an administrator's build is given at its installation, so that nobody has to be asked. */
type Given = {
  /** Bases of own servers. */
  readonly servers: readonly string[];
};

/**
 * The one manifest, adapted to a browser and, for an administrator's build, to what is given. Its version is that of
 * package.json, which every part of the project has.
 */
export function manifestFor(browser: BrowserBuild, given?: Given) {
  const manifest = { ...read('manifest.json'), version: read('package.json').version };
  return adapt(given ? requiring(manifest, given) : manifest, browser);
}

/**
 * Firefox wants `background.scripts`, and throws when it is asked for `background`; Chromium knows nothing of
 * `browser_specific_settings`, and alone wants a schema for what administrators set. `key` fixes the id of the unpacked
 * Chromium build, by which the Guard knows it; it means nothing to Firefox, and a store refuses it.
 */
function adapt(manifest: ReturnType<typeof JSON.parse>, browser: BrowserBuild) {
  const {
    browser_specific_settings,
    minimum_chrome_version,
    background,
    key,
    optional_permissions,
    storage,
    ...shared
  } = manifest;
  return browser === 'firefox'
    ? {
        ...shared,
        optional_permissions: without('background', optional_permissions),
        browser_specific_settings,
        background: { scripts: [background.service_worker], type: 'module' },
      }
    : { ...shared, key, optional_permissions, minimum_chrome_version, background, storage };
}

/**
 * No policy can grant what is optional: own servers and `nativeMessaging`, by which the Guard is reached, become
 * required.
 */
function requiring(manifest: ReturnType<typeof JSON.parse>, { servers }: Given) {
  const { permissions, optional_permissions, host_permissions, ...rest } = manifest;
  return {
    ...rest,
    permissions: [...permissions, 'nativeMessaging'],
    optional_permissions: without('nativeMessaging', optional_permissions),
    host_permissions: [...new Set([...host_permissions, ...servers.flatMap(originsOf)])],
  };
}

function read(name: string): ReturnType<typeof JSON.parse> {
  return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
}

function without(name: string, names: readonly string[] = []): readonly string[] {
  return names.filter(one => one !== name);
}

/**
 * Bases of the servers that the variable `OWN_SERVERS` names, by blanks or commas.
 *
 * @throws {Error} if it names none, or one of them is no address of an own server.
 */
export function readServers(text: string | undefined): readonly string[] {
  const addresses = (text ?? '').split(/[\s,]+/).filter(address => address !== '');
  if (addresses.length === 0) {
    throw new Error(
      'OWN_SERVERS names no server: set it to the addresses of your own FogBugz, such as "https://fogbugz.example.com/".',
    );
  }
  return [...new Set(addresses.map(readServer))];
}

const faults = {
  'not-a-url': 'is no address',
  'not-http': 'begins with something else than https:// or http://',
  credentials: 'has a name or a password in it, which would be readable in every installation',
} as const;

function readServer(address: string): string {
  const parsed = parseAddress(address);
  if (parsed.is === 'bad-address') throw new Error(`OWN_SERVERS: "${address}" ${faults[parsed.why]}.`);
  if (isOnDemand(new URL(parsed.base).hostname)) {
    throw new Error(`OWN_SERVERS: "${address}" works in every build; leave it out.`);
  }
  return parsed.base;
}
