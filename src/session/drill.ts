import type { Trigger } from './session.ts';
import type { HistoryEntry } from './view.ts';

/**
 * A close drill: a session that is left open on purpose, to see what becomes of it as the browser closes. It knows the
 * session by its id; the token stands where every session's does, and nowhere here. Times in ms since the epoch.
 */
export type Drill = {
  readonly session: string;
  readonly site: string;
  /** `drill`: it was opened for this and is thrown away. `user`: it was open before, and a drill called off leaves it so. */
  readonly whose: 'drill' | 'user';
  /** Whether the session was to stay logged on once before the drill saw to that. */
  readonly stayedOnce: boolean;
  readonly since: number;
  /** When there was a browser again after the close. */
  readonly backAt?: number;
  /** Whether the user has been shown what came of it, by a page that opened by itself. */
  readonly told: boolean;
  /** The rules let the session outlive the browser, and it was logged off at the next start for the drill's sake. */
  readonly keptByRules: boolean;
  /** How the session ended, as the history has it, which may be switched off. */
  readonly end?: DrillEnd;
};

export type DrillEnd = Pick<HistoryEntry, 'at' | 'trigger' | 'outcome' | 'ms' | 'confirmed' | 'ended'>;

/** What a drill has shown so far. Times in ms. */
export type Verdict =
  /** The browser has not closed yet. */
  | { readonly is: 'waiting' }
  /** The browser is back, and the server has not answered yet. */
  | { readonly is: 'owed' }
  /**
   * Sent as the browser closed. `took`: until the answer, where somebody was left to hear it. `within`: after so long
   * the Guard found it done.
   */
  | { readonly is: 'closing'; readonly took?: number; readonly within?: number; readonly proven: boolean }
  | {
      readonly is: 'guard';
      readonly after: number;
      readonly ended: NonNullable<DrillEnd['ended']>;
      readonly proven: boolean;
    }
  /** `after`: from the next start to the answer. */
  | { readonly is: 'next-start'; readonly after: number; readonly proven: boolean }
  /** The rules keep such a session on; it is logged off now. */
  | { readonly is: 'kept'; readonly proven: boolean }
  /** It ended before the browser closed, so nothing is known of the close. */
  | { readonly is: 'other-way'; readonly trigger: Trigger }
  | { readonly is: 'forgotten' };

/** What a drill has shown, from what is recorded of its session and no more. */
export function verdictOf({ backAt, keptByRules, end }: Drill): Verdict {
  if (!end) return { is: backAt === undefined ? 'waiting' : 'owed' };
  const { at, trigger, outcome, ms, confirmed: proven, ended } = end;
  if (outcome === 'forgotten') return { is: 'forgotten' };
  if (keptByRules) return { is: 'kept', proven };
  if (trigger === 'guard' && ended !== undefined) {
    return outcome === 'logged-off'
      ? { is: 'guard', after: ms, ended, proven }
      : { is: 'closing', within: ms, proven };
  }
  if (backAt === undefined || at < backAt) {
    return trigger === 'browser-close' && outcome !== 'by-page'
      ? { is: 'closing', took: ms, proven }
      : { is: 'other-way', trigger };
  }
  // The server knew it no longer: what was sent as the browser closed had got through.
  return outcome === 'already-off'
    ? { is: 'closing', proven }
    : { is: 'next-start', after: Math.max(0, at - backAt), proven };
}

/** Whether the drill still waits for the browser to close. */
export function isWaiting(drill: Drill): boolean {
  return drill.backAt === undefined && drill.end === undefined;
}
