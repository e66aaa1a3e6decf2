import { isPrivateStore } from '../browser/stores.ts';
import type { TabFact } from '../browser/tabs.ts';
import { isSentTo } from '../fogbugz/address.ts';
import type { CookieIdentity } from '../session/session.ts';

/**
 * The mirror of tabs and windows: what is open, known without asking the browser, because a browser that is closing
 * no longer answers.
 */
export type Presence = {
  /** Takes the browser's own list, which is the truth. */
  readonly fill: (tabs: readonly TabFact[]) => void;
  /** Asks for that list and takes it: as old as the question may be, what has happened since counts. */
  readonly fillFrom: (ask: () => Promise<readonly TabFact[]>) => Promise<void>;
  /** Whether the list has been taken; before that nothing is known. */
  readonly known: () => boolean;
  /** Returns whether a FogBugz page came, went or changed its address. */
  readonly seen: (tab: TabFact) => boolean;
  readonly gone: (tabId: number, windowId: number, windowCloses: boolean) => boolean;
  readonly replaced: (newId: number, oldId: number) => void;
  readonly moved: (tabId: number, windowId: number | undefined) => void;
  readonly windowGone: (windowId: number) => boolean;
  /** Nothing is open any more, or all that is open stands in windows that are closing. */
  readonly isOver: () => boolean;
  /** Whether a private window is open, as far as the extension is let into them. */
  readonly hasPrivate: () => boolean;
  /** The tabs whose page is sent this cookie. */
  readonly tabsWith: (cookie: CookieIdentity) => readonly TabFact[];
  readonly ids: () => readonly number[];
};

/** A tab between two windows, while it is being dragged. */
const nowhere = -1;

export function createPresence(): Presence {
  let known = false;
  const tabs = new Map<number, TabFact>();
  const tabsInWindow = new Map<number, number>();
  const closingWindows = new Set<number>();
  /** Those tabs whose page can be seen, by its host: a cookie of another one need not look at them. */
  const tabsAt = new Map<string, Map<number, TabFact>>();
  let privateTabs = 0;
  /** What has happened since the list was asked for, while it is. */
  let since: (() => unknown)[] | undefined;
  const happens = <T>(what: () => T): T => {
    since?.push(what);
    return what();
  };

  const put = (tab: TabFact): void => {
    take(tab.id);
    tabs.set(tab.id, tab);
    tabsInWindow.set(tab.windowId, (tabsInWindow.get(tab.windowId) ?? 0) + 1);
    if (isPrivateStore(tab.storeId)) privateTabs += 1;
    const host = hostOf(tab);
    if (host === undefined) return;
    const there = tabsAt.get(host) ?? new Map<number, TabFact>();
    tabsAt.set(host, there.set(tab.id, tab));
  };
  const take = (id: number): TabFact | undefined => {
    const tab = tabs.get(id);
    if (!tab) return undefined;
    tabs.delete(id);
    if (isPrivateStore(tab.storeId)) privateTabs -= 1;
    const host = hostOf(tab);
    const there = host === undefined ? undefined : tabsAt.get(host);
    there?.delete(id);
    if (host !== undefined && there?.size === 0) tabsAt.delete(host);
    const left = (tabsInWindow.get(tab.windowId) ?? 1) - 1;
    if (left > 0) tabsInWindow.set(tab.windowId, left);
    else tabsInWindow.delete(tab.windowId);
    return tab;
  };

  /** The tabs at the cookie's host, or at one below its domain. */
  const tabsNear = ({ domain, hostOnly }: CookieIdentity): readonly TabFact[] => {
    const name = domain.replace(/^\./, '');
    const exact = [...(tabsAt.get(name)?.values() ?? [])];
    if (hostOnly) return exact;
    const below = [...tabsAt].filter(([host]) => host.endsWith(`.${name}`));
    return [...exact, ...below.flatMap(([, there]) => [...there.values()])];
  };

  const fill = (list: readonly TabFact[]): void => {
    tabs.clear();
    tabsInWindow.clear();
    closingWindows.clear();
    tabsAt.clear();
    privateTabs = 0;
    for (const tab of list) put(tab);
    known = true;
  };
  const seen = (tab: TabFact): boolean => {
    const before = tabs.get(tab.id);
    closingWindows.delete(tab.windowId);
    // A busy Firefox shows a blank page for a moment on the way from one page of a site to the next.
    const underWay = tab.loading && tab.url === undefined;
    const now = underWay ? { ...tab, url: before?.url } : tab;
    put(now);
    return before?.url !== now.url;
  };
  const gone = (tabId: number, windowId: number, windowCloses: boolean): boolean => {
    const tab = take(tabId);
    if (windowCloses) closingWindows.add(windowId);
    return tab?.url !== undefined;
  };
  const replaced = (newId: number, oldId: number): void => {
    const tab = take(oldId);
    if (tab) put({ ...tab, id: newId });
  };
  const moved = (tabId: number, windowId: number | undefined): void => {
    const tab = tabs.get(tabId);
    if (tab) put({ ...tab, windowId: windowId ?? nowhere });
  };
  const windowGone = (windowId: number): boolean => {
    closingWindows.delete(windowId);
    const left = [...tabs.values()].filter(tab => tab.windowId === windowId);
    for (const { id } of left) take(id);
    return left.some(({ url }) => url !== undefined);
  };

  return {
    fill,
    async fillFrom(ask) {
      since = [];
      try {
        fill(await ask());
        for (const again of since) again();
      } finally {
        since = undefined;
      }
    },
    known: () => known,
    seen: tab => happens(() => seen(tab)),
    gone: (tabId, windowId, windowCloses) => happens(() => gone(tabId, windowId, windowCloses)),
    replaced: (newId, oldId) => happens(() => replaced(newId, oldId)),
    moved: (tabId, windowId) => happens(() => moved(tabId, windowId)),
    windowGone: windowId => happens(() => windowGone(windowId)),
    isOver: () => known && [...tabsInWindow.keys()].every(id => closingWindows.has(id)),
    hasPrivate: () => privateTabs > 0,
    tabsWith: cookie => tabsNear(cookie).filter(tab => isSent(cookie, tab)),
    ids: () => [...tabs.keys()],
  };
}

function hostOf({ url }: TabFact): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** Whether the page of a tab is sent the cookie. */
function isSent(cookie: CookieIdentity, { url, storeId }: TabFact): boolean {
  if (url === undefined || storeId !== cookie.storeId || !URL.canParse(url)) return false;
  return isSentTo(cookie, url) && (cookie.partition === '' || isIn(cookie.partition, url));
}

/** Whether a page is itself of the top-level site that a partitioned cookie was set under. */
function isIn(partition: string, url: string): boolean {
  if (!URL.canParse(partition)) return false;
  const [top, page] = [new URL(partition), new URL(url)];
  return (
    top.protocol === page.protocol &&
    (page.hostname === top.hostname || page.hostname.endsWith(`.${top.hostname}`))
  );
}
