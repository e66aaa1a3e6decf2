import { guardedLaunch } from '../../e2e/guard-home.ts';
import { launchers, type Stage, type StageOptions, setStage } from '../../e2e/stage.ts';
import { until } from '../../e2e/until.ts';
import { median } from '../median.ts';
import { ratio, share, spread, table, valuesOf } from './compare.ts';
import { withRival } from './extensions.ts';
import { logOnGuarded } from './first-tab.ts';
import { withHeldHome } from './held-home.ts';
import { type Cell, type Part, type Rows, type Try, titleOf, type World } from './part.ts';
import { atRest } from './process.ts';

const subjects = ['ten lines', 'Guard'] as const;
const browsers = ['chromium', 'firefox'] as const;
const roundTrips = [0, 80];
const what = 'SIGKILL';
/** How long they are looked at while they wait. */
const restMs = 5_000;

const cells = browsers.flatMap(browser =>
  roundTrips.flatMap(roundTripMs =>
    subjects.map((subject): Cell => ({ browser, subject, what, roundTripMs })),
  ),
);

/** From the browser's SIGKILL to the log-off that the server has parsed, and what the waiting costs. */
export const death: Part = {
  name: 'death',
  cells,
  tries: 5,
  measure: (cell, world) => (cell.subject === 'Guard' ? ofGuard(cell, world) : ofTenLines(cell, world)),
  lines: linesOf,
};

async function ofGuard(cell: Cell, world: World): Promise<Try> {
  const guarded = guardedLaunch(cell.browser, launchers[cell.browser]);
  try {
    return await onStage(cell, { ...world, launch: guarded.launch }, async stage => {
      const token = await logOnGuarded(stage);
      return { token, hosts: guarded.home().hosts };
    });
  } finally {
    await guarded.home().stop();
  }
}

function ofTenLines(cell: Cell, world: World): Promise<Try> {
  return withRival('held', cell.browser, extension =>
    withHeldHome(cell.browser, launchers[cell.browser], (launch, hosts) =>
      onStage(cell, { ...world, extension, launch, welcome: 'none' }, async stage => {
        await until('the host', () => hosts().length === 1);
        const [tab] = await stage.browser.tabs();
        const { token } = await stage.logOnPage('acme', tab ? { tab } : {});
        return { token, hosts };
      }),
    ),
  );
}

async function onStage(
  { browser, roundTripMs }: Cell,
  options: StageOptions,
  logOn: (stage: Stage) => Promise<{ readonly token: string; readonly hosts: () => readonly number[] }>,
): Promise<Try> {
  const stage = await setStage(browser, { ...options, sandbox: { roundTripMs } });
  try {
    const { token, hosts } = await logOn(stage);
    const [host] = hosts();
    if (host === undefined) throw new Error('There is no host');
    const rest = await atRest(host, restMs);
    const from = Date.now();
    stage.browser.signal('SIGKILL');
    await until('the log-off', () => stage.life(token).diedAt !== undefined).catch(() => undefined);
    const { diedAt } = stage.life(token);
    const values = diedAt === undefined ? rest : { ...rest, ms: diedAt - from };
    return { version: stage.browser.version, at: from, values };
  } finally {
    await stage.browser.dispose();
    await stage.sandbox.stop();
  }
}

function linesOf(rows: Rows): readonly string[] {
  const of = (browser: Cell['browser'], subject: string, roundTripMs: number) =>
    rows({ browser, subject, what, roundTripMs });
  const all = (subject: string) => cells.filter(cell => cell.subject === subject).flatMap(rows);
  const kilobytes = (tries: readonly Try[], name: string) =>
    spread(valuesOf(tries, name), number => (number / 1024).toFixed(0));
  const times = (tries: readonly Try[]) =>
    spread(
      tries.flatMap(({ values: { memoryKb = 0, nodeKb = 1 } }) => memoryKb / nodeKb),
      number => number.toFixed(2),
    );
  return [
    '',
    ...table(
      [
        'browser',
        'round trip, ms',
        'ten lines',
        'Guard',
        'Guard ÷ ten lines, time',
        'ten lines, ms',
        'Guard, ms',
      ],
      browsers.flatMap(browser =>
        roundTrips.flatMap(roundTripMs => {
          const [ours, theirs] = [of(browser, 'Guard', roundTripMs), of(browser, 'ten lines', roundTripMs)];
          if (ours.length === 0) return [];
          return [
            [
              titleOf(browser),
              String(roundTripMs),
              share(theirs, 'ms'),
              share(ours, 'ms'),
              ratio(ours, theirs, 'ms'),
              spread(valuesOf(theirs, 'ms')),
              spread(valuesOf(ours, 'ms')),
            ],
          ];
        }),
      ),
    ),
    '',
    ...table(
      [
        'while it waits',
        'memory ÷ an idle Node beside it',
        'memory, MiB',
        `computed in ${restMs / 1000} s, ms`,
      ],
      subjects.map(subject => [
        subject,
        times(all(subject)),
        kilobytes(all(subject), 'memoryKb'),
        median(valuesOf(all(subject), 'computedMs')).toFixed(0),
      ]),
    ),
  ];
}
