/**
 * Measures what becomes of sessions when a browser ends, without any help of a next start: real browsers, real ends, a
 * token of its own for each session. Fills `docs/exits.md`. `npm run exits`, or with names of browsers and tables as
 * arguments. What was measured is kept in `.cache`, and an interrupted run goes on where it was; `anew` forgets it.
 */
import { startDisplay } from '../e2e/display.ts';
import { makeCertificate } from '../sandbox/certificate.ts';
import { type Cell, cellsOf, tableNames } from './cells.ts';
import { openKept } from './kept.ts';
import { measure } from './measure.ts';
import { rowOf, write } from './table.ts';
import { keyOf, type Try, trySchema } from './try.ts';

const wanted = process.argv.slice(2);
const chosen = <T extends string>(names: readonly T[]): readonly T[] =>
  names.some(name => wanted.includes(name)) ? names.filter(name => wanted.includes(name)) : names;

const kept = openKept('exits', trySchema, keyOf, wanted.includes('anew') ? 'anew' : 'go on');
const display = await startDisplay();
const certificate = await makeCertificate();
try {
  for (const table of chosen(tableNames)) {
    for (const browser of chosen(['chromium', 'firefox'])) {
      const cells = cellsOf(browser, table);
      // One try of each after the other: a run that is interrupted has measured all of them, if not as often.
      for (let tries = 1; cells.some(cell => cell.tries >= tries); tries += 1) {
        for (const cell of cells) {
          if (cell.tries < tries || kept.of(cell).length >= tries) continue;
          kept.add(cell, await tryUntilMade(cell));
          console.log(browser, rowOf({ cell, tries: kept.of(cell) }));
        }
        write(
          browser,
          table,
          cells.map(cell => ({ cell, tries: kept.of(cell) })),
        );
      }
    }
  }
} finally {
  await display.stop();
}
process.exit(0);

/** A browser that did not get as far as its end tells nothing about it; three in a row tell that something is wrong. */
async function tryUntilMade(cell: Cell): Promise<Try> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await measure(cell, display.name, certificate);
    } catch (error) {
      if (failures >= 2) throw error;
      console.error('This try could not be made', error);
    }
  }
}
