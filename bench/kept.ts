import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Cell } from './cells.ts';

const file = fileURLToPath(new URL('../.cache/exits.json', import.meta.url));

const times = v.array(v.number());
const trySchema = v.object({
  /** The browser's. */
  version: v.string(),
  /** ms since the epoch. */
  at: v.number(),
  tokens: v.number(),
  /** For each token that died without a next start: from the end's beginning, and from the end of the browser's process. */
  afterMs: times,
  afterGoneMs: times,
  /** From the end's beginning to the end of the browser's process. */
  goneMs: v.number(),
  /** How often each token was asked to be logged off. */
  asked: times,
  /** For each token that the end has left alive: from the next start's worker being up to its death. */
  afterNextStartMs: v.optional(times),
});
export type Try = v.InferOutput<typeof trySchema>;

const keptSchema = v.record(v.string(), v.array(trySchema));

/** Every try so far, on the disk as soon as it is made, so that an interrupted run goes on where it was. */
export function openKept(start: 'anew' | 'go on') {
  const kept = start === 'anew' ? {} : read();
  return {
    of: (cell: Cell): readonly Try[] => kept[keyOf(cell)] ?? [],
    add(cell: Cell, made: Try): void {
      kept[keyOf(cell)] = [...(kept[keyOf(cell)] ?? []), made];
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(kept));
      renameSync(`${file}.new`, file);
    },
  };
}

function read(): v.InferOutput<typeof keptSchema> {
  try {
    return v.parse(keptSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {}; // none yet, or of another version of this bench
  }
}

function keyOf({ tries: _, ...cell }: Cell): string {
  return JSON.stringify(cell);
}
