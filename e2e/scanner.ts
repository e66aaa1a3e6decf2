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

  const storage = async (browser: Browser): Promise<void> => {
    const stored = await soon(
      'the storage',
      browser.inWorker<readonly Record<string, unknown>[]>(
        `const { storage } = globalThis.browser ?? chrome;
         const silent = new Promise(resolve => setTimeout(resolve, 1000, {}));
         return Promise.all(argument.map(area => Promise.race([storage[area].get(null).catch(() => ({})), silent])));`,
        areas,
      ),
    );
    for (const [index, area] of areas.entries()) note(leaksInStorage(area, stored?.[index] ?? {}, secrets()));
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
    async live(browser) {
      if (await isOver(browser)) return;
      processes();
      await storage(browser);
      for (const tab of (await soon('the tabs', browser.tabs())) ?? []) {
        const url = (await soon('the address of a tab', tab.url())) ?? '';
        if (/^(chrome|moz)-extension:/.test(url)) await page(tab);
      }
    },
    async files(folder) {
      note(await leaksInFiles(folder, secrets()));
    },
    leaks(browser) {
      for (const line of browser.console()) note(leaksIn('the console', line, secrets()));
      for (const request of sandboxes.flatMap(one => one.requests()))
        note(leaksInRequest(request, secrets()));
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
