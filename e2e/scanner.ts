/** Looks everywhere that an end-to-end story can see for tokens and passwords; `secrets.ts` says where they may stand. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { processesWith } from '../src/guard/stage/processes.ts';
import type { Browser, Page, Tab } from './browser.ts';
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
import { isOwn } from './watched.ts';

export type Scanner = {
  /**
   * Looks at what lives: storage, pages, console, processes. What can't be looked at is reported as well, except where
   * the browser is gone, or going.
   *
   * @param answers whether the extension can be asked: a story may have ended it on purpose
   */
  live(browser: Browser, answers?: boolean): Promise<void>;
  /** Has the words of every notice of this worker told from now on. Once notices are permitted, and in each worker. */
  notices(browser: Browser): Promise<void>;
  /** Looks at what a page of the extension shows now; to be called before it closes. */
  page(page: Page): Promise<void>;
  /** Looks at the files of a folder, such as a profile whose browser is gone. */
  files(folder: string): Promise<void>;
  /** Everything found by now, the requests and all that the console said included. */
  leaks(browser: Browser): readonly Leak[];
};

/** How long anything may take to be looked at, ms: Chromium takes seconds to tell a policy as it starts. */
const patienceMs = 10_000;
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
  /** What comes of looking somewhere. Where nothing does, that is found, unless `isGone` tells that nothing is there. */
  const look = async <T>(
    what: string,
    work: Promise<T>,
    isGone: () => Promise<boolean>,
  ): Promise<T | undefined> => {
    try {
      return await within(what, work, patienceMs);
    } catch (error) {
      if (!(await isGone())) found.add(unseen(what, String(error)));
      return undefined;
    }
  };

  const worker = async (browser: Browser): Promise<void> => {
    const known = secrets();
    const seen = await look(
      'the storage',
      browser.inWorker<{ readonly untold: boolean; readonly stored: readonly Seen[] | null }>(
        readAreas,
        areas,
      ),
      () => ends(browser),
    );
    if (seen?.untold) found.add('notices may come, and nobody looks at them');
    for (const [index, area] of areas.entries()) {
      const { stored, why } = seen?.stored?.[index] ?? {};
      if (why !== undefined) found.add(unseen(`storage.${area}`, why));
      note(leaksInStorage(area, stored ?? {}, known));
    }
  };

  const page = async (one: Page, isGone: () => Promise<boolean> = never): Promise<void> => {
    // The markup has no value that is typed: the field is where a token may be pasted.
    const script = 'return [location.pathname.slice(1), document.documentElement.outerHTML]';
    const seen = await look('a page of the extension', one.evaluate<[string, string]>(script), isGone);
    if (seen) note(leaksIn(`a page of the extension, ${seen[0]}`, seen[1], secrets()));
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
    async live(browser, answers = true) {
      if (await isOver(browser)) return;
      processes();
      const going = () => ends(browser);
      if (answers) await worker(browser);
      note(
        leaksIn('the clipboard', (await look('the clipboard', browser.clipboard(), going)) ?? '', secrets()),
      );
      for (const tab of (await look('the tabs', browser.tabs(), going)) ?? []) {
        const isGone = async () => !(await isThere(browser, tab)) || going();
        const url = (await look('the address of a tab', tab.url(), isGone)) ?? '';
        if (isOwn(url)) await page(tab, isGone);
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

const never = (): Promise<boolean> => Promise.resolve(false);

const unseen = (what: string, why: string): Leak => `${what} could not be looked at: ${why}`;

/** What is in a storage area, or why nobody knows. */
type Seen = { readonly stored?: Readonly<Record<string, unknown>>; readonly why?: string };

/**
 * In the worker. Nothing for an extension without a storage; Firefox has no policy to read where nobody has set one, and
 * Chromium answers of policies only once it has read them, seconds after its start: nothing can be written there.
 */
const readAreas = `
  const { storage, notifications } = globalThis.browser ?? chrome;
  const read = async area => {
    const [limitMs, silence] = area === 'managed' ? [1_000, {}] : [${patienceMs - 2_000}, { why: 'no answer' }];
    let limit;
    const silent = new Promise(resolve => { limit = setTimeout(resolve, limitMs, silence); });
    const stored = storage[area].get(null).then(
      stored => ({ stored }),
      error => (/^Managed storage manifest not found$/.test(error?.message) ? {} : { why: String(error) }),
    );
    return Promise.race([stored, silent]).finally(() => clearTimeout(limit));
  };
  const stored = storage ? await Promise.all(argument.map(read)) : null;
  return { stored, untold: Boolean(notifications) && !globalThis.noticesAreTold };`;

async function isThere(browser: Browser, { id }: Tab): Promise<boolean> {
  const tabs = await within('the tabs', browser.tabs(), patienceMs).catch(() => []);
  return tabs.some(tab => tab.id === id);
}

/** Whether it is over, or will be in a moment: it may have been on its way out when it was looked at. */
const ends = (browser: Browser): Promise<boolean> =>
  within('the end', browser.ended(), patienceMs).then(
    () => true,
    () => false,
  );

async function isOver(browser: Browser): Promise<boolean> {
  let over = false;
  void browser.ended().then(() => {
    over = true;
  });
  await turn();
  return over;
}
