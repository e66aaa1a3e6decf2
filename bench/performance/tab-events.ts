import { setTimeout as wait } from 'node:timers/promises';
import type { Stage } from '../../e2e/stage.ts';
import { until } from '../../e2e/until.ts';
import type { Counted } from './counted.ts';
import { computedUntil } from './process.ts';

const rounds = 20;
/** In each round a tab opens, goes on to another page, and closes. */
const eventsInRound = 3;
/** So long, in ms, no call of the browser: what an event has brought is done. */
const quietMs = 600;

/** Of one event, in the mean. */
type Cost = { readonly calls: number; readonly bytes: number; readonly computedMs: number };

/** So many are asked for in one call: one of them may not take more than a minute. */
const atOnce = 50;

/** Opens so many tabs and unloads them, as browsers do with those that nobody looks at. Each tenth shows `page`. */
export async function openMany({ browser }: Stage, many: number, page: string): Promise<void> {
  for (let opened = 0; opened < many; opened += atOnce) {
    await browser.inOther(
      `${loaded}
       const { many, page } = argument;
       for (let index = 0; index < many; index += 1) {
         await chrome.tabs.discard(await opened(index % 10 === 0 ? page : 'about:blank'));
       }`,
      { many: Math.min(atOnce, many - opened), page },
    );
  }
}

/** What tab events cost the extension: opens a page, goes to the next one and closes it, again and again. */
export async function costOf(
  { browser }: Stage,
  pages: readonly [first: string, next: string],
  counted: () => Promise<Counted>,
  pid: number,
): Promise<Cost> {
  await settled(counted);
  const before = await counted();
  const done = browser.inOther(round, { pages, rounds }).then(() => settled(counted));
  const computedMs = await computedUntil(() => [pid], done);
  const after = await counted();
  const each = (total: number) => total / rounds / eventsInRound;
  return {
    calls: each(after.calls - before.calls),
    bytes: each(after.bytes - before.bytes),
    computedMs: each(computedMs),
  };
}

/** Waits until nothing is asked of the browser any more. */
export async function settled(counted: () => Promise<Counted>): Promise<void> {
  let calls = -1;
  await until('the worker to have done all', async () => {
    const before = calls;
    await wait(quietMs);
    ({ calls } = await counted());
    return calls === before;
  });
}

const loaded = `
  const loaded = id => new Promise(resolve => {
    const look = (tab, { status }) => {
      if (tab !== id || status !== 'complete') return;
      chrome.tabs.onUpdated.removeListener(look);
      resolve();
    };
    chrome.tabs.onUpdated.addListener(look);
  });
  const opened = async url => {
    const { id } = await chrome.tabs.create({ url, active: false });
    const there = loaded(id);
    // It may have been there before anybody listened.
    const isThere = (await chrome.tabs.get(id)).status === 'complete';
    if (!isThere) await there;
    return id;
  };`;

const round = `
  ${loaded}
  const { pages: [first, next], rounds } = argument;
  for (let round = 0; round < rounds; round += 1) {
    const id = await opened(first);
    const there = loaded(id);
    await chrome.tabs.update(id, { url: next });
    await there;
    await chrome.tabs.remove(id);
  }`;
