/**
 * Measures how fast and how light the extension is, always beside something that it is held against, and fills
 * `docs/performance.md`. `npm run bench`, or with names of parts and browsers, and `tries=2` for fewer tries than each
 * part has, `minutes=20` to begin none after that. What was measured is kept in `.cache`, and an interrupted run goes on where it was; `anew` forgets it.
 */
import { cpus } from 'node:os';
import { startDisplay } from '../e2e/display.ts';
import { makeCertificate } from '../sandbox/certificate.ts';
import { openKept } from './kept.ts';
import { putBetween } from './marks.ts';
import { type Cell, type Part, type Try, titleOf, trySchema, type World } from './performance/part.ts';
import { parts } from './performance/parts.ts';
import { sizesLines } from './performance/sizes.ts';

const wanted = process.argv.slice(2);
const numberOf = (name: string): number =>
  Number(wanted.find(word => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? Infinity);
const most = numberOf('tries');
const last = Date.now() + numberOf('minutes') * 60_000;
const chosen = parts.filter(
  ({ name }) => !allNames().some(one => wanted.includes(one)) || wanted.includes(name),
);

const display = await startDisplay();
const world = { display: display.name, certificate: await makeCertificate() };
try {
  for (const part of chosen) await run(part, world);
  if (chosen.length === parts.length || wanted.includes('sizes'))
    putBetween('performance.md', 'sizes', await sizesLines());
} finally {
  await display.stop();
}
process.exit(0);

async function run(part: Part, world: World): Promise<void> {
  const kept = openKept<Cell, Try>(
    `bench-${part.name}`,
    trySchema,
    cell => JSON.stringify(cell),
    wanted.includes('anew') ? 'anew' : 'go on',
  );
  const browsers = ['chromium', 'firefox'].filter(name => wanted.includes(name));
  const cells = part.cells.filter(({ browser }) => browsers.length === 0 || browsers.includes(browser));
  // One try of each after the other: what is compared is measured side by side, and a run that is interrupted has
  // measured all of it, if not as often.
  for (let tries = 1; tries <= Math.min(part.tries, most); tries += 1) {
    for (const cell of cells) {
      if (kept.of(cell).length >= tries || Date.now() > last) continue;
      const made = await tryUntilMade(() => part.measure(cell, world));
      kept.add(cell, made);
      console.log(
        part.name,
        cell.browser,
        cell.subject,
        cell.what,
        cell.roundTripMs,
        JSON.stringify(made.values),
      );
      write(part, kept.of);
    }
  }
  write(part, kept.of);
}

function write(part: Part, rows: (cell: Cell) => readonly Try[]): void {
  const tries = part.cells.map(rows);
  const all = part.cells.flatMap((cell, index) => (tries[index] ?? []).map(one => ({ ...one, cell })));
  const latest = all.toSorted((a, b) => b.at - a.at)[0];
  if (!latest) return;
  const versions = new Set(all.map(({ cell, version }) => `${titleOf(cell.browser)} ${version}`));
  const system = process.platform === 'linux' ? 'Linux' : process.platform;
  const counts = tries.map(({ length }) => length).filter(count => count > 0);
  const often = [...new Set([Math.min(...counts), Math.max(...counts)])].join(' to ');
  putBetween('performance.md', part.name, [
    `Measured on ${new Date(latest.at).toISOString().slice(0, 10)} with ${[...versions].join(' and ')}, ${system}, ` +
      `${cpus().length} shared cores, Node ${process.version}; ${often} ${often === '1' ? 'try' : 'tries'} of each.`,
    ...part.lines(rows),
  ]);
}

/** A browser that did not get as far as what is measured tells nothing about it; three in a row tell that something is wrong. */
async function tryUntilMade(make: () => Promise<Try>): Promise<Try> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await make();
    } catch (error) {
      if (failures >= 2) throw error;
      console.error('This try could not be made', error);
    }
  }
}

function allNames(): readonly string[] {
  return ['sizes', ...parts.map(({ name }) => name)];
}
