import type { SessionView } from '../session/view.ts';

/** How often what the popup shows of these sessions changes by the clock alone, in ms; undefined: never. */
export function tickMsOf(sessions: readonly SessionView[]): number | undefined {
  const ticks = sessions.map(({ state, seenAliveAt }) => {
    if (state.is === 'counting-down') return 1000;
    if (state.is === 'owed' && state.nextTryAt !== undefined) return 1000;
    return state.is === 'open' && seenAliveAt !== undefined ? 60_000 : Number.POSITIVE_INFINITY;
  });
  const shortest = Math.min(...ticks);
  return Number.isFinite(shortest) ? shortest : undefined;
}

/** The time as far as what is shown of a session depends on it: as long as it is the same, nothing has to change. */
export function tickOf(session: SessionView, now: number): number {
  return Math.floor(now / Math.min(tickMsOf([session]) ?? 60_000, 60_000));
}
