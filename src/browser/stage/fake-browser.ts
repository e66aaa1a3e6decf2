import type { Cookies } from 'webextension-polyfill';
import { type Call, createApi, type FakePort } from './fake-api.ts';
import { FakeCookies } from './fake-cookies.ts';
import { createEvents, type FakeEvents } from './fake-events.ts';
import type { Items } from './fake-storage.ts';

/**
 * A browser in memory for tests, as far as this extension uses one. What it remembers outlives a worker: storage,
 * cookies, tabs, the toolbar button. A worker talks to it over a connection of its own, which can die, or be left
 * without replies as a closing browser leaves it.
 */

export type FakeTab = {
  readonly id: number;
  readonly windowId: number;
  readonly url: string;
  readonly incognito?: boolean;
};

/** A call that a worker makes of the browser: its name, and what it does and gives back. */
export type FakeCall = { readonly name: string; readonly work: () => unknown };

type FakeOptions = {
  /** ms since the epoch. */
  readonly now: () => number;
  /** Decides when a call is carried out and answered, in place of the next turns. */
  readonly carry: (call: FakeCall) => Promise<unknown>;
  readonly connectNative: (name: string) => FakePort;
  /** The names of the cookie stores of ordinary and of private windows. Firefox says a tab's; Chromium's are these. */
  readonly stores: { readonly own: string; readonly private: string };
};

type Connection = { readonly events: FakeEvents; state: 'answers' | 'hangs' | 'dead' };

const never = () => new Promise<never>(() => undefined);

export class FakeBrowser {
  /** `storage.local` and `storage.session`, as they stand. */
  disk: Items = {};
  memory: Items = {};
  /** `storage.sync` as it stands on this computer, and `storage.managed`. */
  synced: Items = {};
  policy: Items | undefined;
  /** Chromium that starts takes its time to tell of a policy. */
  policyIs: 'known' | 'slow' = 'known';
  diskIs: 'writable' | 'full' = 'writable';
  syncIs: 'there' | 'refused' = 'there';
  /** What becomes of cookies that an extension sets. */
  cookiesAre: 'taken' | 'refused' = 'taken';
  readonly tabs = new Map<number, FakeTab>();
  /** Host names that the extension may see. */
  permitted: (host: string) => boolean = host => /\.(fogbugz|manuscript)\.com$/.test(host);
  /** Hosts whose permission the extension gave back. */
  givenBack: string[] = [];
  alarm: number | undefined;
  idle: 'active' | 'idle' | 'locked' = 'active';
  tellsIdleAfter = 60;
  readonly button = { icon: '', badge: '', title: '', popup: 'src/popup/popup.html' };
  menu: string[] = [];
  reloads = 0;
  /** How often the options were opened. */
  optionsOpened = 0;
  /** Calls that a worker has made of the browser. */
  calls = 0;
  /** How often each of them was made, by name, by any worker. */
  readonly called = new Map<string, number>();
  /** How much was written to the storage, as JSON. */
  bytesWritten = 0;
  /** The worker dies at this call of it, or never; the call itself may still be carried out. */
  diesAt = Number.POSITIVE_INFINITY;
  lastCall: 'done' | 'not done' = 'done';
  /** Permissions of this name that the user gave, beside those for hosts. */
  readonly allowed = new Set<string>();
  #connection: Connection = { events: createEvents(), state: 'answers' };
  readonly #options: Partial<FakeOptions>;

  readonly stores: FakeOptions['stores'];
  readonly jar: FakeCookies;

  constructor(options: Partial<FakeOptions> = {}) {
    this.#options = options;
    this.stores = options.stores ?? { own: '0', private: '1' };
    this.jar = new FakeCookies({
      now: () => options.now?.() ?? Date.now(),
      permitted: host => this.permitted(host),
      ownStore: this.stores.own,
      changed: () => this.events.cookieChanged,
    });
  }

  get cookies(): Cookies.Cookie[] {
    return this.jar.all;
  }

  /** In silence: nobody is told. */
  set cookies(cookies: Cookies.Cookie[]) {
    this.jar.all = cookies;
  }

  get events(): FakeEvents {
    return this.#connection.events;
  }

  get worker(): 'answers' | 'hangs' | 'dead' {
    return this.#connection.state;
  }

  /** The browser no longer answers its extension, as while it closes. Events still come. */
  stopAnswering(): void {
    this.#connection.state = 'hangs';
  }

  /** The worker is gone: no event reaches it, and nothing that it asked for comes back. */
  killWorker(): void {
    this.#connection.state = 'dead';
    this.#connection = { events: createEvents(), state: 'dead' };
  }

  /** The browser ends and starts again, without the extension's worker. Its tabs are gone, its session cookies too. */
  restart(): void {
    this.killWorker();
    this.memory = {};
    this.tabs.clear();
    this.cookies = this.cookies.filter(cookie => cookie.expirationDate !== undefined);
  }

  /** What `webextension-polyfill` is to the worker that starts now. */
  startWorker() {
    const connection: Connection = { events: createEvents(), state: 'answers' };
    this.#connection = connection;
    this.calls = 0;
    return createApi(this, {
      events: connection.events,
      call: this.#callOf(connection),
      count: name => this.#count(name),
      connectNative: this.#options.connectNative,
    });
  }

  setCookie(cookie: Partial<Cookies.Cookie> & { readonly value: string }): void {
    this.jar.put({
      name: 'fbToken',
      domain: 'acme.fogbugz.com',
      hostOnly: !cookie.domain?.startsWith('.'),
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      session: cookie.expirationDate === undefined,
      storeId: this.stores.own,
      firstPartyDomain: '',
      ...cookie,
    });
  }

  removeCookie(value: string, cause = 'explicit'): void {
    for (const cookie of this.cookies.filter(one => one.value === value)) this.jar.take(cookie, cause);
  }

  openTab(tab: FakeTab): void {
    this.tabs.set(tab.id, tab);
    this.events.tabCreated.fire(this.shown(tab));
  }

  goTo(id: number, url: string): void {
    const before = this.tabs.get(id);
    if (!before) return;
    const tab = { ...before, url };
    this.tabs.set(id, tab);
    this.events.tabUpdated.fire(id, { status: 'loading' }, this.shown(tab));
  }

  closeTab(id: number): void {
    const tab = this.tabs.get(id);
    if (!tab) return;
    this.tabs.delete(id);
    const { windowId } = tab;
    this.events.tabRemoved.fire(id, { windowId, isWindowClosing: false });
    if (![...this.tabs.values()].some(one => one.windowId === windowId))
      this.events.windowRemoved.fire(windowId);
  }

  closeWindow(windowId: number): void {
    for (const tab of [...this.tabs.values()].filter(one => one.windowId === windowId)) {
      this.tabs.delete(tab.id);
      this.events.tabRemoved.fire(tab.id, { windowId, isWindowClosing: true });
    }
    this.events.windowRemoved.fire(windowId);
  }

  /** A message from a page of ours. */
  send(message: unknown, url = 'chrome-extension://id/src/popup/popup.html'): unknown {
    return this.events.message.fire(message, { id: 'id', url })[0];
  }

  /** The user lets the extension into a host, or keeps it out. */
  grant(host: string): void {
    const before = this.permitted;
    if (before(host)) return;
    this.permitted = one => one === host || before(one);
    this.events.permissionGranted.fire({});
  }

  withhold(host: string): void {
    const before = this.permitted;
    if (!before(host)) return;
    this.permitted = one => one !== host && before(one);
    this.events.permissionWithheld.fire({});
  }

  /** The browser tells what it knows of the user. */
  userBecomes(state: 'active' | 'idle' | 'locked'): void {
    this.idle = state;
    this.events.idleState.fire(state);
  }

  /** What another computer of the user's has written arrives here. */
  syncBrings(items: Items): void {
    this.synced = { ...this.synced, ...items };
    this.events.storageChanged.fire(items, 'sync');
  }

  /** An administrator sets this, and nothing else. */
  administratorSets(policy: Items): void {
    this.policy = policy;
    this.events.storageChanged.fire(policy, 'managed');
  }

  /** Everything that stands on the disk, as text. */
  diskText(): string {
    return JSON.stringify(this.disk);
  }

  /** A tab, as far as the extension may see it. */
  shown({ id, windowId, url, incognito = false }: FakeTab): object {
    const visible = URL.canParse(url) && this.permitted(new URL(url).hostname);
    const cookieStoreId = this.stores[incognito ? 'private' : 'own'];
    const store = cookieStoreId.startsWith('firefox') ? { cookieStoreId } : {};
    return { id, windowId, incognito, ...store, ...(visible ? { url } : {}) };
  }

  #count(name: string): void {
    this.called.set(name, (this.called.get(name) ?? 0) + 1);
  }

  /** A call of this connection: takes effect and comes back in a later turn, if the worker lives and the browser answers. */
  #callOf(connection: Connection): Call {
    const { carry } = this.#options;
    return async (name, work) => {
      this.#count(name);
      if (carry) return carry({ name, work });
      const number = ++this.calls;
      if (connection.state !== 'answers') return never();
      if (number >= this.diesAt) {
        if (number === this.diesAt && this.lastCall === 'done') work();
        if (this.#connection === connection) this.killWorker();
        connection.state = 'dead';
        return never();
      }
      await undefined;
      if (connection.state !== 'answers') return never();
      const result = work();
      await undefined;
      return connection.state === 'answers' ? structuredClone(result) : never();
    };
  }
}
