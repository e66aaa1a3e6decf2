const firstMs = 2_000;
/** The longest wait before the next attempt, in ms. */
export const longestWaitMs = 15 * 60_000;

/**
 * How long to wait before the next attempt, in ms: doubling from 2 s to 15 min, spread over half of itself so that
 * a server coming back is not met by everybody at once.
 *
 * @param attempts attempts made so far, at least 1
 * @param chance 0 up to 1, from the caller, who has the dice
 * @param askedMs what the server asked for (`Retry-After`); honoured up to the longest wait
 */
export function backoff(attempts: number, chance: number, askedMs = 0): number {
  const full = Math.min(longestWaitMs, firstMs * 2 ** Math.min(attempts - 1, 16));
  return Math.max(Math.round(full * (0.5 + chance / 2)), Math.min(askedMs, longestWaitMs));
}
