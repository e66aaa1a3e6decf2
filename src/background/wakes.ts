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
  due: () => void,
) {
  let next: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    changed(): void {
      const times = [...sessions()].flatMap(session => wakeAt(session) ?? []);
      const earliest = times.length > 0 ? Math.min(...times) : undefined;
      if (earliest === next) return;
      next = earliest;
      clearTimeout(timer);
      if (earliest !== undefined) timer = setTimeout(due, Math.max(0, earliest - now()));
      void setAlarm(earliest).catch((error: unknown) => console.error('No alarm could be set', error));
    },
  };
}
