import type { Tooltip } from '../browser/action.ts';
import type { CountedKey, MessageKey } from '../browser/plural.ts';
import { failedAttempts, troubleAfter } from '../session/hopeless.ts';
import type { Session } from '../session/session.ts';

export type Look = {
  /** Which of the four drawings. */
  readonly icon: 'none' | 'on' | 'owed' | 'trouble';
  readonly badge: string;
  /** The words for the state, with what they name. */
  readonly tooltip: Tooltip;
};

/** What the toolbar button shows; the most pressing thing first. `now` in ms since the epoch. */
export function lookOf(sessions: readonly Session[], missing: ReadonlySet<string>, now: number): Look {
  // A key that is kept is nothing that anybody waits to see logged off.
  const open = sessions.filter(({ state, kind }) => state.is === 'open' && kind === 'session');
  const badge = open.length > 1 ? String(open.length) : '';

  const ending = sessions.flatMap(({ site, state }) =>
    state.is === 'counting-down' ? [{ site, until: state.until }] : [],
  );
  const next = ending.sort((a, b) => a.until - b.until)[0];
  if (next) {
    const seconds = Math.max(0, Math.ceil((next.until - now) / 1000));
    return { icon: 'owed', badge: String(seconds), tooltip: ['tooltipCountingDown', hostOf(next.site)] };
  }

  if (missing.size > 0) return { icon: 'trouble', badge, tooltip: ['tooltipTrouble'] };
  const owed = sessions.filter(({ state }) => state.is === 'owed');
  if (owed.some(isTrouble)) return { icon: 'trouble', badge, tooltip: ['tooltipTrouble'] };
  if (owed[0]) return { icon: 'owed', badge, tooltip: named('tooltipOwed', 'tooltipOwedSeveral', owed) };
  if (open[0]) return { icon: 'on', badge, tooltip: named('tooltipOn', 'tooltipOnSeveral', open) };
  return { icon: 'none', badge, tooltip: ['tooltipNone'] };
}

function isTrouble({ state }: Session): boolean {
  if (state.is !== 'owed') return false;
  return failedAttempts(state) >= troubleAfter || state.obstacle?.is === 'not-permitted';
}

function named(one: MessageKey, several: CountedKey, sessions: readonly Session[]): Look['tooltip'] {
  const [first] = sessions;
  return first && sessions.length === 1
    ? [one, hostOf(first.site)]
    : { key: several, count: sessions.length };
}

function hostOf(site: string): string {
  return new URL(site).host;
}
