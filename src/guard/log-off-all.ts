import type { Failure, LogOffOutcome } from '../fogbugz/outcome.ts';
import type { Guarded } from './care.ts';

export type LogOffAll = {
  /** Makes one attempt. */
  readonly logOff: (guarded: Guarded) => Promise<LogOffOutcome>;
  /** Told of each session whose token is known dead, `attempts` being all that were made for it. */
  readonly answered: (guarded: Guarded, outcome: 'logged-off' | 'already-off') => Promise<void>;
  /** Waits for the next attempt, or says that there will be none. */
  readonly pause: (guarded: Guarded, failure: Failure) => Promise<'again' | 'stop'>;
};

/** At one site. More would only wait in line for the same server, and for its handshakes. */
const mostAtOnce = 64;

/** Logs every session off, each at its own pace. Gives back those that are not answered when `pause` said stop. */
export async function logOffAll(
  sessions: readonly Guarded[],
  { logOff, answered, pause }: LogOffAll,
): Promise<readonly Guarded[]> {
  // Each site has its own, so that one that hangs holds up no other.
  const turns = new Map(sessions.map(({ site }) => [site.endpoint, createTurns(mostAtOnce)]));
  const left: Guarded[] = [];
  const pursue = async (session: Guarded) => {
    const inTurn = turns.get(session.site.endpoint) ?? createTurns(mostAtOnce);
    for (let guarded = session; ; ) {
      const outcome = await inTurn(() => logOff(guarded));
      guarded = { ...guarded, attempts: guarded.attempts + 1 };
      if (outcome.is === 'logged-off' || outcome.is === 'already-off') return answered(guarded, outcome.is);
      if ((await pause(guarded, outcome)) === 'stop') {
        left.push(guarded);
        return;
      }
    }
  };
  await Promise.all(sessions.map(pursue));
  return left;
}

/** Lets so many at once begin; the others wait for a place, first come, first served. */
function createTurns(places: number): <T>(act: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async act => {
    if (free > 0) free -= 1;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
