/** One of the long runs: a name, and the program with its arguments. */
export type Part = { readonly name: string; readonly command: readonly string[] };

/** What came of one: `said` in its own last words. */
type Done = { readonly part: string; readonly said: string; readonly good: boolean };

/** The lines of a run's output that sum it up: they are the ones that count something that can be lost. */
export function rowsOf(output: string): string {
  const counted = output
    .split('\n')
    .filter(line => /^\d+ schedules with |promises broken|known tokens|found out\.$/.test(line));
  return counted.join(' ') || 'it ended without a word';
}

const [start, end] = ['<!-- soak -->', '<!-- /soak -->'];

/**
 * The page with these results in place of those between its marks: a part that was left out keeps what was there.
 *
 * @throws {Error} if the page has no marks.
 */
export function withRows(page: string, done: readonly Done[], date: Date): string {
  const [before, rest] = page.split(start);
  const [old, after] = rest?.split(end) ?? [];
  if (before === undefined || old === undefined || after === undefined)
    throw new Error('No marks for the soak');
  const kept = new Map<string, string>();
  for (const line of old.split('\n')) {
    const name = /^\| ([^|]+) \| \d{4}-/.exec(line)?.[1];
    if (name !== undefined) kept.set(name, line);
  }
  const day = date.toISOString().slice(0, 10);
  for (const { part, said, good } of done)
    kept.set(part, `| ${part} | ${day} | ${good ? '' : '**failed**: '}${said.replaceAll('|', '/')} |`);
  const table = ['| run | when | what came of it |', '|---|---|---|', ...kept.values()].join('\n');
  return `${before}${start}\n${table}\n${end}${after}`;
}
