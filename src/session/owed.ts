import { backoff } from './backoff.ts';
import type { Attempt, Ending, Obstacle, Session, State, Trigger } from './session.ts';
import type { HistoryEntry } from './view.ts';

/** What the keeper has to do after it has saved the session. All but `log-off` and `check` are idempotent. */
export type Effect =
  | { readonly do: 'log-off' }
  | { readonly do: 'check' }
  | { readonly do: 'remember-dead' }
  | { readonly do: 'remove-cookie' }
  /** Writes or overwrites this session's line in the history. */
  | {
      readonly do: 'record';
      readonly entry: Omit<HistoryEntry, 'id' | 'site' | 'person'>;
    }
  /** Takes the line back: what was recorded turned out to be untrue. */
  | { readonly do: 'unrecord' };

export type Step = {
  /** Undefined: the record may go, because the token is known dead or the user said so. */
  readonly session: Session | undefined;
  readonly effects: readonly Effect[];
};

export type Owed = Extract<State, { is: 'owed' }>;
export type Answered = Extract<State, { is: 'answered' }>;

/** What the server said about a token when it was asked. */
export type Checked = 'alive' | 'dead' | 'unknown';

/** When an answer came, and the dice for the wait after it. */
export type Moment = { readonly at: number; readonly chance: number };

/** How often a log-off that was answered is checked before its proof is given up; the answer itself stands. */
const maxChecks = 4;

export const inFlight: Attempt = { is: 'in-flight' };
const burial: readonly Effect[] = [{ do: 'remember-dead' }, { do: 'remove-cookie' }];

export function same(session: Session): Step {
  return { session, effects: [] };
}

export function only(session: Session, state: State): Step {
  return { session: { ...session, state }, effects: [] };
}

export function owed(trigger: Trigger, since: number, attempts: number, attempt: Attempt): Owed {
  return { is: 'owed', trigger, since, attempts, attempt, obstacle: undefined };
}

/** Decided: from here on it is owed until it is answered. */
export function begin(session: Session, trigger: Trigger, at: number): Step {
  return { session: { ...session, state: owed(trigger, at, 1, inFlight) }, effects: [{ do: 'log-off' }] };
}

export function attemptNow(session: Session, state: Owed): Step {
  if (state.attempt.is === 'in-flight') return same(session);
  return {
    session: { ...session, state: { ...state, attempts: state.attempts + 1, attempt: inFlight } },
    effects: [{ do: 'log-off' }],
  };
}

export function checkNow(session: Session, state: Answered): Step {
  return {
    session: { ...session, state: { ...state, checks: state.checks + 1, attempt: inFlight } },
    // The burial again: the worker that was to do it may have died first.
    effects: [...burial, { do: 'check' }],
  };
}

/** An attempt came to its end: answered, or to be made again later. */
export function logOffEnded(
  session: Session,
  state: Owed,
  result: 'logged-off' | 'already-off' | Obstacle,
  { at, chance }: Moment,
): Step {
  if (result === 'already-off') {
    return {
      session: undefined,
      effects: [...burial, record(state, at, 'already-off', 'proven')],
    };
  }
  if (result === 'logged-off') {
    const { trigger, since, attempts } = state;
    return {
      session: {
        ...session,
        state: { is: 'answered', trigger, since, at, attempts, checks: 1, attempt: inFlight },
      },
      effects: [...burial, record(state, at, 'logged-off', 'unproven'), { do: 'check' }],
    };
  }
  const asked = result.is === 'unavailable' ? result.retryAfterMs : undefined;
  const until = at + backoff(state.attempts, chance, asked);
  return only(session, { ...state, attempt: { is: 'waiting', until }, obstacle: result });
}

/** The check that was to prove a log-off. */
export function proofEnded(session: Session, state: Answered, result: Checked, { at, chance }: Moment): Step {
  switch (result) {
    case 'dead':
      return { session: undefined, effects: [record(state, state.at, 'logged-off', 'proven')] };
    case 'alive': {
      const { trigger, since, attempts } = state;
      const until = at + backoff(attempts, chance);
      const again = owed(trigger, since, attempts, { is: 'waiting', until });
      return {
        session: { ...session, state: { ...again, obstacle: { is: 'still-alive' } } },
        effects: [{ do: 'unrecord' }],
      };
    }
    case 'unknown':
      if (state.checks >= maxChecks) return { session: undefined, effects: [] };
      return only(session, {
        ...state,
        attempt: { is: 'waiting', until: at + backoff(state.checks, chance) },
      });
    default:
      return result satisfies never;
  }
}

/** What a site answered the Guard, which logged off after the browser was gone. `at`: when. */
export type GuardAnswer = {
  readonly outcome: 'logged-off' | 'already-off';
  readonly at: number;
  /** From the end to the answer. */
  readonly ms: number;
  readonly attempts: number;
  readonly ended: Ending;
};

/** The Guard was faster. Its answer is proven like any other. */
export function guardAnswered(session: Session, answer: GuardAnswer): Step {
  const { outcome, at, ms, attempts, ended } = answer;
  const decided = { trigger: 'guard', since: at - ms, attempts, ended } as const;
  if (outcome === 'already-off') {
    return { session: undefined, effects: [...burial, record(decided, at, outcome, 'proven')] };
  }
  return {
    session: { ...session, state: { is: 'answered', ...decided, at, checks: 1, attempt: inFlight } },
    effects: [...burial, record(decided, at, outcome, 'unproven'), { do: 'check' }],
  };
}

/** The user gave it up. */
export function forget(state: Owed, at: number): Step {
  return { session: undefined, effects: [...burial, record(state, at, 'forgotten', 'unproven')] };
}

/** Somebody else, the page most likely, has logged it off before anything was decided here. */
export function endedByPage(trigger: Trigger, at: number): Step {
  return {
    session: undefined,
    effects: [{ do: 'remember-dead' }, record({ trigger, since: at, attempts: 0 }, at, 'by-page', 'proven')],
  };
}

function record(
  decided: Pick<Answered, 'trigger' | 'since' | 'attempts' | 'ended'>,
  at: number,
  outcome: HistoryEntry['outcome'],
  proof: 'proven' | 'unproven',
): Effect {
  const { trigger, since, attempts, ended } = decided;
  const entry = {
    at,
    trigger,
    outcome,
    attempts,
    ms: Math.max(0, at - since),
    confirmed: proof === 'proven',
  };
  return { do: 'record', entry: { ...entry, ...(ended && { ended }) } };
}
