/**
 * Measures what the closing function delivers, without any help of a next start: real browsers, real ends, a token of
 * its own for each session. Fills `docs/exits.md`. `npm run exits`, or with names of browsers as arguments.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { BrowserName } from '../e2e/browser.ts';
import { type Display, startDisplay } from '../e2e/display.ts';
import { pageOf, type Stage, setStage } from '../e2e/stage.ts';
import { until, within } from '../e2e/until.ts';
import { type Certificate, makeCertificate } from '../sandbox/certificate.ts';

type Ending = 'window button' | 'Ctrl+W' | 'quit' | 'SIGINT' | 'SIGTERM';
type Cell = {
  readonly browser: BrowserName;
  readonly ending: Ending;
  readonly line: 'warm' | 'cold';
  readonly roundTripMs: number;
  readonly sessions: number;
  /** One at each of several sites, or all at one site, each in a container of its own. */
  readonly at: 'sites' | 'containers';
  readonly tries: number;
};
type Result = Cell & {
  readonly version: string;
  /** Tokens dead when the browser was gone, of all there were. */
  readonly dead: number;
  readonly tokens: number;
  /** From the end's beginning to the log-off parsed by the server, ms, of those that came. */
  readonly afterMs: readonly number[];
  /** From the end's beginning to the end of the browser's process, ms. */
  readonly goneMs: readonly number[];
};

const file = fileURLToPath(new URL('../docs/exits.md', import.meta.url));
const marks = { from: '<!-- measured -->', to: '<!-- /measured -->' };

const endings: Record<BrowserName, readonly Ending[]> = {
  chromium: ['window button', 'Ctrl+W', 'SIGINT', 'quit', 'SIGTERM'],
  firefox: ['window button', 'Ctrl+W', 'quit', 'SIGTERM'],
};
const hopeless: readonly Ending[] = ['SIGTERM'];

function cellsOf(browser: BrowserName): readonly Cell[] {
  const one = endings[browser].flatMap(ending =>
    [0, 150].map(
      (roundTripMs): Cell => ({
        browser,
        ending,
        line: 'warm',
        roundTripMs,
        sessions: 1,
        at: 'sites',
        tries: hopeless.includes(ending) ? 3 : 10,
      }),
    ),
  );
  const more = [3, 10, 100].flatMap(sessions =>
    [0, 150].map(
      (roundTripMs): Cell => ({
        browser,
        ending: 'window button',
        line: 'warm',
        roundTripMs,
        sessions,
        at: 'sites',
        tries: sessions > 10 ? 1 : 3,
      }),
    ),
  );
  const containers = [0, 150].map(
    (roundTripMs): Cell => ({
      browser,
      ending: 'window button',
      line: 'warm',
      roundTripMs,
      sessions: 3,
      at: 'containers',
      tries: 5,
    }),
  );
  const cold = [0, 20, 150].map(
    (roundTripMs): Cell => ({
      browser,
      ending: 'window button',
      line: 'cold',
      roundTripMs,
      sessions: 1,
      at: 'sites',
      tries: 5,
    }),
  );
  return [...one, ...more, ...(browser === 'firefox' ? containers : []), ...cold];
}

const wanted = process.argv.slice(2);
const browsers = (['chromium', 'firefox'] as const).filter(
  name => wanted.length === 0 || wanted.includes(name),
);
const display = await startDisplay();
const certificate = await makeCertificate();
const results: Result[] = [];
try {
  for (const browser of browsers) {
    for (const cell of cellsOf(browser)) {
      const result = await measure(cell, display, certificate);
      results.push(result);
      console.log(rowOf(result));
    }
    write(
      browser,
      results.filter(result => result.browser === browser),
    );
  }
} finally {
  await display.stop();
}
process.exit(0);

async function measure(cell: Cell, { name }: Display, certificate: Certificate): Promise<Result> {
  let version = '';
  let dead = 0;
  const afterMs: number[] = [];
  const goneMs: number[] = [];
  for (let attempt = 0; attempt < cell.tries; attempt += 1) {
    const stage = await setStage(cell.browser, {
      display: name,
      certificate,
      sandbox: { roundTripMs: cell.roundTripMs, ...(cell.line === 'cold' ? { idleLimitMs: 500 } : {}) },
    });
    try {
      version = stage.browser.version;
      const tokens = await logOnEverywhere(stage, cell);
      const from = Date.now();
      await begin(stage, cell.ending);
      goneMs.push((await within('the end of the browser', stage.browser.ended(), 60_000)) - from);
      // What is on its way may still arrive: as long as two round trips, and then some.
      await until('the last log-off to arrive', () => tokens.every(token => stage.life(token).diedAt), {
        ms: 1_000 + 2 * cell.roundTripMs,
      }).catch(() => undefined);
      for (const token of tokens) {
        const { diedAt } = stage.life(token);
        if (diedAt === undefined) continue;
        dead += 1;
        afterMs.push(diedAt - from);
      }
    } finally {
      await stage.strike();
    }
  }
  return { ...cell, version, dead, tokens: cell.tries * cell.sessions, afterMs, goneMs };
}

/** The sessions, and their lines as warm or as cold as the cell wants them. */
async function logOnEverywhere(stage: Stage, { sessions, line, at }: Cell): Promise<readonly string[]> {
  if (at === 'containers') return logOnInContainers(stage, sessions);
  if (sessions > 10) return putCookies(stage, sessions);
  const tokens: string[] = [];
  // The window's only tab to begin with, so that Ctrl+W closes the window too.
  let [tab] = await stage.browser.tabs();
  for (let site = 0; site < sessions; site += 1) {
    const session = await stage.logOn(`site${site}`, tab ? { tab } : {});
    tokens.push(session.token);
    tab = undefined;
    if (line === 'warm') await stage.warm(`site${site}`);
  }
  const open = () => stage.sandbox.connections().filter(({ closedAt }) => closedAt === undefined).length;
  if (line === 'cold') await until('every connection to be closed', () => open() === 0);
  return tokens;
}

async function logOnInContainers(stage: Stage, sessions: number): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let container = 1; container <= sessions; container += 1) {
    const tab = await stage.browser.openTab('about:blank', { container });
    tokens.push((await stage.logOn('acme', { tab })).token);
  }
  await stage.warm('acme');
  return tokens;
}

/** As many as nobody would log on by hand: their cookies are put into the browser, and a page of each is opened. */
async function putCookies(stage: Stage, sessions: number): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let number = 0; number < sessions; number += 1) {
    const site = `site${number}`;
    const url = pageOf(site, 'f/cases');
    const token = stage.sandbox.birth(new URL(url).hostname, 'ada@example.com', 'web');
    await stage.browser.inWorker(
      `await (globalThis.browser ?? chrome).cookies.set({
         name: 'fbToken', path: '/', secure: true, httpOnly: true, ...argument,
       })`,
      { url, value: token },
    );
    await stage.browser.openTab(url);
    await stage.warm(site);
    tokens.push(token);
  }
  return tokens;
}

async function begin({ browser }: Stage, ending: Ending): Promise<void> {
  switch (ending) {
    case 'window button':
      return browser.closeWindow();
    case 'Ctrl+W':
      return browser.press('ctrl+w');
    case 'quit':
      return browser.quit();
    case 'SIGINT':
    case 'SIGTERM':
      return browser.signal(ending);
    default:
      ending satisfies never;
  }
}

function rowOf({ ending, line, roundTripMs, sessions, at, dead, tokens, afterMs, goneMs }: Result): string {
  const after =
    afterMs.length > 0 ? `${median(afterMs)} (${Math.min(...afterMs)}–${Math.max(...afterMs)})` : '–';
  const several = at === 'containers' ? `${sessions} in containers of one site` : sessions;
  const cells = [ending, line, roundTripMs, several, `${dead} of ${tokens}`, after, median(goneMs)];
  return `| ${cells.join(' | ')} |`;
}

function write(browser: BrowserName, rows: readonly Result[]): void {
  const [first] = rows;
  if (!first) return;
  const table = [
    `${marks.from.replace('measured', `measured ${browser}`)}`,
    `Measured on ${new Date().toISOString().slice(0, 10)} with ${browser === 'chromium' ? 'Chromium' : 'Firefox'} ${first.version}, ${process.platform === 'linux' ? 'Linux' : process.platform}, ${cpus().length} shared cores.`,
    '',
    '| how it ended | line | round trip, ms | sessions | dead, no next start | log-off parsed after, ms: median (range) | browser gone after, ms |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(rowOf),
    marks.to.replace('measured', `measured ${browser}`),
  ].join('\n');
  const text = readFileSync(file, 'utf8');
  const from = text.indexOf(`<!-- measured ${browser} -->`);
  const to = text.indexOf(`<!-- /measured ${browser} -->`);
  if (from < 0 || to < 0) throw new Error('docs/exits.md has lost the marks between which the tables go');
  writeFileSync(file, text.slice(0, from) + table + text.slice(to + `<!-- /measured ${browser} -->`.length));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
