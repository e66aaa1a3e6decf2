import { type Stage, setStage } from '../../e2e/stage.ts';
import { until } from '../../e2e/until.ts';
import { ratioWithin, spread, table, valuesOf } from './compare.ts';
import { type Counted, countCalls } from './counted.ts';
import { withRival } from './extensions.ts';
import type { Cell, Part, Rows, Try, World } from './part.ts';
import { busiest, extensionProcesses, memoryKb } from './process.ts';
import { costOf, openMany, settled } from './tab-events.ts';

const sizes = [
  { sessions: 1, tabs: 10 },
  { sessions: 10, tabs: 10 },
  { sessions: 10, tabs: 100 },
  { sessions: 10, tabs: 1_000 },
  { sessions: 100, tabs: 10 },
  { sessions: 300, tabs: 10 },
  { sessions: 1_000, tabs: 10 },
] as const;
type Size = (typeof sizes)[number];

const nameOf = ({ sessions, tabs }: Size): string => `${sessions} sessions, ${tabs} tabs`;
const cellOf = (size: Size): Cell => ({
  browser: 'chromium',
  subject: 'ours',
  what: nameOf(size),
  roundTripMs: 0,
});

/** Chromium keeps no more than 180 cookies for each of the two domains. What goes beyond that is pasted. */
const mostCookies = 300;
const pastedAtOnce = 100;
const domains = ['fogbugz.com', 'manuscript.com'];
const patience = { ms: 240_000 };

/**
 * What many sessions at as many sites, and many tabs, make of: a tab event, what is stored, the memory; and "Log off
 * everywhere" until the last log-off that the server has parsed, beside as many bare requests that a page makes at once,
 * and until the last record is gone after its proof. Before that: from as many cookies and pasted tokens at once to the last
 * session whose person is known.
 */
export const growth: Part = {
  name: 'growth',
  cells: sizes.map(cellOf),
  tries: 3,
  measure: (cell, world) => withRival('mover', 'chromium', folder => measure(cell, world, folder)),
  lines: linesOf,
};

const bare = `
  const from = Date.now();
  for (const { host, token } of argument)
    void fetch('https://' + host + '/f/api/0/jsonapi', {
      method: 'POST', credentials: 'omit', cache: 'no-store', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ cmd: 'logoff', token }),
    });
  return from;`;
const setCookies = `
  for (const { host, token } of argument)
    await chrome.cookies.set({ url: 'https://' + host + '/', name: 'fbToken', value: token, httpOnly: true, secure: true });`;
const paste = `
  const took = await Promise.all(argument.map(({ host, token }) => chrome.runtime.sendMessage({
    ask: 'take-token', site: 'https://' + host + '/', token, kind: 'session', window: 'ordinary',
  })));
  if (took.some(answer => answer.is !== 'taken')) throw new Error(JSON.stringify(took));`;
const known = `
  const stored = Object.entries(await chrome.storage.local.get(null));
  return stored.filter(([key, { person }]) => key.startsWith('session:') && person).length;`;
const everywhere = `
  const from = Date.now();
  void chrome.runtime.sendMessage({ do: 'log-off-everywhere' });
  return from;`;
const compute = 'const end = Date.now() + 500; while (Date.now() < end); return 0;';

async function measure({ what }: Cell, world: World, beside: string): Promise<Try> {
  const size = sizes.find(one => nameOf(one) === what);
  if (!size) throw new Error(`Nothing is called ${what}`);
  const stage = await setStage('chromium', { ...world, beside });
  try {
    const { browser, sandbox } = stage;
    const hosts = Array.from({ length: size.sessions }, (_, index) => `team-${index}.${domains[index % 2]}`);
    const births = () => hosts.map(host => ({ host, token: sandbox.birth(host, 'ada@example.com') }));
    const [sessions, others] = [births(), births()];
    // For a user who has gone away no worker is kept awake.
    await browser.stirUser();
    const counted = await countCalls(stage);

    // A page of ours that shows no session: what drawing them costs is not asked here.
    const page = await welcomePage(stage);
    const takenFrom = Date.now();
    await browser.inWorker(setCookies, sessions.slice(0, mostCookies));
    for (let from = mostCookies; from < sessions.length; from += pastedAtOnce)
      await page.evaluate(paste, sessions.slice(from, from + pastedAtOnce));
    // The last that is learnt of each is whose it is; after that nothing is under way.
    const isKnown = async () => (await browser.inWorker<number>(known)) === hosts.length;
    await until('every session', isKnown, { ...patience, every: 100 });
    const takenMs = Date.now() - takenFrom;
    await settled(counted);
    const taken = await counted();
    await page.close();

    const site = `https://${hosts[0]}/`;
    // One is there from the start.
    await openMany(stage, size.tabs - 1, `${site}f/cases`);
    const tabs = await browser.inOther<number>('return (await chrome.tabs.query({})).length');
    if (tabs !== size.tabs) throw new Error(`There are ${tabs} tabs`);
    const pid = await busiest(extensionProcesses(browser.pid), () => browser.inWorker(compute));
    const own = await costOf(stage, [`${site}f/cases`, `${site}f/filters`], counted, pid);
    const foreign = ['https://elsewhere.test/one', 'https://elsewhere.test/two'] as const;
    const other = await costOf(stage, foreign, counted, pid);
    const memory = memoryKb(pid);

    const bytes = await browser.inWorker<number>('return chrome.storage.local.getBytesInUse(null)');
    const ends = await logOffAll(stage, sessions, others, counted);
    return {
      version: browser.version,
      at: Date.now(),
      values: {
        takenMs,
        takenBytes: taken.bytes,
        ownCalls: own.calls,
        ownBytes: own.bytes,
        ownMs: own.computedMs,
        otherCalls: other.calls,
        otherBytes: other.bytes,
        otherMs: other.computedMs,
        memoryKb: memory,
        bytes,
        ...ends,
      },
    };
  } finally {
    await stage.browser.dispose();
    await stage.sandbox.stop();
  }
}

type Born = readonly { readonly host: string; readonly token: string }[];

async function logOffAll(
  stage: Stage,
  sessions: Born,
  others: Born,
  counted: () => Promise<Counted>,
): Promise<Record<string, number>> {
  const dead = async (born: Born): Promise<number> => {
    const lives = () => born.map(({ token }) => stage.life(token).diedAt);
    await until('every log-off', () => lives().every(at => at !== undefined), patience);
    return Math.max(...lives().map(at => at ?? Number.NaN));
  };
  const page = await welcomePage(stage);
  const bareFrom = await page.evaluate<number>(bare, others);
  const bareMs = (await dead(others)) - bareFrom;
  const before = await counted();
  const from = await page.evaluate<number>(everywhere);
  const ms = (await dead(sessions)) - from;
  const isOver = async () => (await stage.browser.inWorker<number>(known)) === 0;
  await until('every proof', isOver, { ...patience, every: 100 });
  const endedMs = Date.now() - from;
  await settled(counted);
  const after = await counted();
  return { bareMs, ms, endedMs, endedBytes: after.bytes - before.bytes };
}

async function welcomePage({ browser }: Stage) {
  return browser.openTab(
    await browser.inWorker<string>(`return chrome.runtime.getURL('src/welcome/welcome.html')`),
  );
}

function linesOf(rows: Rows): readonly string[] {
  const measured = sizes
    .map(size => ({ size, tries: rows(cellOf(size)) }))
    .filter(({ tries }) => tries.length > 0);
  const said = (tries: readonly Try[], name: string, digits: number, scale = 1) =>
    spread(
      valuesOf(tries, name).map(value => value * scale),
      value => value.toFixed(digits),
    );
  return [
    '',
    'Of one tab event, in the mean of sixty: a tab opens, goes on, closes.',
    '',
    ...table(
      [
        'sessions',
        'tabs',
        'at FogBugz: calls',
        'bytes written',
        'computed, ms',
        'elsewhere: calls',
        'bytes written',
        'computed, ms',
        'memory of the process, MiB',
      ],
      measured.map(({ size, tries }) => [
        String(size.sessions),
        String(size.tabs),
        said(tries, 'ownCalls', 1),
        said(tries, 'ownBytes', 0),
        said(tries, 'ownMs', 1),
        said(tries, 'otherCalls', 1),
        said(tries, 'otherBytes', 0),
        said(tries, 'otherMs', 1),
        said(tries, 'memoryKb', 0, 1 / 1024),
      ]),
    ),
    '',
    'From being taken in to the proof of the end, with ten tabs; bytes and the last columns are for each session.',
    '',
    ...table(
      [
        'sessions',
        'ours ÷ as many bare requests',
        'bare, ms',
        'ours, ms',
        'ours, ms each',
        'until all are proven and gone, ms each',
        'written for it, bytes each',
        'taken in, ms each',
        'written for it, bytes each',
        'stored, bytes each',
      ],
      measured
        .filter(({ size }) => size.tabs === 10)
        .map(({ size: { sessions }, tries }) => [
          String(sessions),
          ratioWithin(tries, 'ms', 'bareMs'),
          said(tries, 'bareMs', 0),
          said(tries, 'ms', 0),
          said(tries, 'ms', 1, 1 / sessions),
          said(tries, 'endedMs', 1, 1 / sessions),
          said(tries, 'endedBytes', 0, 1 / sessions),
          said(tries, 'takenMs', 0, 1 / sessions),
          said(tries, 'takenBytes', 0, 1 / sessions),
          said(tries, 'bytes', 0, 1 / sessions),
        ]),
    ),
  ];
}
