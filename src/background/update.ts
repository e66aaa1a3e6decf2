import type { Session } from '../session/session.ts';

/**
 * A waiting update is taken as soon as nothing is under way: a worker that is kept awake would never go idle, and an
 * update at the next start would cost that start its first second.
 */
export function createUpdate(
  sessions: () => Iterable<Session>,
  handOver: () => Promise<void>,
  reload: () => void,
) {
  let waiting = false;
  const takeIfQuiet = (): void => {
    if (!waiting || [...sessions()].some(isUnderWay)) return;
    waiting = false;
    // Without the note the next worker would take the reload for a restart; then the update rather waits.
    void handOver().then(reload, (error: unknown) => console.error('The update waits', error));
  };
  return {
    available(): void {
      waiting = true;
      takeIfQuiet();
    },
    changed: takeIfQuiet,
  };
}

function isUnderWay({ state, private: fleeting }: Session): boolean {
  // A reload empties the memory, which is all that holds a private window's sessions.
  return (
    fleeting || state.is === 'counting-down' || (state.is !== 'open' && state.attempt.is === 'in-flight')
  );
}
