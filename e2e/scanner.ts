/** Looks everywhere that an end-to-end story can see for tokens and passwords; `secrets.ts` says where they may stand. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { processesWith } from '../src/guard/stage/processes.ts';
import type { Browser, Page } from './browser.ts';
import {
  type AreaName,
  type Leak,
  leaksIn,
  leaksInFiles,
  leaksInRequest,
  leaksInStorage,
  type Secret,
} from './secrets.ts';
import { within } from './until.ts';

export type Scanner = {
  /** Looks at what lives: storage, pages, console, processes. Does nothing once the browser is gone. */
  live(browser: Browser): Promise<void>;
  /** Has the words of every notice of this worker told from now on. Once notices are permitted, and in each worker. */
  notices(browser: Browser): Promise<void>;
  /** Looks at what a page of the extension shows now; to be called before it closes. */
  page(page: Page): Promise<void>;
  /** Looks at the files of a folder, such as a profile whose browser is gone. */
  files(folder: string): Promise<void>;
  /** Everything found by now, the requests and all that the console said included. */
  leaks(browser: Browser): readonly Leak[];
};

/** A worker that hangs, or is gone for good, is some stories' point. */
const patienceMs = 3_000;
const areas: readonly AreaName[] = ['local', 'session', 'sync', 'managed'];
const notice = 'A notice: ';

/** No browser can be asked for the words of a notice, so they are noted in the console, which is looked at. */
const tellNotices = `
  globalThis.noticesAreTold = true;
  for (const api of new Set([globalThis.browser?.notifications, globalThis.chrome?.notifications])) {
    if (!api) continue;
    const { create } = api;
    const value = (...words) => {
      console.info(argument + JSON.stringify(words));
      return create.apply(api, words);
    };
    Object.defineProperty(api, 'create', { value, configurable: true, writable: true });
  }`;

export function createScanner(sandboxes: readonly Sandbox[], passwords: readonly string[]): Scanner {
  const found = new Set<Leak>();
  const note = (leaks: readonly Leak[]): void => {
    for (const leak of leaks) found.add(leak);
  };
  const secrets = (): readonly Secret[] => [
    ...sandboxes.flatMap(one => one.tokens()).map(({ token, host }) => ({ text: token, host })),
    ...passwords.map(text => ({ text })),
  ];
  const soon = <T>(what: string, work: Promise<T>): Promise<T | undefined> =>
    within(what, work, patienceMs).catch(() => undefined);

  const worker = async (browser: Browser): Promise<void> => {
    const known = secrets();
    const seen = await soon(
      'the storage',
      browser.inWorker<{ readonly untold: boolean; readonly stored: readonly Record<string, unknown>[] }>(
        `const { storage, notifications } = globalThis.browser ?? chrome;
         const silent = new Promise(resolve => setTimeout(resolve, 1000, {}));
         const stored = await Promise.all(
           argument.map(area => Promise.race([storage[area].get(null).catch(() => ({})), silent])),
         );
         return { stored, untold: Boolean(notifications) && !globalThis.noticesAreTold };`,
        areas,
      ),
    );
    if (seen?.untold) found.add('notices may come, and nobody looks at them');
    for (const [index, area] of areas.entries()) note(leaksInStorage(area, seen?.stored[index] ?? {}, known));
  };

  const page = async (one: Page): Promise<void> => {
    // The markup has no value that is typed: the field is where a token may be pasted.
    const markup = await soon('the page', one.evaluate<string>('document.documentElement.outerHTML'));
    note(leaksIn('a page of the extension', markup ?? '', secrets()));
  };

  const processes = (): void => {
    const all = secrets();
    for (const { pid, commandLine, environment } of processesWith('')) {
      note(leaksIn(`the command line of process ${pid}`, commandLine, all));
      note(leaksIn(`the environment of process ${pid}`, environment, all));
    }
  };

  return {
    page,
    async notices(browser) {
      const origin = await browser.inWorker<string>('return location.origin');
      // Named, because Chromium's log is read by whose script it was.
      await browser.inWorker(`${tellNotices}\n//# sourceURL=${origin}/notices.js\n`, notice);
    },
    async live(browser) {
      if (await isOver(browser)) return;
      processes();
      await worker(browser);
      note(leaksIn('the clipboard', (await soon('the clipboard', browser.clipboard())) ?? '', secrets()));
      for (const tab of (await soon('the tabs', browser.tabs())) ?? []) {
        const url = (await soon('the address of a tab', tab.url())) ?? '';
        if (/^(chrome|moz)-extension:/.test(url)) await page(tab);
      }
    },
    async files(folder) {
      note(await leaksInFiles(folder, secrets()));
    },
    leaks(browser) {
      const known = secrets();
      for (const line of browser.console())
        note(leaksIn(line.includes(notice) ? 'a notice' : 'the console', line, known));
      for (const request of sandboxes.flatMap(one => one.requests())) note(leaksInRequest(request, known));
      return [...found];
    },
  };
}

async function isOver(browser: Browser): Promise<boolean> {
  let over = false;
  void browser.ended().then(() => {
    over = true;
  });
  await turn();
  return over;
}
