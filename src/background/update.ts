import { isInFlight, type Session } from '../session/session.ts';

/**
 * A waiting update is taken as soon as nothing is under way: a worker that is kept awake would never go idle, and an
 * update at the next start would cost that start its first second.
 */
export function createUpdate(
  sessions: () => Iterable<Session>,
  /**
   * Whether this worker knows all that is stored, has saved as owed what the last run of the browser left, and has all it
   * knows in the store. Before that it can't tell what a reload would lose, and its note would pass off the last run's
   * sessions as this one's.
   */
  isAtHome: () => boolean,
  handOver: () => Promise<void>,
  reload: () => void,
) {
  let waiting = false;
  const isQuiet = (): boolean => isAtHome() && ![...sessions()].some(isUnderWay);
  const takeIfQuiet = (): void => {
    if (!waiting || !isQuiet()) return;
    waiting = false;
    // Without the note the next worker would take the reload for a restart; then the update rather waits.
    void handOver().then(reloadIfQuiet, (error: unknown) => {
      console.error('The update waits', error);
      waiting = true;
    });
  };
  /** While the note was written, something may have begun. */
  const reloadIfQuiet = (): void => {
    if (isQuiet()) reload();
    else waiting = true;
  };
  return {
    available(): void {
      waiting = true;
      takeIfQuiet();
    },
    changed: takeIfQuiet,
  };
}

function isUnderWay(session: Session): boolean {
  // A reload empties the memory, which is all that holds a private window's sessions.
  return session.private || session.state.is === 'counting-down' || isInFlight(session);
}
