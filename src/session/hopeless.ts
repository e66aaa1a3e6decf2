import type { State } from './session.ts';

type Owed = Pick<Extract<State, { is: 'owed' }>, 'obstacle' | 'attempts' | 'since'>;

/** How many attempts have to fail before the user is told of it, on the toolbar and in a notice. */
export const troubleAfter = 4;

/** How many attempts have failed: the one that is under way has not. */
export function failedAttempts({
  attempts,
  attempt,
}: Pick<Extract<State, { is: 'owed' }>, 'attempts' | 'attempt'>): number {
  return attempts - (attempt.is === 'in-flight' ? 1 : 0);
}

const manyAttempts = 8;
const longMs = 24 * 3_600_000;

/**
 * `attempts`: those that have failed.
 *
 * @returns whether the user may be offered to give up a log-off: it has failed often or for long, and the site gives no sign
 * of being a FogBugz that will take it. One that is merely busy, or that kept the session alive, is worth the wait.
 */
export function isHopeless({ obstacle, attempts, since }: Owed, now: number): boolean {
  if (!obstacle || obstacle.is === 'unavailable' || obstacle.is === 'still-alive') return false;
  return attempts >= manyAttempts || now - since > longMs;
}
