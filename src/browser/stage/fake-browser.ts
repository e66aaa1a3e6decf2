import type { Cookies } from 'webextension-polyfill';

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

type Items = Record<string, unknown>;

/** A call that a worker makes of the browser: its name, and what it does and gives back. */
export type FakeCall = { readonly name: string; readonly work: () => unknown };

/** What `runtime.connectNative` gives. */
type FakePort = {
  readonly onMessage: { readonly addListener: (listener: (message: unknown) => void) => void };
  readonly onDisconnect: { readonly addListener: (listener: () => void) => void };
  readonly postMessage: (message: object) => void;
  readonly disconnect: () => void;
};

type FakeOptions = {
  /** ms since the epoch. */
  readonly now: () => number;
  /** Decides when a call is carried out and answered, in place of the next turns. */
  readonly carry: (call: FakeCall) => Promise<unknown>;
  readonly connectNative: (name: string) => FakePort;
  /** The names of the cookie stores of ordinary and of private windows. Firefox says a tab's; Chromium's are these. */
  readonly stores: { readonly own: string; readonly private: string };
};

/** One of the browser's events, for one worker. */
class FakeEvent<Args extends readonly unknown[]> {
  readonly #listeners = new Set<(...args: Args) => unknown>();
  addListener = (listener: (...args: Args) => unknown): void => void this.#listeners.add(listener);
  removeListener = (listener: (...args: Args) => unknown): void => void this.#listeners.delete(listener);
  fire(...args: Args): unknown[] {
    return [...this.#listeners].map(listener => listener(...args));
  }
}

/** What a worker is told; a new set for each worker. */
function createEvents() {
  return {
    cookieChanged: new FakeEvent<[{ removed: boolean; cookie: Cookies.Cookie; cause: string }]>(),
    tabCreated: new FakeEvent<[object]>(),
    tabUpdated: new FakeEvent<[number, object, object]>(),
    tabRemoved: new FakeEvent<[number, { windowId: number; isWindowClosing: boolean }]>(),
    tabReplaced: new FakeEvent<[number, number]>(),
    tabDetached: new FakeEvent<[number, object]>(),
    tabAttached: new FakeEvent<[number, { newWindowId: number }]>(),
    windowRemoved: new FakeEvent<[number]>(),
    message: new FakeEvent<[unknown, { id: string; url: string }]>(),
    installed: new FakeEvent<[{ reason: string }]>(),
    startup: new FakeEvent<[]>(),
    updateAvailable: new FakeEvent<[]>(),
    alarm: new FakeEvent<[{ name: string }]>(),
    idleState: new FakeEvent<[string]>(),
    permissionGranted: new FakeEvent<[object]>(),
    permissionWithheld: new FakeEvent<[object]>(),
    buttonClicked: new FakeEvent<[object]>(),
    command: new FakeEvent<[string, object]>(),
    menuClicked: new FakeEvent<[object, object]>(),
    storageChanged: new FakeEvent<[object, string]>(),
  };
}

type Connection = { readonly events: ReturnType<typeof createEvents>; state: 'answers' | 'hangs' | 'dead' };

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
  cookies: Cookies.Cookie[] = [];
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

  constructor(options: Partial<FakeOptions> = {}) {
    this.#options = options;
    this.stores = options.stores ?? { own: '0', private: '1' };
  }

  get events(): ReturnType<typeof createEvents> {
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
    return this.#api(connection);
  }

  setCookie(cookie: Partial<Cookies.Cookie> & { readonly value: string }): void {
    this.#put({
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
    for (const cookie of this.cookies.filter(one => one.value === value)) this.#take(cookie, cause);
  }

  openTab(tab: FakeTab): void {
    this.tabs.set(tab.id, tab);
    this.events.tabCreated.fire(this.#shown(tab));
  }

  goTo(id: number, url: string): void {
    const before = this.tabs.get(id);
    if (!before) return;
    const tab = { ...before, url };
    this.tabs.set(id, tab);
    this.events.tabUpdated.fire(id, { status: 'loading' }, this.#shown(tab));
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

  #put(cookie: Cookies.Cookie): void {
    const before = this.cookies.find(one => isSame(one, cookie));
    const expired = cookie.expirationDate !== undefined && cookie.expirationDate * 1000 <= this.#now();
    if (before) this.#take(before, expired ? 'expired_overwrite' : 'overwrite');
    if (expired) return;
    this.cookies.push(cookie);
    this.events.cookieChanged.fire({ removed: false, cookie, cause: 'explicit' });
  }

  #take(cookie: Cookies.Cookie, cause: string): void {
    this.cookies = this.cookies.filter(one => one !== cookie);
    this.events.cookieChanged.fire({ removed: true, cookie, cause });
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  #refuse(area: string): void {
    if (area === 'synced' && this.syncIs === 'refused') throw new Error('Sync is switched off');
  }

  #shown({ id, windowId, url, incognito = false }: FakeTab): object {
    const visible = URL.canParse(url) && this.permitted(new URL(url).hostname);
    const cookieStoreId = this.stores[incognito ? 'private' : 'own'];
    const store = cookieStoreId.startsWith('firefox') ? { cookieStoreId } : {};
    return { id, windowId, incognito, ...store, ...(visible ? { url } : {}) };
  }

  #find({ name, domain, storeId }: { name?: string; domain?: string; storeId?: string }): Cookies.Cookie[] {
    return this.cookies.filter(cookie => {
      const host = cookie.domain.replace(/^\./, '');
      if (!this.permitted(cookie.hostOnly ? host : `any.${host}`)) return false;
      const inDomain = domain === undefined || host === domain || host.endsWith(`.${domain}`);
      return (
        inDomain && (name ?? cookie.name) === cookie.name && (storeId ?? cookie.storeId) === cookie.storeId
      );
    });
  }

  #write({ url, domain, partitionKey, ...details }: Cookies.SetDetailsType): void {
    const base = {
      name: '',
      value: '',
      path: '/',
      secure: false,
      httpOnly: false,
      sameSite: 'lax',
      storeId: this.stores.own,
    } as const;
    this.#put({
      ...base,
      firstPartyDomain: '',
      session: details.expirationDate === undefined,
      domain: domain ?? new URL(url).hostname,
      hostOnly: domain === undefined,
      ...(partitionKey ? { partitionKey } : {}),
      ...withoutUndefined(details),
    });
  }

  #api(connection: Connection) {
    const { events } = connection;
    const { carry, connectNative } = this.#options;
    const count = (name: string): void => void this.called.set(name, (this.called.get(name) ?? 0) + 1);
    /** A call: takes effect and comes back in a later turn, if the worker lives and the browser answers. */
    const call = async (name: string, work: () => unknown): Promise<unknown> => {
      count(name);
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
    const areaNames = { disk: 'local', memory: 'session', synced: 'sync' } as const;
    const area = (name: 'disk' | 'memory' | 'synced') => ({
      get: (keys: null | string | readonly string[]) =>
        call(`${areaNames[name]}.get ${keyKind(keys)}`, () => {
          this.#refuse(name);
          const wanted = typeof keys === 'string' ? [keys] : keys;
          return Object.fromEntries(
            Object.entries(this[name]).filter(([key]) => wanted?.includes(key) ?? true),
          );
        }),
      set: (items: Items) => {
        const text = JSON.stringify(items);
        this.bytesWritten += text.length;
        const copy: Items = JSON.parse(text);
        return call(`${areaNames[name]}.set ${keyKind(Object.keys(items))}`, () => {
          if (name === 'disk' && this.diskIs === 'full') throw new Error('QUOTA_BYTES quota exceeded');
          this.#refuse(name);
          if (name === 'synced') refuseLongItems(copy);
          this[name] = { ...this[name], ...copy };
          events.storageChanged.fire(copy, areaNames[name]);
        });
      },
      remove: (keys: string | readonly string[]) =>
        call(`${areaNames[name]}.remove ${keyKind(keys)}`, () => {
          const gone = typeof keys === 'string' ? [keys] : keys;
          this[name] = Object.fromEntries(Object.entries(this[name]).filter(([key]) => !gone.includes(key)));
          events.storageChanged.fire({}, areaNames[name]);
        }),
      setAccessLevel: () => call(`${areaNames[name]}.setAccessLevel`, () => undefined),
    });
    return {
      storage: {
        local: area('disk'),
        session: area('memory'),
        sync: area('synced'),
        managed: {
          get: async () => {
            if (this.policyIs === 'slow') await never();
            return call('managed.get', () => {
              if (!this.policy) throw new Error('Managed storage manifest not found');
              return this.policy;
            });
          },
        },
        onChanged: events.storageChanged,
      },
      cookies: {
        getAllCookieStores: () =>
          call('cookies.getAllCookieStores', () => [{ id: this.stores.own }, { id: this.stores.private }]),
        getAll: (details: object) => call('cookies.getAll', () => this.#find(details)),
        set: (details: Cookies.SetDetailsType) =>
          call('cookies.set', () => {
            if (this.cookiesAre === 'refused') throw new Error('Failed to set the cookie');
            this.#write(details);
          }),
        onChanged: events.cookieChanged,
      },
      tabs: {
        query: () => call('tabs.query', () => [...this.tabs.values()].map(tab => this.#shown(tab))),
        get: (id: number) =>
          call('tabs.get', () => {
            const tab = this.tabs.get(id);
            if (!tab) throw new Error(`No tab with id: ${id}.`);
            return this.#shown(tab);
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
        openOptionsPage: () => call('runtime.openOptionsPage', () => void this.optionsOpened++),
        reload: () => {
          this.reloads++;
          this.memory = {};
          this.killWorker();
        },
        onMessage: events.message,
        onInstalled: events.installed,
        onStartup: events.startup,
        onUpdateAvailable: events.updateAvailable,
      },
      alarms: {
        create: (_: string, { when }: { when: number }) => {
          count('alarms.create');
          this.alarm = when;
        },
        clear: () =>
          call('alarms.clear', () => {
            this.alarm = undefined;
          }),
        onAlarm: events.alarm,
      },
      idle: {
        setDetectionInterval: (seconds: number) => {
          this.tellsIdleAfter = seconds;
        },
        queryState: () => call('idle.queryState', () => this.idle),
        onStateChanged: events.idleState,
      },
      action: {
        setIcon: ({ path }: { path: Record<number, string> }) =>
          call('action.setIcon', () => {
            this.button.icon = path[16] ?? '';
          }),
        setBadgeText: ({ text }: { text: string }) =>
          call('action.setBadgeText', () => {
            this.button.badge = text;
          }),
        setBadgeBackgroundColor: () => call('action.setBadgeBackgroundColor', () => undefined),
        setTitle: ({ title }: { title: string }) =>
          call('action.setTitle', () => {
            this.button.title = title;
          }),
        setPopup: ({ popup }: { popup: string }) =>
          call('action.setPopup', () => {
            this.button.popup = popup;
          }),
        onClicked: events.buttonClicked,
      },
      commands: { onCommand: events.command },
      contextMenus: {
        removeAll: () =>
          call('contextMenus.removeAll', () => {
            this.menu = [];
          }),
        create: ({ id }: { id: string }) => this.menu.push(id),
        onClicked: events.menuClicked,
      },
      permissions: {
        onAdded: events.permissionGranted,
        onRemoved: events.permissionWithheld,
        contains: ({ origins = [], permissions = [] }: Asked) =>
          call(
            'permissions.contains',
            () =>
              origins.every(origin => this.permitted(hostOf(origin))) &&
              permissions.every(name => this.allowed.has(name)),
          ),
        remove: ({ origins = [] }: Asked) =>
          call('permissions.remove', () => {
            for (const host of origins.map(hostOf)) {
              this.givenBack.push(host);
              this.withhold(host);
            }
          }),
      },
      i18n: {
        getMessage: (key: string, names: readonly string[] = []) =>
          key === 'languageTag' ? 'en' : [key, ...names].join(' '),
      },
    };
  }
}

/** What a permission is asked about. */
type Asked = { readonly origins?: readonly string[]; readonly permissions?: readonly string[] };

/** What the keys of a call are about, without the ids in them. */
function keyKind(keys: null | string | readonly string[]): string {
  const [first = 'nothing'] = typeof keys === 'string' ? [keys] : (keys ?? ['everything']);
  return first.split(':', 1)[0] ?? '';
}

/** As both browsers count: the key, and the value as JSON, in bytes. */
function refuseLongItems(items: Items): void {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  for (const [key, value] of Object.entries(items)) {
    if (bytes(key) + bytes(JSON.stringify(value)) > 8192)
      throw new Error('QUOTA_BYTES_PER_ITEM quota exceeded');
  }
}

const hostOf = (pattern: string): string =>
  new URL(pattern.replace('*:', 'https:').replace(/\*$/, '')).hostname;

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
