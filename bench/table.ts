import { cpus } from 'node:os';
import type { BrowserName } from '../e2e/browser.ts';
import type { Cell, TableName } from './cells.ts';
import { putBetween } from './marks.ts';
import { median } from './median.ts';
import type { Try } from './try.ts';

export type Row = {
  readonly cell: Cell;
  readonly tries: readonly Try[];
  /** Of the build that lies here, or of the last one before. */
  readonly build: 'current' | 'older';
};

const columns: Record<TableName, readonly (readonly [string, (row: Row) => string | number])[]> = {
  closing: [
    ['how it ended', ({ cell }) => cell.ending],
    ['line', ({ cell }) => cell.line],
    ['round trip, ms', ({ cell }) => cell.roundTripMs],
    [
      'sessions',
      ({ cell }) => (cell.at === 'containers' ? `${cell.sessions} in containers of one site` : cell.sessions),
    ],
    ['dead, no next start', dead],
    ['log-off parsed after, ms: median (range)', ({ tries }) => spread(tries.flatMap(one => one.afterMs))],
    ['browser gone after, ms', gone],
    ['measured', measured],
  ],
  cross: [
    ['how it ended', ({ cell }) => cell.ending],
    ['worker', ({ cell }) => cell.worker],
    ['round trip, ms', ({ cell }) => cell.roundTripMs],
    ['dead, no next start', dead],
    ['after the end began, ms: median (range)', ({ tries }) => spread(tries.flatMap(one => one.afterMs))],
    ["else dead, and how long after the next start's worker was up, ms: median (range)", atNextStart],
    ['asked', asked],
    ['measured', measured],
  ],
  turns: [
    ['what happened', ({ cell }) => cell.ending],
    ['Guard', ({ cell }) => cell.guard],
    ['dead, no next start', dead],
    ['after it happened, ms: median (range)', ({ tries }) => spread(tries.flatMap(one => one.afterMs))],
    ["else dead, and how long after the next start's worker was up, ms: median (range)", atNextStart],
    ['asked', asked],
    ['measured', measured],
  ],
  guard: [
    ['how it ended', ({ cell }) => cell.ending],
    ['worker', ({ cell }) => cell.worker],
    ['round trip, ms', ({ cell }) => cell.roundTripMs],
    ['dead, no next start', dead],
    ['after the end began, ms: median (range)', ({ tries }) => spread(tries.flatMap(one => one.afterMs))],
    [
      "after the browser's death, ms: median (range)",
      ({ tries }) => spread(tries.flatMap(one => one.afterGoneMs)),
    ],
    ['browser gone after, ms', gone],
    ['asked', asked],
    ['measured', measured],
  ],
};

/** One line of its table. */
export function rowOf(row: Row): string {
  return `| ${columns[row.cell.table].map(([, tell]) => tell(row)).join(' | ')} |`;
}

/** Puts a browser's table in the place of the one before. */
export function write(browser: BrowserName, table: TableName, rows: readonly Row[]): void {
  putBetween('exits.md', `${browser} ${table}`, linesOf(browser, table, rows));
}

export function linesOf(browser: BrowserName, table: TableName, rows: readonly Row[]): readonly string[] {
  const titles = columns[table].map(([title]) => title);
  const versions = new Set(rows.flatMap(({ tries }) => tries.map(({ version }) => version)));
  const title = browser === 'chromium' ? 'Chromium' : 'Firefox';
  const system = process.platform === 'linux' ? 'Linux' : process.platform;
  const troubles = rows.flatMap(troublesOf);
  const ofThisBuild = rows.filter(({ build }) => build === 'current').flatMap(({ tries }) => tries);
  return [
    `With ${title} ${[...versions].join(' and ')}, ${system}, ${cpus().length} shared cores.${madeAgain(ofThisBuild)}`,
    '',
    `| ${titles.join(' | ')} |`,
    `|${titles.map(() => '---|').join('')}`,
    ...rows.map(rowOf),
    ...(troubles.length > 0 ? ['', 'What went wrong after the end had begun:', '', ...troubles] : []),
  ];
}

function madeAgain(tries: readonly Try[]): string {
  if (tries.length === 0) return '';
  const times = tries.reduce((sum, one) => sum + (one.madeAgain ?? 0), 0);
  return ` Tries of the latest build: ${tries.length}; begun again, because they had not got as far as the end: ${times}.`;
}

function troublesOf({ cell: { ending, worker, guard, roundTripMs }, tries }: Row): readonly string[] {
  const what = `${ending}, ${worker}, ${roundTripMs} ms, Guard ${guard}`;
  return tries.flatMap(({ trouble }) => (trouble === undefined ? [] : [`- ${what}: ${trouble}`]));
}

/** The day of the last try, or the first and the last. */
function measured({ tries, build }: Row): string {
  const days = tries.map(({ at }) => new Date(at).toISOString().slice(0, 10)).toSorted();
  const range = [...new Set([days.at(0), days.at(-1)])].join(' to ');
  return build === 'current' ? range : `${range}, an older build`;
}

function gone({ tries }: Row): string | number {
  const times = tries.flatMap(({ goneMs }) => goneMs ?? []);
  return times.length > 0 ? median(times) : '–';
}

/** Of the tokens that the end had left alive, where there was a next start. */
function atNextStart({ tries }: Row): string {
  const looked = tries.flatMap(({ tokens, afterMs, afterNextStartMs: times }) =>
    times ? [{ left: tokens - afterMs.length, times }] : [],
  );
  const left = looked.reduce((sum, one) => sum + one.left, 0);
  const times = looked.flatMap(one => one.times);
  return left === 0 ? '–' : `${times.length} of ${left}: ${spread(times)}`;
}

function dead({ tries }: Row): string {
  const died = tries.reduce((sum, { afterMs }) => sum + afterMs.length, 0);
  return `${died} of ${tries.reduce((sum, { tokens }) => sum + tokens, 0)}`;
}

/** How often a token was asked to be logged off: the fewest and the most. */
function asked({ tries }: Row): string | number {
  const all = tries.flatMap(one => one.asked);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least === most ? least : `${least}–${most}`;
}

function spread(values: readonly number[]): string {
  return values.length > 0 ? `${median(values)} (${Math.min(...values)}–${Math.max(...values)})` : '–';
}
