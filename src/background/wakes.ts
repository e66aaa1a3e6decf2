import { isInFlight, type Session } from '../session/session.ts';
import type { Settings } from '../session/settings.ts';
import { wakeAt } from '../session/transition.ts';

/** After that, a request that was begun can only have died together with its worker. In ms. */
const longestFlightMs = 60_000;
/** A timer takes no more milliseconds than these, 24 days, and rings at once if given more. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Calls `due` when the next session wants something done: a timer while the worker lives, and an alarm for the case
 * that it does not.
 */
export function createWakes(
  sessions: () => Iterable<Session>,
  settings: () => Settings,
  /** What else is to be looked at in time; ms since the epoch. */
  besides: () => number | undefined,
  now: () => number,
  setAlarm: (at: number | undefined) => Promise<void>,
  due: () => Promise<void>,
) {
  let next: number | 'flight' | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ring = (): void => {
    // Timers may ring a moment before the wall clock gets there: what is not due yet is waited for again.
    next = undefined;
    // Whatever became of it: without the next timer and alarm nothing would ever be due again.
    due()
      .finally(changed)
      .catch((error: unknown) => console.error('What was due failed', error));
  };
  const changed = (): void => {
    const times = [...[...sessions()].map(session => wakeAt(session, settings())), besides()].filter(
      at => at !== undefined,
    );
    const earliest = times.length > 0 ? Math.min(...times) : undefined;
    const wanted = earliest ?? ([...sessions()].some(isInFlight) ? 'flight' : undefined);
    if (wanted === next) return;
    next = wanted;
    clearTimeout(timer);
    if (earliest !== undefined)
      timer = setTimeout(ring, Math.min(Math.max(0, earliest - now()), longestTimerMs));
    // The alarm wakes the next worker, which starts over whatever this one leaves in flight.
    void setAlarm(wanted === 'flight' ? now() + longestFlightMs : wanted).catch((error: unknown) =>
      console.error('No alarm could be set', error),
    );
  };
  return { changed };
}
