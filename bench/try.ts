import * as v from 'valibot';
import type { Cell } from './cells.ts';

const times = v.array(v.number());
export const trySchema = v.object({
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

export function keyOf({ tries: _, ...cell }: Cell): string {
  return JSON.stringify(cell);
}
