import type { Cookies } from 'webextension-polyfill';

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
export function createEvents() {
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

export type FakeEvents = ReturnType<typeof createEvents>;
