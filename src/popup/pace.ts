import type { SessionView } from '../session/view.ts';

/** How often what the popup shows of these sessions changes by the clock alone, in ms; undefined: never. */
export function paceOf(sessions: readonly SessionView[]): number | undefined {
  const paces = sessions.map(({ state, seenAliveAt }) => {
    if (state.is === 'counting-down') return 1000;
    if (state.is === 'owed' && state.nextTryAt !== undefined) return 1000;
    return state.is === 'open' && seenAliveAt !== undefined ? 60_000 : Number.POSITIVE_INFINITY;
  });
  const pace = Math.min(...paces);
  return Number.isFinite(pace) ? pace : undefined;
}

/** The time as far as what is shown of a session depends on it: as long as it is the same, nothing has to change. */
export function tickOf(session: SessionView, now: number): number {
  return Math.floor(now / Math.min(paceOf([session]) ?? 60_000, 60_000));
}
