import browser, { type Tabs } from 'webextension-polyfill';

/** What is known of a tab. `url` only where the extension may see it, which is on FogBugz sites. */
export type TabFact = {
  readonly id: number;
  readonly windowId: number;
  readonly url: string | undefined;
  /** Not at its goal yet. */
  readonly loading: boolean;
  readonly storeId: string;
};

export type TabListeners = {
  /** A tab was opened, or went somewhere. */
  readonly seen: (tab: TabFact) => void;
  /** `windowCloses`: its window goes with it. Not to be read as the browser closing. */
  readonly gone: (tabId: number, windowId: number, windowCloses: boolean) => void;
  /** Another id for the same tab. */
  readonly replaced: (newId: number, oldId: number) => void;
  /** Out of its window (undefined) and into another one. */
  readonly moved: (tabId: number, windowId: number | undefined) => void;
  readonly windowGone: (windowId: number) => void;
};

/** Registers everything in one turn, as a worker that may be woken by any of these must. */
export function listenToTabs(on: TabListeners): void {
  browser.tabs.onCreated.addListener(tab => {
    const fact = factOf(tab);
    if (fact) on.seen(fact);
  });
  // What changed is left out when a tab goes to a site that we may not see, and Firefox leaves it out in the middle of
  // a visit too. So the change only says that something happened; the tab itself, as it is now, says what.
  browser.tabs.onUpdated.addListener((_, change, tab) => {
    const fact = factOf(tab);
    if (fact && (change.status !== undefined || change.url !== undefined)) on.seen(fact);
  });
  browser.tabs.onRemoved.addListener((tabId, { windowId, isWindowClosing }) =>
    on.gone(tabId, windowId, isWindowClosing),
  );
  browser.tabs.onReplaced.addListener(on.replaced);
  browser.tabs.onDetached.addListener(tabId => on.moved(tabId, undefined));
  browser.tabs.onAttached.addListener((tabId, { newWindowId }) => on.moved(tabId, newWindowId));
  browser.windows.onRemoved.addListener(on.windowGone);
}

/** Every tab of every window, discarded ones too. */
export async function allTabs(): Promise<readonly TabFact[]> {
  const tabs = await browser.tabs.query({});
  return tabs.flatMap(tab => factOf(tab) ?? []);
}

function factOf(tab: Tabs.Tab): TabFact | undefined {
  if (tab.id === undefined || tab.windowId === undefined) return undefined;
  return {
    id: tab.id,
    windowId: tab.windowId,
    url: tab.url,
    loading: tab.status === 'loading',
    // Firefox says it; Chromium has two stores, named so.
    storeId: tab.cookieStoreId ?? (tab.incognito ? '1' : '0'),
  };
}
