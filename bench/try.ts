import * as v from 'valibot';
import type { Cell } from './cells.ts';

const times = v.array(v.number());
export const trySchema = v.object({
  /** The browser's. */
  version: v.string(),
  /** ms since the epoch. */
  at: v.number(),
  tokens: v.number(),
  /** The hash of the build that was measured; absent in tries from before it was noted. */
  build: v.optional(v.string()),
  /** How many tries before this one did not get as far as the end. */
  madeAgain: v.optional(v.number()),
  /** What went wrong after the end had begun, in words. */
  trouble: v.optional(v.string()),
  /** For each token that died without a next start: from the end's beginning, and from the end of the browser's process. */
  afterMs: times,
  afterGoneMs: times,
  /** From the end's beginning to the end of the browser's process, if it came. */
  goneMs: v.optional(v.number()),
  /** How often each token was asked to be logged off. */
  asked: times,
  /** For each token that the end had left alive and the next start logged off: from its worker's own start to its death. */
  afterNextStartMs: v.optional(times),
});
export type Try = v.InferOutput<typeof trySchema>;

export function keyOf({ tries: _, ...cell }: Cell): string {
  return JSON.stringify(cell);
}

/**
 * What a table shows of a cell: the tries of the build that lies here and, as long as those are too few, the latest of
 * another build beside them.
 */
export function shownOf(
  cell: Cell,
  kept: readonly Try[],
  build: string,
): { readonly current: readonly Try[]; readonly older: readonly Try[] } {
  const current = kept.filter(one => one.build === build);
  const others = kept.filter(one => one.build !== build);
  const older = current.length < cell.tries ? others.filter(one => one.build === others.at(-1)?.build) : [];
  return { current, older };
}
