import { guardedLaunch } from '../e2e/guard-home.ts';
import { covered, turnGuardOn } from '../e2e/guarding.ts';
import { launchers, pageOf, type Stage, setStage } from '../e2e/stage.ts';
import { until, within } from '../e2e/until.ts';
import { updatable } from '../e2e/updatable.ts';
import type { Certificate } from '../sandbox/certificate.ts';
import { type Cell, type Exit, isTurn } from './cells.ts';
import type { Try } from './try.ts';
import { endsTheBrowser, happen, isForGood, returnWithinMs } from './turns.ts';

/**
 * Ends one browser, and sees what becomes of its tokens while no other is started, and then at the next start.
 *
 * @throws only before the end has begun; afterwards a token that does not die is what has been measured.
 */
export async function measure(cell: Cell, display: string, certificate: Certificate): Promise<Try> {
  const { browser: name, roundTripMs, line, guard, ending } = cell;
  const installed = ending === 'update of the extension' ? await updatable[name]() : undefined;
  const launch = installed?.launch ?? launchers[name];
  const guarded =
    guard === 'on'
      ? guardedLaunch(name, launch, {
          extensionId: installed?.id,
          ...(isForGood(ending) ? { returnWithinMs } : {}),
        })
      : undefined;
  const stage = await setStage(name, {
    display,
    certificate,
    // Not so soon that it closes a connection which is still being made.
    sandbox: { roundTripMs, ...(line === 'cold' ? { idleLimitMs: 500 + 4 * roundTripMs } : {}) },
    launch: guarded?.launch ?? launch,
  });
  let begun = false;
  try {
    if (guarded) await turnGuardOn(stage);
    const tokens = await logOnEverywhere(stage, cell);
    if (guarded) await covered(stage, cell.sessions);
    const open = () => stage.sandbox.connections().filter(({ closedAt }) => closedAt === undefined).length;
    if (line === 'cold') await until('every connection to be closed', () => open() === 0);
    if (cell.worker === 'asleep') {
      await stage.browser.killWorker();
      if (guarded) {
        const { hosts, watchers } = guarded.home();
        // Its host sees the browser alive, and hands over.
        await until('the watcher alone', () => hosts().length === 0 && watchers().length === 1);
      }
      if (await stage.browser.workerRuns()) throw new Error('Something has woken the worker again');
    }
    const from = Date.now();
    // From here on nothing is made again: whatever goes wrong may be the log-off that did not come.
    begun = true;
    let gone: number | undefined;
    const trouble = await troubleOf(async () => {
      if (isTurn(ending)) {
        for (const token of tokens) await happen(stage, ending, token, { home: guarded?.home(), installed });
        return;
      }
      await begin(stage, ending);
      gone = await within('the end of the browser', stage.browser.ended(), 60_000);
      // What is on its way may still arrive: as long as two round trips, and then some; the Guard has all the time.
      await until('the last log-off to arrive', () => tokens.every(token => stage.life(token).diedAt), {
        ms: guarded ? 20_000 : 1_000 + 2 * roundTripMs,
      }).catch(() => undefined);
      if (guarded) {
        const { hosts, watchers } = guarded.home();
        await until('the Guard to be gone', () => hosts().length + watchers().length === 0);
      }
    });
    const made = { ...tryOf(stage, tokens, from, gone), ...trouble };
    const left = tokens.filter(token => stage.life(token).diedAt === undefined);
    if (!isStartedAgain(cell) || left.length === 0 || made.trouble !== undefined) return made;
    const afterNextStartMs: number[] = [];
    const late = await troubleOf(() => startAgain(stage, left, afterNextStartMs));
    return { ...made, afterNextStartMs, ...late };
  } finally {
    await troubleOf(async () => {
      await stage.browser.dispose({ keep: 'profile' });
      await guarded?.home().stop();
      await installed?.stop();
      await stage.strike();
    }).then(({ trouble }) => {
      if (trouble === undefined) return;
      if (!begun) throw new Error(trouble);
      console.error('Something of this try is left behind', trouble);
    });
  }
}

async function troubleOf(act: () => Promise<void>): Promise<{ readonly trouble?: string }> {
  try {
    await act();
    return {};
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}

/** The Guard leaves nothing to a next start, and the closing function is looked at by itself. */
function isStartedAgain({ guard, table, ending }: Cell): boolean {
  return guard === 'off' && table !== 'closing' && endsTheBrowser(ending);
}

/**
 * When the worker was up, ms since the epoch. Firefox's is a page, which begins long before its code runs: there, when that
 * code had run and its listeners were registered. Of Chromium's, nothing later is known than its own start.
 */
const whenUp = `
  const [page] = performance.getEntriesByType('navigation');
  return performance.timeOrigin + (page?.domContentLoadedEventStart ?? 0);`;

/**
 * What the next start makes of the tokens that are left: adds, for each that dies, the ms from when the worker was up.
 *
 * @throws at the first that does not die.
 */
async function startAgain(stage: Stage, left: readonly string[], afterMs: number[]): Promise<void> {
  const browser = await stage.restart();
  const up = await browser.inWorker<number>(whenUp);
  for (const token of left) {
    const { diedAt } = await stage.dead(token);
    if (diedAt !== undefined) afterMs.push(Math.round(diedAt - up));
  }
}

/** What has become of the tokens so far. @param gone when the browser's process ended, if it has. */
function tryOf(stage: Stage, tokens: readonly string[], from: number, gone: number | undefined): Try {
  const lives = tokens.map(stage.life);
  const deaths = lives.flatMap(({ diedAt }) => diedAt ?? []);
  return {
    version: stage.browser.version,
    at: from,
    tokens: tokens.length,
    afterMs: deaths.map(diedAt => diedAt - from),
    afterGoneMs: gone === undefined ? [] : deaths.map(diedAt => diedAt - gone),
    ...(gone === undefined ? {} : { goneMs: gone - from }),
    asked: lives.map(({ logOffsAsked }) => logOffsAsked),
  };
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
    // So many take minutes. For a user who has gone away no connection is kept up.
    await stage.browser.stirUser();
    await stage.warm(site);
    // Chromium keeps 180 cookies of all the sites below fogbugz.com together, and drops the oldest: room for the next.
    await stage.browser.inWorker(
      `const { cookies } = globalThis.browser ?? chrome;
       for (const { name } of await cookies.getAll({ url: argument }))
         if (name !== 'fbToken') await cookies.remove({ url: argument, name });`,
      url,
    );
    tokens.push(token);
  }
  return tokens;
}

async function begin({ browser }: Stage, ending: Exit): Promise<void> {
  switch (ending) {
    case 'window button':
      return browser.closeWindow();
    case 'Ctrl+W':
      return browser.press('ctrl+w');
    case 'quit':
      return browser.quit();
    case 'SIGINT':
    case 'SIGTERM':
    case 'SIGKILL':
      return browser.signal(ending);
    case 'SIGKILL to the process group':
      process.kill(-browser.pid, 'SIGKILL');
      return;
    default:
      ending satisfies never;
  }
}
