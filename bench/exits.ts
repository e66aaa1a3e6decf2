/**
 * Measures what becomes of sessions when a browser ends, and what the next start makes of the rest: real browsers, real
 * ends, a token of its own for each session. Fills `docs/exits.md`. `npm run exits`, or with names of browsers and
 * tables, and round trips in ms, as arguments; `minutes=20` begins no try after that, instead of two hours. What was
 * measured is kept in `.cache`, and an interrupted run goes on where it was, unless there is another build in `dist`;
 * `anew` forgets it.
 */
import type { BrowserName } from '../e2e/browser.ts';
import { startDisplay } from '../e2e/display.ts';
import { makeCertificate } from '../sandbox/certificate.ts';
import { buildHash } from './builds.ts';
import { type Cell, cellsOf, type TableName, tableNames } from './cells.ts';
import { openKept } from './kept.ts';
import { measure } from './measure.ts';
import { type Row, rowOf, write } from './table.ts';
import { keyOf, shownOf, type Try, trySchema } from './try.ts';

const wanted = process.argv.slice(2);
const chosen = <T extends string | number>(names: readonly T[]): readonly T[] =>
  names.some(name => wanted.includes(String(name)))
    ? names.filter(name => wanted.includes(String(name)))
    : names;
const minutes = Number(wanted.find(word => word.startsWith('minutes='))?.split('=')[1] ?? 120);
if (!(minutes >= 0)) throw new Error('minutes=NUMBER');
const last = Date.now() + minutes * 60_000;

const browsers = chosen(['chromium', 'firefox']);
const tables = chosen(tableNames);
const roundTrips = chosen<number>([0, 20, 80, 150, 300]);
const builds = new Map(
  browsers.flatMap(browser =>
    (['on', 'off'] as const).map(guard => [`${browser} ${guard}`, buildHash({ browser, guard })] as const),
  ),
);
const kept = openKept('exits', trySchema, keyOf, wanted.includes('anew') ? 'anew' : 'go on');
// What we started, browsers and screen, ends as this process exits, which a signal alone would not let it do.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const display = await startDisplay();
const certificate = await makeCertificate();
try {
  // The extra table comes after all the others.
  await run(tables.filter(table => table !== 'closing'));
  await run(tables.filter(table => table === 'closing'));
  // Also those for which there was no time: their rows may be of an older build by now.
  for (const table of tables) for (const browser of browsers) tell(browser, table);
} finally {
  await display.stop();
}
process.exit(0);

/** One try of each cell after the other: a run that is interrupted has measured all of them, if not as often. */
async function run(some: readonly TableName[]): Promise<void> {
  const cells = some
    .flatMap(table => browsers.flatMap(browser => cellsOf(browser, table)))
    .filter(({ roundTripMs }) => roundTrips.includes(roundTripMs));
  for (let tries = 1; cells.some(cell => cell.tries >= tries); tries += 1) {
    for (const cell of cells) {
      if (cell.tries < tries || shown(cell).current.length >= tries || Date.now() >= last) continue;
      kept.add(cell, await tryUntilMade(cell));
      const [row] = rowsOf(cell);
      if (row) console.log(cell.browser, rowOf(row));
      tell(cell.browser, cell.table);
    }
  }
}

/** What has not been measured at all leaves no row, and a table without any stays as it is. */
function tell(browser: BrowserName, table: TableName): void {
  const rows = cellsOf(browser, table).flatMap(rowsOf);
  if (rows.length > 0) write(browser, table, rows);
}

function build({ browser, guard }: Cell): string {
  return builds.get(`${browser} ${guard}`) ?? '';
}

function shown(cell: Cell): ReturnType<typeof shownOf> {
  return shownOf(cell, kept.of(cell), build(cell));
}

function rowsOf(cell: Cell): readonly Row[] {
  const { current, older } = shown(cell);
  const rows: readonly Row[] = [
    { cell, tries: current, build: 'current' },
    { cell, tries: older, build: 'older' },
  ];
  return rows.filter(({ tries }) => tries.length > 0);
}

/** A browser that did not get as far as its end tells nothing about it; three in a row tell that something is wrong. */
async function tryUntilMade(cell: Cell): Promise<Try> {
  for (let failures = 0; ; failures += 1) {
    try {
      const made = await measure(cell, display.name, certificate);
      return { ...made, build: build(cell), madeAgain: failures };
    } catch (error) {
      if (failures >= 2) throw error;
      console.error('This try did not get as far as the end, and is made again', error);
    }
  }
}
