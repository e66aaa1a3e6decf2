import { guardedLaunch } from '../e2e/guard-home.ts';
import { covered, turnGuardOn } from '../e2e/guarding.ts';
import { launchers, pageOf, type Stage, setStage } from '../e2e/stage.ts';
import { until, within } from '../e2e/until.ts';
import { updatable } from '../e2e/updatable.ts';
import type { Certificate } from '../sandbox/certificate.ts';
import { type Cell, type Exit, isTurn } from './cells.ts';
import type { Try } from './try.ts';
import { happen, isForGood, returnWithinMs } from './turns.ts';

/** Ends one browser, and sees what becomes of its tokens while no other is started. */
export async function measure(cell: Cell, display: string, certificate: Certificate): Promise<Try> {
  const { browser: name, roundTripMs, line, guard, table, ending } = cell;
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
    sandbox: { roundTripMs, ...(line === 'cold' ? { idleLimitMs: 500 } : {}) },
    launch: guarded?.launch ?? launch,
  });
  try {
    if (guarded) await turnGuardOn(stage);
    const tokens = await logOnEverywhere(stage, cell);
    if (guarded) await covered(stage, cell.sessions);
    const open = () => stage.sandbox.connections().filter(({ closedAt }) => closedAt === undefined).length;
    if (line === 'cold') await until('every connection to be closed', () => open() === 0);
    if (cell.worker === 'asleep') {
      await stage.browser.killWorker();
      if (await stage.browser.workerRuns()) throw new Error('Something has woken the worker again');
    }
    const from = Date.now();
    if (isTurn(ending)) {
      for (const token of tokens) await happen(stage, ending, token, { home: guarded?.home(), installed });
      return tryOf(stage, tokens, from);
    }
    await begin(stage, ending);
    const gone = await within('the end of the browser', stage.browser.ended(), 60_000);
    // What is on its way may still arrive: as long as two round trips, and then some; the Guard has all the time.
    await until('the last log-off to arrive', () => tokens.every(token => stage.life(token).diedAt), {
      ms: guarded ? 20_000 : 1_000 + 2 * roundTripMs,
    }).catch(() => undefined);
    if (guarded) {
      const { hosts, watchers } = guarded.home();
      await until('the Guard to be gone', () => hosts().length + watchers().length === 0);
    }
    const made = tryOf(stage, tokens, from, gone);
    const left = tokens.filter(token => stage.life(token).diedAt === undefined);
    if (table !== 'cross' || left.length === 0) return made;
    return { ...made, afterNextStartMs: await startAgain(stage, left) };
  } finally {
    await stage.browser.dispose({ keepProfile: true });
    await guarded?.home().stop();
    await installed?.stop();
    await stage.strike();
  }
}

/** What the next start makes of the tokens that are left: ms from its worker being up to each one's death. */
async function startAgain(stage: Stage, left: readonly string[]): Promise<number[]> {
  await stage.restart();
  const run = await until('the worker to be up', async () => {
    const kept = await stage.browser.inWorker<{ run?: number }>(
      `return (globalThis.browser ?? chrome).storage.session.get('run')`,
    );
    return kept.run;
  });
  const deaths: number[] = [];
  for (const token of left) deaths.push((await stage.dead(token)).diedAt ?? Number.NaN);
  return deaths.map(diedAt => diedAt - run);
}

function tryOf(stage: Stage, tokens: readonly string[], from: number, gone = from): Try {
  const lives = tokens.map(stage.life);
  const deaths = lives.flatMap(({ diedAt }) => diedAt ?? []);
  return {
    version: stage.browser.version,
    at: from,
    tokens: tokens.length,
    afterMs: deaths.map(diedAt => diedAt - from),
    afterGoneMs: deaths.map(diedAt => diedAt - gone),
    goneMs: gone - from,
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
