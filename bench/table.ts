import { cpus } from 'node:os';
import type { BrowserName } from '../e2e/browser.ts';
import type { Cell, TableName } from './cells.ts';
import { putBetween } from './marks.ts';
import { median } from './median.ts';
import type { Try } from './try.ts';

type Row = { readonly cell: Cell; readonly tries: readonly Try[] };

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
    ['browser gone after, ms', ({ tries }) => median(tries.map(one => one.goneMs))],
  ],
  cross: [
    ['how it ended', ({ cell }) => cell.ending],
    ['worker', ({ cell }) => cell.worker],
    ['round trip, ms', ({ cell }) => cell.roundTripMs],
    ['dead, no next start', dead],
    ['after the end began, ms: median (range)', ({ tries }) => spread(tries.flatMap(one => one.afterMs))],
    [
      'else after the next start, ms: median (range)',
      ({ tries }) => spread(tries.flatMap(one => one.afterNextStartMs ?? [])),
    ],
    ['asked', asked],
  ],
  turns: [
    ['what happened', ({ cell }) => cell.ending],
    ['Guard', ({ cell }) => cell.guard],
    ['dead, no next start', dead],
    ['after it happened, ms: median (range)', ({ tries }) => spread(tries.flatMap(one => one.afterMs))],
    ['asked', asked],
  ],
  guard: [
    ['how it ended', ({ cell }) => cell.ending],
    ['round trip, ms', ({ cell }) => cell.roundTripMs],
    ['dead, no next start', dead],
    ['after the end began, ms: median (range)', ({ tries }) => spread(tries.flatMap(one => one.afterMs))],
    [
      "after the browser's death, ms: median (range)",
      ({ tries }) => spread(tries.flatMap(one => one.afterGoneMs)),
    ],
    ['browser gone after, ms', ({ tries }) => median(tries.map(one => one.goneMs))],
    ['asked', asked],
  ],
};

/** One line of its table. */
export function rowOf(row: Row): string {
  return `| ${columns[row.cell.table].map(([, tell]) => tell(row)).join(' | ')} |`;
}

/** Puts a browser's table in the place of the one before; what has not been measured leaves no row. */
export function write(browser: BrowserName, table: TableName, rows: readonly Row[]): void {
  const measured = rows.filter(({ tries }) => tries.length > 0);
  const last = measured.flatMap(({ tries }) => tries).reduce((a, b) => (b.at > a.at ? b : a));
  const titles = columns[table].map(([title]) => title);
  const day = new Date(last.at).toISOString().slice(0, 10);
  const title = browser === 'chromium' ? 'Chromium' : 'Firefox';
  const system = process.platform === 'linux' ? 'Linux' : process.platform;
  putBetween('exits.md', `${browser} ${table}`, [
    `Measured on ${day} with ${title} ${last.version}, ${system}, ${cpus().length} shared cores.`,
    '',
    `| ${titles.join(' | ')} |`,
    `|${titles.map(() => '---|').join('')}`,
    ...measured.map(rowOf),
  ]);
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
