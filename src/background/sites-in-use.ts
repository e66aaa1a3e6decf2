import type { Session } from '../session/session.ts';

/** Bases of the sites whose line is worth keeping up: each has a session that a close would have to end from here. */
export function sitesInUse(
  sessions: Iterable<Session>,
  /** Whether something else than a page wants the session's line. */
  isNeeded: (id: string) => boolean,
  /** What the Guard covers needs no help of ours: it sends after the end, with all the time it wants. */
  isCovered: (id: string) => boolean,
): readonly string[] {
  const used = [...sessions].filter(
    session => (isInUse(session) || isNeeded(session.id)) && !isCovered(session.id),
  );
  return [...new Set(used.map(({ site }) => site))];
}

/** What is owed has no page any more; its next attempt warms the line itself, and comes when the server allows. */
function isInUse({ state, source, kind }: Session): boolean {
  const used = state.is === 'counting-down' || (state.is === 'open' && state.inUse);
  return used && kind === 'session' && source.is === 'web';
}
