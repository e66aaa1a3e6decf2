import type { TabFact } from '../browser/tabs.ts';
import { isAt } from '../fogbugz/address.ts';
import type { CookieIdentity, Session } from '../session/session.ts';
import type { Keeper } from './keeper.ts';
import { createPresence } from './presence.ts';
import { reported } from './queue.ts';

export type WatchPorts = {
  readonly allTabs: () => Promise<readonly TabFact[]>;
  /** By which a reload of the extension is told from a restart. */
  readonly rememberTabs: (ids: readonly number[]) => Promise<void>;
  /** Whether what is stored is of this run of the browser, and not still of the last one. */
  readonly isMarked: () => boolean;
  /** Sites whose pages the browser hides, as of the last look. */
  readonly hidden: () => ReadonlySet<string>;
  readonly lookForHidden: () => Promise<void>;
  /** The closing function. */
  readonly close: () => void;
  readonly reopened: () => void;
  /** FogBugz pages came or went; `url`: the one that came. */
  readonly moved: (url: string | undefined) => void;
  /** A job in the queue, which reports its failure. */
  readonly step: (job: () => Promise<unknown>) => Promise<void>;
  readonly now: () => number;
};

/** Watches tabs and windows come and go, and tells each session whether any page still shows it. */
export function createWatch(keeper: Keeper, ports: WatchPorts) {
  const { step, now } = ports;
  const presence = createPresence();

  /** The pages of a site that use a cookie: what else is sent it, on the same host, is no FogBugz page. */
  const tabsOf = (site: string, cookie: CookieIdentity): readonly TabFact[] =>
    presence.tabsWith(cookie).filter(({ url }) => url !== undefined && isAt(site, url));

  /** Tells each web session whether a tab still shows it. Asked when its turn comes, so a tab that moved is not lost. */
  const count = async (): Promise<void> => {
    // With nothing left at all it is the browser that closed, which is another trigger.
    if (!presence.known() || presence.isOver()) return;
    const hidden = ports.hidden();
    const at = now();
    // Where the browser hides the pages, they are not gone.
    const counted = [...keeper.sessions()].flatMap(({ id, site, source }) =>
      source.is === 'web' && !hidden.has(site) ? [{ id, any: tabsOf(site, source.cookie).length > 0 }] : [],
    );
    for (const any of [true, false]) {
      const ids = counted.filter(one => one.any === any).map(({ id }) => id);
      await keeper.applyAll(ids, { is: 'tabs-seen', any, at });
    }
    await remember(presence.ids().slice(-50));
  };
  /** Once for all who want it in a row: a hundred cookies that go at once are a hundred times the same question. */
  const recount = (): Promise<void> => keeper.enqueue(count).catch(reported);

  let remembered: string | undefined;
  const remember = async (ids: readonly number[]): Promise<void> => {
    // Beside what the last run left, they would pass it off as this one's.
    if (!ports.isMarked() || ids.join() === remembered) return;
    await ports.rememberTabs(ids);
    remembered = ids.join();
  };

  /** The last private window is closed: its cookies are gone, and the tokens that were in them live on. */
  const endPrivate = (): Promise<void> =>
    step(async () => {
      if (!presence.known() || presence.hasPrivate()) return;
      const ended = [...keeper.sessions()].filter(one => one.private).map(({ id }) => id);
      await keeper.applyAll(ended, { is: 'triggered', trigger: 'private-closed', at: now() });
    });

  const closeIfOver = (): void => {
    if (presence.isOver()) ports.close();
  };

  /** Chromium refuses to list its tabs while one is being dragged; without the list nothing is known, so ask again. */
  const fill = (): Promise<void> =>
    step(async () => {
      if (!presence.known()) await presence.fillFrom(ports.allTabs);
    }).then(() => {
      if (!presence.known()) setTimeout(() => void takeStock().then(closeIfOver), 250);
    });

  /** Resolves when every session knows whether a tab shows it. */
  const takeStock = (): Promise<void> => {
    void fill();
    // After the list: what was hidden as that was made is known before a page is missed in it.
    void step(ports.lookForHidden);
    // Before the cookies are looked at: those of a private window went with it.
    void endPrivate();
    return recount();
  };

  /** A tab or a window went. Nothing may come between the event and the closing function. */
  const left = (take: () => boolean): void => {
    const hadPrivate = presence.hasPrivate();
    const fogBugz = take();
    // Not a last tab as well: with `browser-close` switched off, closing the browser ends nothing.
    if (presence.isOver()) return ports.close();
    if (hadPrivate && !presence.hasPrivate()) void endPrivate();
    if (fogBugz) {
      ports.moved(undefined);
      void recount();
    }
    // Woken by the very event: only the browser's own list tells whether anything is left.
    if (!presence.known()) void keeper.enqueue(async () => closeIfOver());
  };

  return {
    recount,
    tabsWith: presence.tabsWith,
    isOver: presence.isOver,
    /** Whether a window is known to be open. */
    hasWindow: (): boolean => presence.known() && !presence.isOver(),
    /** A worker began. */
    start: takeStock,
    /** Pages that were hidden can be seen again: takes the browser's list anew. */
    refill: (): Promise<void> => step(() => presence.fillFrom(ports.allTabs)),
    seen(tab: TabFact): void {
      ports.reopened();
      if (!presence.seen(tab)) return;
      ports.moved(tab.url);
      void recount();
    },
    gone: (tabId: number, windowId: number, windowCloses: boolean): void =>
      left(() => presence.gone(tabId, windowId, windowCloses)),
    windowGone: (windowId: number): void => left(() => presence.windowGone(windowId)),
    replaced: presence.replaced,
    moved: presence.moved,
    /** "Now" means the session of the page in front, and all of them where that has none. */
    inFront(tabId: number | undefined): readonly Session[] {
      const all = [...keeper.sessions()];
      const ofTab = all.filter(
        ({ site, source }) =>
          source.is === 'web' && tabsOf(site, source.cookie).some(({ id }) => id === tabId),
      );
      return ofTab.length > 0 ? ofTab : all;
    },
  };
}
