/** Kinds of calls that are one await point: what is drawn, and what else of the storage than sessions is written. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^action\./, 'action'],
  [/^(local|session)\.setAccessLevel|^contextMenus|^local\.get welcomed|^local\.set welcomed/, 'once'],
  [/^(local|session)\.get everything/, 'get everything'],
  [/^local\.(get|set) (history|dead|sites|tabIds|settings|handOver|session)/, '$&'],
  [/^local\./, 'local, other'],
  [/^session\.set (session|view|run)/, '$&'],
  [/^session\./, 'session, other'],
  [/^(sync|managed)\./, 'sync and managed'],
  [/^runtime\.|^idle\./, 'idle and runtime'],
  [/^(tabs|alarms)\./, 'tabs and alarms'],
  [/^fetch pre/, 'fetch page'],
  [/^guard (pipe|says|hand-over)/, '$&'],
  [/^guard fetch/, 'guard, its requests'],
  [/^guard (readFile|readdir)/, 'guard, its reading'],
  [/^guard/, 'guard, its writing'],
];

/** The await point that a call is. */
export function pointOf(call: string): string {
  for (const [kind, point] of kinds) {
    const found = kind.exec(call);
    if (found) return point === '$&' ? found[0] : point;
  }
  return call;
}

/** The kinds of await points that a run of some hundred schedules has to bring every happening to. */
const groups: readonly (readonly [RegExp, string])[] = [
  [/^fetch/, 'a request'],
  [/^(local|get everything)/, 'the disk'],
  [/^session/, 'the memory of the run'],
  [/^guard/, 'the Guard'],
  [/^nothing$/, 'nothing'],
];

const groupOf = (point: string): string => groups.find(([kind]) => kind.test(point))?.[1] ?? 'anything else';

/** Numbers of cells, as a message can carry them: `happening|await point`. */
export type Cells = readonly (readonly [string, number])[];

/** How often each happening came while each kind of call was waited for. */
export class Coverage {
  readonly #cells = new Map<string, number>();
  readonly #points = new Set<string>();

  met(happening: string, waiting: readonly string[]): void {
    for (const point of waiting.length === 0 ? ['nothing'] : new Set(waiting.map(pointOf)))
      this.#count(`${happening}|${point}`, 1);
  }

  add(cells: Cells): void {
    for (const [cell, count] of cells) this.#count(cell, count);
  }

  cells(): Cells {
    return [...this.#cells];
  }

  points(): readonly string[] {
    return [...this.#points].sort();
  }

  /** Where a happening never came while something was waited for. */
  empty(happenings: Iterable<string>): readonly { readonly name: string; readonly point: string }[] {
    return [...happenings].flatMap(name =>
      this.points().flatMap(point => (this.#cells.has(`${name}|${point}`) ? [] : [{ name, point }])),
    );
  }

  /** The same by kinds of await points: fewer cells, each of which a short run has to reach. */
  emptyInGroups(happenings: Iterable<string>): readonly string[] {
    const met = new Set(
      [...this.#cells.keys()].map(cell => {
        const [name = '', point = ''] = cell.split('|');
        return `${name}, waiting for ${groupOf(point)}`;
      }),
    );
    const all = new Set(this.points().map(groupOf));
    return [...happenings].flatMap(name =>
      [...all].map(group => `${name}, waiting for ${group}`).filter(cell => !met.has(cell)),
    );
  }

  #count(cell: string, count: number): void {
    this.#cells.set(cell, (this.#cells.get(cell) ?? 0) + count);
    this.#points.add(cell.split('|')[1] ?? '');
  }
}
