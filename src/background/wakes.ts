import type { Session } from '../session/session.ts';
import { wakeAt } from '../session/transition.ts';

/** After that, a request that was begun can only have died together with its worker. In ms. */
const longestFlightMs = 60_000;

/**
 * Calls `due` when the next session wants something done: a timer while the worker lives, and an alarm for the case
 * that it does not.
 */
export function createWakes(
  sessions: () => Iterable<Session>,
  now: () => number,
  setAlarm: (at: number | undefined) => Promise<void>,
  due: () => Promise<void>,
) {
  let next: number | 'flight' | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ring = (): void => {
    // Timers may ring a moment before the wall clock gets there: what is not due yet is waited for again.
    next = undefined;
    void due().then(changed);
  };
  const changed = (): void => {
    const times = [...sessions()].flatMap(session => wakeAt(session) ?? []);
    const earliest = times.length > 0 ? Math.min(...times) : undefined;
    const wanted = earliest ?? ([...sessions()].some(isInFlight) ? 'flight' : undefined);
    if (wanted === next) return;
    next = wanted;
    clearTimeout(timer);
    if (earliest !== undefined) timer = setTimeout(ring, Math.max(0, earliest - now()));
    // The alarm wakes the next worker, which starts over whatever this one leaves in flight.
    void setAlarm(wanted === 'flight' ? now() + longestFlightMs : wanted).catch((error: unknown) =>
      console.error('No alarm could be set', error),
    );
  };
  return { changed };
}

function isInFlight({ state }: Session): boolean {
  return (state.is === 'owed' || state.is === 'answered') && state.attempt.is === 'in-flight';
}
