import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

export type Kept<Cell, Try> = {
  readonly of: (cell: Cell) => readonly Try[];
  readonly add: (cell: Cell, made: Try) => void;
};

/**
 * Every try so far, on the disk as soon as it is made, so that an interrupted run goes on where it was. `name` is the
 * measurement's, and that of its file in `.cache`.
 */
export function openKept<Cell, Try>(
  name: string,
  trySchema: v.GenericSchema<unknown, Try>,
  keyOf: (cell: Cell) => string,
  start: 'anew' | 'go on',
): Kept<Cell, Try> {
  const file = fileURLToPath(new URL(`../.cache/${name}.json`, import.meta.url));
  const keptSchema = v.record(v.string(), v.array(trySchema));
  const read = (): Record<string, readonly Try[]> => {
    try {
      return v.parse(keptSchema, JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return {}; // none yet, or of another version of this bench
    }
  };
  const kept = start === 'anew' ? {} : read();
  return {
    of: cell => kept[keyOf(cell)] ?? [],
    add(cell, made) {
      kept[keyOf(cell)] = [...(kept[keyOf(cell)] ?? []), made];
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(kept));
      renameSync(`${file}.new`, file);
    },
  };
}
