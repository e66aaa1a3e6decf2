import { describe, expect, it, vi } from 'vitest';
import { writeSession } from '../browser/records.ts';
import type { Site } from '../fogbugz/site.ts';
import { defaultSettings } from '../session/settings.ts';
import { cookieIdentity, sessionWith, tokenOf } from '../session/stage/samples.ts';
import {
  browser,
  elsewhere,
  fogbugz,
  history,
  logOn,
  pass,
  quiet,
  setStage,
  startWorker,
  stored,
  takeNewBrowser,
  until,
} from './stage/stage.ts';

/** What the worker asks of the browser and of servers, counted: none of it may grow with what a user has open. */

setStage();

const hour = 3_600_000;

/** What was called since, how often. */
async function calledBy(happen: () => unknown): Promise<Record<string, number>> {
  await quiet();
  browser.called.clear();
  await happen();
  await quiet();
  return Object.fromEntries([...browser.called].sort());
}

/** How many addresses are parsed until all is quiet again. */
async function parsedBy(happen: () => unknown, until?: 'in its own turn'): Promise<number> {
  await quiet();
  const { URL } = globalThis;
  let count = 0;
  class Counted extends URL {
    constructor(...parts: ConstructorParameters<typeof URL>) {
      super(...parts);
      count += 1;
    }
  }
  vi.stubGlobal('URL', Counted);
  happen();
  if (until === undefined) await quiet();
  vi.stubGlobal('URL', URL);
  return count;
}

/** A worker that wakes in a browser with so many sessions, each at a site of its own, all known before. */
async function startWith(sessions: number, learnt: Pick<Site, 'webSession'> = {}): Promise<void> {
  const hosts = Array.from({ length: sessions }, (_, index) => `team-${index}.fogbugz.com`);
  const base = (host: string) => `https://${host}/`;
  takeNewBrowser();
  browser.memory = { run: Date.now() };
  browser.disk = {
    welcomed: true,
    sites: Object.fromEntries(
      hosts.map(host => [
        base(host),
        {
          base: base(host),
          dialect: 'json',
          endpoint: `${base(host)}f/api/0/jsonapi`,
          redirected: false,
          ...learnt,
        },
      ]),
    ),
  };
  const records = hosts.map(host => {
    const token = tokenOf(fogbugz.logOn(host));
    browser.setCookie({ domain: host, value: token.reveal() });
    return writeSession(
      sessionWith({
        id: host,
        site: base(host),
        token,
        source: { is: 'web', cookie: { ...cookieIdentity, domain: host } },
        person: { name: 'Ada', email: 'ada@example.com' },
        state: { is: 'open', inUse: false },
      }),
    );
  });
  browser.disk = Object.assign(browser.disk, ...records);
  browser.openTab({ id: 900, windowId: 1, url: elsewhere });
  await startWorker();
}

/** Holds every reply until so many are there, complete, and then gives them all in one turn. */
function allAtOnce(count: number, network: typeof fetch): typeof fetch {
  let held: (() => void)[] = [];
  return async (...request) => {
    const reply = await network(...request);
    const text = await reply.text();
    await new Promise<void>(resolve => {
      held.push(resolve);
      if (held.length < count) return;
      for (const release of held) release();
      held = [];
    });
    return new Response(text, reply);
  };
}

describe('with nobody logged on', () => {
  it('asks nothing, writes nothing and sets no alarm, however the user browses and however long', async () => {
    await startWorker();
    const called = await calledBy(async () => {
      for (let id = 1; id <= 20; id += 1) browser.openTab({ id, windowId: 1, url: elsewhere });
      for (let id = 1; id <= 20; id += 1) browser.goTo(id, `${elsewhere}${id}`);
      for (let id = 2; id <= 20; id += 1) browser.closeTab(id);
      for (let minutes = 0; minutes < 60; minutes += 1) await pass(hour / 60);
    });
    expect(called).toEqual({});
    expect(browser.alarm).toBeUndefined();
    expect(fogbugz.asked('viewPerson')).toEqual([]);
    expect(fogbugz.asked('logoff')).toEqual([]);
  });
});

const first = 'https://team-0.fogbugz.com/';

/** One after the other, in one browser. */
const events: readonly (readonly [string, () => void])[] = [
  ['a FogBugz tab opens', () => browser.openTab({ id: 1, windowId: 1, url: first })],
  ['a second one opens', () => browser.openTab({ id: 2, windowId: 1, url: first })],
  ['another page of FogBugz comes', () => browser.goTo(1, `${first}f/cases`)],
  ['a second tab closes', () => browser.closeTab(2)],
  ['a tab of nobody opens', () => browser.openTab({ id: 3, windowId: 1, url: elsewhere })],
  ['the user comes back', () => browser.userBecomes('active')],
  ['the last tab closes', () => browser.closeTab(1)],
];

describe('an event', () => {
  it('asks as much of the browser with a thousand sessions as with two', { timeout: 60_000 }, async () => {
    const counts = [];
    for (const sessions of [2, 1_000]) {
      await startWith(sessions);
      const each: Record<string, object> = {};
      for (const [name, happen] of events) each[name] = await calledBy(happen);
      counts.push(each);
    }
    expect(counts[1]).toEqual(counts[0]);
  });

  it('asks and writes as much with a thousand tabs as with a hundred', { timeout: 60_000 }, async () => {
    const counts = [];
    for (const tabs of [100, 1_000]) {
      await startWith(2);
      // As many digits in each of their numbers, which are remembered.
      for (let id = 1_001; id <= 1_000 + tabs; id += 1)
        browser.openTab({ id, windowId: 1, url: id % 10 === 0 ? first : elsewhere });
      browser.openTab({ id: 9_999, windowId: 1, url: elsewhere });
      const each: Record<string, object> = {};
      for (const [name, happen] of events) {
        browser.bytesWritten = 0;
        const called = await calledBy(happen);
        each[name] = { ...called, bytes: browser.bytesWritten };
      }
      counts.push(each);
    }
    expect(counts[1]).toEqual(counts[0]);
  });

  it.each<[string, () => void]>([
    ['a window closes, in which each has its page', () => browser.closeWindow(2)],
    ['the user locks the screen', () => browser.userBecomes('locked')],
    ['the user presses the keys', () => browser.events.command.fire('log-off', { id: 900 })],
  ])('writes sessions as often for a hundred as for ten when %s', async (_, happen) => {
    const writes = [];
    for (const sessions of [10, 100]) {
      await startWith(sessions);
      browser.disk = { ...browser.disk, settings: { ...defaultSettings, lock: true } };
      browser.killWorker();
      await startWorker();
      for (let index = 0; index < sessions; index += 1)
        browser.openTab({ id: index + 1, windowId: 2, url: `https://team-${index}.fogbugz.com/f/cases` });
      await quiet();
      browser.called.clear();
      happen();
      await until(() => stored().every(({ state }) => state.is !== 'open'));
      const { called } = browser;
      writes.push({ disk: called.get('local.set session'), memory: called.get('session.set view') });
    }
    expect(writes[1]).toEqual(writes[0]);
    expect(writes[0]?.disk).toBeGreaterThan(0);
  });

  it('parses as many addresses however many sessions and pages of FogBugz there are', async () => {
    const parsed: number[] = [];
    for (const [sessions, others] of [
      [10, 0],
      [100, 0],
      [10, 100],
    ] as const) {
      await startWith(sessions);
      browser.openTab({ id: 1, windowId: 1, url: first });
      for (let id = 1_000; id < 1_000 + others; id += 1)
        browser.openTab({ id, windowId: 1, url: `https://else-${id}.fogbugz.com/f/cases` });
      parsed.push(await parsedBy(() => browser.goTo(1, `${first}f/cases`)));
    }
    expect(new Set(parsed).size).toBe(1);
    expect(parsed[0]).toBeGreaterThan(0);
  });

  it('parses a few addresses for each session as the browser closes, not one for each pair of them', async () => {
    await startWith(100);
    // Before anything else has its turn: what the closing function itself does.
    const parsed = await parsedBy(() => browser.closeTab(900), 'in its own turn');
    expect(parsed).toBeGreaterThanOrEqual(100);
    expect(parsed).toBeLessThanOrEqual(500);
  });

  it('saves all that is logged off in one write, before the first request', async () => {
    await startWith(100);
    browser.called.clear();
    await browser.send({ do: 'log-off-everywhere' });
    expect(browser.called.get('local.set session')).toBe(1);
    expect(browser.called.get('session.set view')).toBe(1);
    await quiet();
    expect(new Set(fogbugz.asked('logoff')).size).toBe(100);
  });

  it('of a hundred answers at once writes as often as of ten, and as much for each', async () => {
    const { fetch } = globalThis;
    const costs = [];
    for (const sessions of [10, 100]) {
      await startWith(sessions, { webSession: 'ends-too' });
      browser.called.clear();
      browser.bytesWritten = 0;
      vi.stubGlobal('fetch', allAtOnce(sessions, fetch));
      await browser.send({ do: 'log-off-everywhere' });
      await until(() => stored().length === 0);
      await quiet();
      vi.stubGlobal('fetch', fetch);
      expect(history().filter(({ confirmed }) => confirmed)).toHaveLength(sessions);
      const {
        'cookies.getAll': looks = 0,
        'cookies.set': removals = 0,
        ...called
      } = Object.fromEntries(browser.called);
      expect(looks / sessions).toBeLessThanOrEqual(3);
      expect(removals).toBe(sessions);
      costs.push({ called, bytesForEach: browser.bytesWritten / sessions });
    }
    const [few, many] = costs;
    expect(many?.called).toEqual(few?.called);
    // A hundredth more: their numbers are longer.
    expect(many?.bytesForEach).toBeLessThanOrEqual((few?.bytesForEach ?? 0) * 1.01);
  });

  it('reads a cookie once, however many sessions it has had', async () => {
    await startWith(1);
    browser.killWorker();
    for (let former = 0; former < 200; former += 1) {
      const session = sessionWith({
        id: `former ${former}`,
        site: first,
        token: tokenOf(`former${former}`.padEnd(20, 'x')),
        source: { is: 'web', cookie: { ...cookieIdentity, domain: 'team-0.fogbugz.com' } },
        state: {
          is: 'owed',
          trigger: 'replaced',
          since: Date.now(),
          attempts: 3,
          attempt: { is: 'waiting', until: Date.now() + hour },
        },
      });
      browser.disk = { ...browser.disk, ...writeSession(session) };
    }
    await startWorker();
    browser.openTab({ id: 1, windowId: 1, url: first });
    const called = await calledBy(() => browser.goTo(1, `${first}f/cases`));
    expect(called).toEqual({ 'cookies.getAll': 1 });
  });
});

describe('with a session', () => {
  it('keeps its line warm for an hour without a write to the storage or an alarm', async () => {
    await startWorker();
    await logOn();
    const asked = fogbugz.asked('viewPerson').length;
    const called = await calledBy(async () => {
      for (let step = 0; step < 180; step += 1) await pass(hour / 180);
    });
    // What keeps the worker awake, and whether its user is there: each three times a minute.
    expect(called).toEqual({ 'idle.queryState': 180, 'runtime.getPlatformInfo': 180 });
    expect(browser.alarm).toBeUndefined();
    expect(fogbugz.asked('viewPerson')).toHaveLength(asked);
  });

  it('does nothing at all while no page shows it', async () => {
    await startWith(3);
    const called = await calledBy(async () => {
      for (let minutes = 0; minutes < 60; minutes += 1) await pass(hour / 60);
    });
    expect(called).toEqual({});
  });

  it('asks the browser nothing between the end of the last tab and the request', async () => {
    await startWorker();
    await logOn();
    await quiet();
    browser.called.clear();
    const before: unknown[] = [];
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', (...request: Parameters<typeof fetch>) => {
      before.push([...browser.called]);
      return fetch(...request);
    });
    browser.closeTab(1);
    // In the very turn of the event: nothing has been awaited.
    expect(before).toEqual([[]]);
    await quiet();
  });
});
