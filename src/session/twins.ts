import { isOpen, type Session } from './session.ts';

/**
 * Of several records of the same token only one may count: two would send two log-offs at once. They come about when a
 * worker could not read the store, and took in anew what its cookie showed. The one whose end is decided stays.
 */
export function withoutTwins(stored: readonly Session[]): {
  readonly sessions: readonly Session[];
  readonly twins: readonly Session[];
} {
  const sessions = new Map<string, Session>();
  const twins: Session[] = [];
  for (const session of stored) {
    const key = `${session.site} ${session.token.reveal()}`;
    const other = sessions.get(key);
    const stays = other && !(isOpen(other.state) && !isOpen(session.state)) ? other : session;
    if (other) twins.push(stays === other ? session : other);
    sessions.set(key, stays);
  }
  return { sessions: [...sessions.values()], twins };
}
