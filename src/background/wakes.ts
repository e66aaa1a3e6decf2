import type { Session } from '../session/session.ts';
import { wakeAt } from '../session/transition.ts';

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
  let next: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ring = (): void => {
    // Timers may ring a moment before the wall clock gets there: what is not due yet is waited for again.
    next = undefined;
    void due().then(changed);
  };
  const changed = (): void => {
    const times = [...sessions()].flatMap(session => wakeAt(session) ?? []);
    const earliest = times.length > 0 ? Math.min(...times) : undefined;
    if (earliest === next) return;
    next = earliest;
    clearTimeout(timer);
    if (earliest !== undefined) timer = setTimeout(ring, Math.max(0, earliest - now()));
    void setAlarm(earliest).catch((error: unknown) => console.error('No alarm could be set', error));
  };
  return { changed };
}
