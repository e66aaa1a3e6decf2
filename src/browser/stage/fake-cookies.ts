import type { Cookies } from 'webextension-polyfill';
import type { FakeEvents } from './fake-events.ts';

type JarPorts = {
  /** ms since the epoch. */
  readonly now: () => number;
  readonly permitted: (host: string) => boolean;
  /** The store of ordinary windows. */
  readonly ownStore: string;
  /** What is told of changes by now. */
  readonly changed: () => FakeEvents['cookieChanged'];
};

/** The cookies of a browser in memory, as an extension sees them and as its events tell of them. */
export class FakeCookies {
  all: Cookies.Cookie[] = [];
  readonly #ports: JarPorts;

  constructor(ports: JarPorts) {
    this.#ports = ports;
  }

  put(cookie: Cookies.Cookie): void {
    const before = this.all.find(one => isSame(one, cookie));
    const expired = cookie.expirationDate !== undefined && cookie.expirationDate * 1000 <= this.#ports.now();
    if (before) this.take(before, expired ? 'expired_overwrite' : 'overwrite');
    if (expired) return;
    this.all.push(cookie);
    this.#ports.changed().fire({ removed: false, cookie, cause: 'explicit' });
  }

  take(cookie: Cookies.Cookie, cause: string): void {
    this.all = this.all.filter(one => one !== cookie);
    this.#ports.changed().fire({ removed: true, cookie, cause });
  }

  /** Those that an extension may see. */
  find({ name, domain, storeId }: { name?: string; domain?: string; storeId?: string }): Cookies.Cookie[] {
    return this.all.filter(cookie => {
      const host = cookie.domain.replace(/^\./, '');
      if (!this.#ports.permitted(cookie.hostOnly ? host : `any.${host}`)) return false;
      const inDomain = domain === undefined || host === domain || host.endsWith(`.${domain}`);
      return (
        inDomain && (name ?? cookie.name) === cookie.name && (storeId ?? cookie.storeId) === cookie.storeId
      );
    });
  }

  /** As an extension sets one. */
  write({ url, domain, partitionKey, ...details }: Cookies.SetDetailsType): void {
    const base = {
      name: '',
      value: '',
      path: '/',
      secure: false,
      httpOnly: false,
      sameSite: 'lax',
      storeId: this.#ports.ownStore,
    } as const;
    this.put({
      ...base,
      firstPartyDomain: '',
      session: details.expirationDate === undefined,
      domain: domain ?? new URL(url).hostname,
      hostOnly: domain === undefined,
      ...(partitionKey ? { partitionKey } : {}),
      ...withoutUndefined(details),
    });
  }
}

function isSame(a: Cookies.Cookie, b: Cookies.Cookie): boolean {
  return (
    a.name === b.name &&
    a.storeId === b.storeId &&
    a.domain === b.domain &&
    a.hostOnly === b.hostOnly &&
    a.path === b.path &&
    a.partitionKey?.topLevelSite === b.partitionKey?.topLevelSite
  );
}

function withoutUndefined<T extends object>(object: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return JSON.parse(JSON.stringify(object));
}
