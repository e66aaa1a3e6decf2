import { setTimeout as wait } from 'node:timers/promises';
import { guardedLaunch } from '../../e2e/guard-home.ts';
import { covered, turnGuardOn } from '../../e2e/guarding.ts';
import { launchers, type Stage, type StageOptions, setStage } from '../../e2e/stage.ts';
import { spread, table, valuesOf } from './compare.ts';
import { withRival } from './extensions.ts';
import type { Cell, Part, Rows, Try, World } from './part.ts';
import { computedWhile, extensionProcesses } from './process.ts';

const watchedMs = 45_000;
const perHour = 3_600_000 / watchedMs;
const what = ['nobody logged on', 'a session, its page open'] as const;
const cells = [
  ...what.flatMap(state =>
    ['floor', 'ours'].map((subject): Cell => ({ browser: 'chromium', subject, what: state, roundTripMs: 0 })),
  ),
  { browser: 'chromium', subject: 'ours with Guard', what: what[1], roundTripMs: 0 } as const,
];

/** What a browser computes for its extensions, and what they ask of a server, while nothing happens. */
export const idle: Part = {
  name: 'idle',
  cells,
  tries: 3,
  measure(cell, world) {
    switch (cell.subject) {
      case 'floor':
        return withRival('floor', 'chromium', extension =>
          watch(cell, { ...world, extension, welcome: 'none' }),
        );
      case 'ours':
        return watch(cell, world);
      default:
        return watchGuarded(cell, world);
    }
  },
  lines: linesOf,
};

async function watchGuarded(cell: Cell, world: World): Promise<Try> {
  const guarded = guardedLaunch('chromium', launchers.chromium);
  try {
    return await watch(cell, { ...world, launch: guarded.launch }, turnGuardOn, () => guarded.home().hosts());
  } finally {
    await guarded.home().stop();
  }
}

async function watch(
  cell: Cell,
  options: StageOptions,
  prepare: (stage: Stage) => Promise<void> = async () => undefined,
  hosts: () => readonly number[] = () => [],
): Promise<Try> {
  const stage = await setStage('chromium', options);
  try {
    await prepare(stage);
    if (cell.what !== what[0]) {
      if (cell.subject === 'floor') await stage.logOnPage('acme');
      else await stage.logOn('acme');
      if (cell.subject === 'ours with Guard') await covered(stage);
      else await stage.warm('acme');
    }
    // For a user who has gone away no connection is kept up.
    await stage.browser.stirUser();
    await wait(2_000);
    // A worker that is watched from outside, as here, is never put to sleep by the browser itself.
    if (cell.what === what[0]) await stage.browser.killWorker();
    const asked = stage.sandbox.requests().length;
    const processes = () => [...extensionProcesses(stage.browser.pid), ...hosts()];
    if (cell.what !== what[0] && processes().length === 0) throw new Error('No process of the extension');
    const computedMs = await computedWhile(processes, watchedMs);
    return {
      version: stage.browser.version,
      at: Date.now(),
      values: { computedMs, requests: stage.sandbox.requests().length - asked },
    };
  } finally {
    await stage.browser.dispose();
    await stage.sandbox.stop();
  }
}

function linesOf(rows: Rows): readonly string[] {
  const scaled = (tries: readonly Try[], name: string, scale: number, digits: number) =>
    spread(valuesOf(tries, name), value => (value * scale).toFixed(digits));
  return [
    '',
    `Watched for ${watchedMs / 1000} s each and scaled to an hour.`,
    '',
    ...table(
      ['state', 'extension', 'seconds computed per hour', 'requests per hour'],
      cells.flatMap(cell => {
        const tries = rows(cell);
        if (tries.length === 0) return [];
        return [
          [
            cell.what,
            cell.subject,
            scaled(tries, 'computedMs', perHour / 1000, 1),
            scaled(tries, 'requests', perHour, 0),
          ],
        ];
      }),
    ),
  ];
}
