import { setTimeout as wait } from 'node:timers/promises';
import { guardedLaunch } from '../../e2e/guard-home.ts';
import { launchers, type Stage, type StageOptions, setStage } from '../../e2e/stage.ts';
import { until, within } from '../../e2e/until.ts';
import { drawShares } from './chart.ts';
import { ratio, share, spread, table, valuesOf } from './compare.ts';
import { withRival } from './extensions.ts';
import { logOnGuarded, logOnInFirstTab } from './first-tab.ts';
import { type Cell, type Part, type Rows, type Try, titleOf, type World } from './part.ts';

const subjects = ['plain', 'floor', 'ours', 'ours with Guard'] as const;
const roundTrips = [0, 20, 80, 150, 300];
const browsers = ['chromium', 'firefox'] as const;
const exits = ['window button', 'Ctrl+W'] as const;

/** Ctrl+W is the other way to the same events: one round trip shows it. */
const cells = browsers.flatMap(browser =>
  exits.flatMap(what =>
    roundTrips
      .filter(roundTripMs => what === 'window button' || roundTripMs === 80)
      .flatMap(roundTripMs => subjects.map((subject): Cell => ({ browser, subject, what, roundTripMs }))),
  ),
);

/** From the end of the last window to the log-off that the server has parsed. */
export const close: Part = {
  name: 'close',
  cells,
  tries: 5,
  measure(cell, world) {
    switch (cell.subject) {
      case 'plain':
      case 'floor':
        return ofRival(cell.subject, cell, world);
      case 'ours':
        return ofOurs(cell, world);
      default:
        return ofGuarded(cell, world);
    }
  },
  lines: rows => browsers.flatMap(browser => linesOf(browser, rows)),
};

function ofRival(rival: 'plain' | 'floor', cell: Cell, world: World): Promise<Try> {
  return withRival(rival, cell.browser, extension =>
    onStage(cell, { ...world, extension, welcome: 'none' }, async stage => {
      const [tab] = await stage.browser.tabs();
      const { token } = await stage.logOnPage('acme', tab ? { tab } : {});
      if (rival === 'floor') await stage.warm('acme');
      else
        await until('the token in its storage', async () => {
          const kept = await stage.browser.inWorker<{ token?: string }>(
            `return (globalThis.browser ?? chrome).storage.local.get('token')`,
          );
          return kept.token === token;
        });
      return token;
    }),
  );
}

function ofOurs(cell: Cell, world: World): Promise<Try> {
  return onStage(cell, world, async stage => {
    const token = await logOnInFirstTab(stage);
    await stage.warm('acme');
    return token;
  });
}

async function ofGuarded(cell: Cell, world: World): Promise<Try> {
  const guarded = guardedLaunch(cell.browser, launchers[cell.browser]);
  try {
    return await onStage(cell, { ...world, launch: guarded.launch }, logOnGuarded);
  } finally {
    await guarded.home().stop();
  }
}

/** Logs on, ends the browser, and waits as long as something may still arrive; the Guard has all the time it wants. */
async function onStage(
  cell: Cell,
  options: StageOptions,
  logOn: (stage: Stage) => Promise<string>,
): Promise<Try> {
  const { roundTripMs } = cell;
  const stage = await setStage(cell.browser, { ...options, sandbox: { roundTripMs } });
  try {
    const token = await logOn(stage);
    // The server has answered what warms the line; the answer is still on its way, and the line busy with it.
    await wait(300 + 2 * roundTripMs);
    const from = Date.now();
    if (cell.what === 'Ctrl+W') await stage.browser.press('ctrl+w');
    else await stage.browser.closeWindow();
    await within('the end of the browser', stage.browser.ended(), 60_000);
    const ms = cell.subject === 'ours with Guard' ? 20_000 : 1_000 + 2 * roundTripMs;
    await until('the log-off', () => stage.life(token).diedAt !== undefined, { ms }).catch(() => undefined);
    const { diedAt } = stage.life(token);
    return {
      version: stage.browser.version,
      at: from,
      values: diedAt === undefined ? {} : { ms: diedAt - from },
    };
  } finally {
    await stage.browser.dispose();
    await stage.sandbox.stop();
  }
}

function linesOf(browser: Cell['browser'], rows: Rows): readonly string[] {
  const of = (subject: string, what: string, roundTripMs: number) =>
    rows({ browser, subject, what, roundTripMs });
  const points = exits.flatMap(what =>
    roundTrips.flatMap(roundTripMs =>
      of('ours', what, roundTripMs).length > 0 ? [{ what, roundTripMs }] : [],
    ),
  );
  if (points.length === 0) return [];
  const shareOf = (tries: readonly Try[]) => valuesOf(tries, 'ms').length / tries.length;
  drawShares(
    `close-${browser}`,
    `${titleOf(browser)}: log-offs delivered as the last window closes`,
    subjects.map(subject => ({
      name: subject,
      points: roundTrips.flatMap(roundTripMs => {
        const tries = of(subject, 'window button', roundTripMs);
        return tries.length > 0 ? [[roundTripMs, shareOf(tries)] as const] : [];
      }),
    })),
  );
  return [
    '',
    `### ${titleOf(browser)}`,
    '',
    `![Delivered share over the round trip](charts/close-${browser}.svg)`,
    '',
    ...table(
      [
        'closed by',
        'round trip, ms',
        'plain',
        'floor',
        'ours',
        'ours with Guard',
        'ours ÷ floor, time',
        'floor, ms',
        'ours, ms',
      ],
      points.map(({ what, roundTripMs }) => {
        const [ours, floor] = [of('ours', what, roundTripMs), of('floor', what, roundTripMs)];
        return [
          what,
          String(roundTripMs),
          ...subjects.map(subject => share(of(subject, what, roundTripMs), 'ms')),
          ratio(ours, floor, 'ms'),
          spread(valuesOf(floor, 'ms')),
          spread(valuesOf(ours, 'ms')),
        ];
      }),
    ),
  ];
}
