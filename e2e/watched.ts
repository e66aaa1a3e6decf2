import type { Browser, Page, Tab } from './browser.ts';
import { within } from './until.ts';

/** A page that takes longer than this to say that it is there, ms, is none. */
const patienceMs = 3_000;

/** What is to be done with a page of the extension before it goes. */
type Look = (page: Page) => Promise<void>;

/** A browser whose pages of the extension are looked at as they go. */
export type Watched = {
  readonly browser: Browser;
  /** Whether the extension can be asked: a story may have removed it, or have made every call of its hang. */
  answers(): boolean;
};

/**
 * Has each page of the extension looked at before a story closes it, leaves it or loads it again: the popup, the
 * options, the welcome. Before the browser or the extension ends by a call that can wait, the open ones are. What goes
 * by a signal, by keys or by itself is not.
 */
export function watched(browser: Browser, look: Look): Watched {
  const open = new Set<Page>();
  let answers = true;

  const page = (one: Page): Page => {
    open.add(one);
    return {
      ...one,
      async close() {
        await look(one);
        open.delete(one);
        await one.close();
      },
    };
  };

  /** @param own whether it shows a page of the extension; else its address tells, as soon as somebody asks for it. */
  const tab = (one: Tab, own: boolean): Tab => {
    const note = (url: string): void => {
      if (isOwn(url)) open.add(one);
      else open.delete(one);
    };
    const lookFirst = async (): Promise<void> => {
      if (open.has(one)) await look(one);
    };
    if (own) open.add(one);
    return {
      ...one,
      // Another one once it was unloaded.
      get id() {
        return one.id;
      },
      async url() {
        const url = await one.url();
        note(url);
        return url;
      },
      async goto(url) {
        await lookFirst();
        await one.goto(url);
        note(url);
      },
      async reload() {
        await lookFirst();
        await one.reload();
      },
      async close() {
        await lookFirst();
        open.delete(one);
        await one.close();
      },
    };
  };

  /** Those that are there still: a page may have gone by itself. */
  const lookAtAll = async (): Promise<void> => {
    for (const one of open)
      if (await within('a page', one.evaluate('return true'), patienceMs).catch(() => false)) await look(one);
    open.clear();
  };
  const lastLook = (end: () => Promise<void>, answersThen: boolean) => async (): Promise<void> => {
    await lookAtAll();
    await end();
    answers = answersThen;
  };
  const then = (change: () => Promise<void>, answersThen: boolean) => async (): Promise<void> => {
    await change();
    answers = answersThen;
  };

  return {
    answers: () => answers,
    browser: {
      ...browser,
      openTab: async (url, options) => tab(await browser.openTab(url, options), isOwn(url)),
      openWindow: async url => tab(await browser.openWindow(url), isOwn(url)),
      openPrivateWindow: async url => tab(await browser.openPrivateWindow(url), isOwn(url)),
      tabs: async () => (await browser.tabs()).map(one => tab(one, false)),
      openPopup: async () => page(await browser.openPopup()),
      openOptions: async () => page(await browser.openOptions()),
      closeWindow: lastLook(browser.closeWindow, true),
      quit: lastLook(browser.quit, true),
      allowInPrivateWindows: lastLook(browser.allowInPrivateWindows, true),
      reloadExtension: lastLook(browser.reloadExtension, true),
      disableExtension: lastLook(browser.disableExtension, false),
      removeExtension: lastLook(browser.removeExtension, false),
      enableExtension: then(browser.enableExtension, true),
      hangBrowserCalls: then(browser.hangBrowserCalls, false),
      killWorker: then(browser.killWorker, true),
    },
  };
}

export const isOwn = (url: string): boolean => /^(chrome|moz)-extension:/.test(url);
