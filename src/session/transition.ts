import { backoff } from './backoff.ts';
import type { Attempt, CookieIdentity, Obstacle, Person, Session, State, Trigger } from './session.ts';
import type { Settings } from './settings.ts';
import type { HistoryEntry } from './view.ts';

/** Whatever can happen to a session. `at` is ms since the epoch; `chance` is 0 up to 1, for the jitter. */
export type Event =
  /** Somebody or something decided that this session ends now. */
  | { readonly is: 'triggered'; readonly trigger: Trigger; readonly at: number }
  /** Whether any tab shows its site with this session; told at start and whenever that changes. */
  | { readonly is: 'tabs-seen'; readonly any: boolean; readonly at: number }
  | { readonly is: 'kept-on' }
  | { readonly is: 'stay-once'; readonly on: boolean }
  /** The closing function has sent this session's log-off already; its answer follows, if the worker lives. */
  | { readonly is: 'closing'; readonly at: number }
  /** The browser run that this session belonged to is over. */
  | { readonly is: 'run-over'; readonly at: number }
  /** A worker began; nothing that was in flight in another one will ever answer. */
  | { readonly is: 'worker-started'; readonly at: number }
  /** Time has passed; whatever was waiting for `at` or earlier is due. */
  | { readonly is: 'due'; readonly at: number }
  /** The user, or a network that came back, asks to try at once. */
  | { readonly is: 'try-now'; readonly at: number }
  | {
      readonly is: 'log-off-ended';
      readonly result: 'logged-off' | 'already-off' | Obstacle;
      readonly at: number;
      readonly chance: number;
    }
  | {
      readonly is: 'check-ended';
      /** What it was begun for: the proof of a log-off, or a cookie that had gone. */
      readonly about: 'proof' | 'cookie';
      readonly result: 'alive' | 'dead' | 'unknown';
      readonly at: number;
      readonly chance: number;
    }
  /** The site wrote the same token into another cookie: another path, domain or partition. */
  | { readonly is: 'cookie-moved'; readonly cookie: CookieIdentity }
  /** Its cookie is gone from the browser, and no other value came in its place. */
  | { readonly is: 'cookie-vanished' }
  | { readonly is: 'person-known'; readonly person: Person; readonly at: number }
  | { readonly is: 'forgotten'; readonly at: number };

/** What the keeper has to do after it has saved the session. All but `log-off` and `check` are idempotent. */
export type Effect =
  | { readonly do: 'log-off' }
  | { readonly do: 'check' }
  | { readonly do: 'remember-dead' }
  | { readonly do: 'remove-cookie' }
  /** Writes or overwrites this session's line in the history. */
  | {
      readonly do: 'record';
      readonly entry: Pick<HistoryEntry, 'at' | 'trigger' | 'outcome' | 'attempts' | 'ms' | 'confirmed'>;
    }
  /** Takes the line back: what was recorded turned out to be untrue. */
  | { readonly do: 'unrecord' };

export type Step = {
  /** Undefined: the record may go, because the token is known dead or the user said so. */
  readonly session: Session | undefined;
  readonly effects: readonly Effect[];
};

/** How often a log-off that was answered is checked before its proof is given up; the answer itself stands. */
const maxChecks = 4;

/** What "Stay logged on this time" skips, once: never the close, nor what the user asks for. */
const skippable: readonly Trigger[] = ['last-tab', 'idle', 'lock'];

const inFlight: Attempt = { is: 'in-flight' };
const burial: readonly Effect[] = [{ do: 'remember-dead' }, { do: 'remove-cookie' }];

/**
 * What a session becomes when something happens to it, and what has to be done about it. The only place that decides.
 * An event that means nothing in the present state returns the same session object and no effects.
 */
export function transition(session: Session, event: Event, settings: Settings): Step {
  const { state } = session;
  switch (event.is) {
    case 'triggered':
      if (state.is === 'owed') {
        // A site may refresh its cookie with every page; that is no reason to press a server that asked to wait.
        return event.trigger === 'replaced' ? same(session) : attemptNow(session, state);
      }
      if (!isOpen(state)) return same(session);
      return session.staysOnce && skippable.includes(event.trigger)
        ? { session: { ...session, staysOnce: false }, effects: [] }
        : begin(session, event.trigger, event.at);

    case 'tabs-seen':
      return tabsSeen(session, event.any, event.at, settings);

    case 'kept-on':
      return state.is === 'counting-down' ? only(session, { is: 'open', inUse: false }) : same(session);

    case 'stay-once':
      // Asked for while the seconds run, it is this very log-off that is skipped.
      if (event.on && state.is === 'counting-down') return only(session, { is: 'open', inUse: false });
      return session.staysOnce === event.on
        ? same(session)
        : { session: { ...session, staysOnce: event.on }, effects: [] };

    case 'closing':
      if (!endsAtClose(session, settings)) return same(session);
      if (isOpen(state)) return only(session, owed(closeTrigger(state, settings), event.at, 1, inFlight));
      if (state.is === 'owed' && state.attempt.is === 'waiting') {
        return only(session, { ...state, attempts: state.attempts + 1, attempt: inFlight });
      }
      return same(session);

    case 'run-over':
      if (isOpen(state)) {
        if (!endsAtClose(session, settings)) return unused(session, state);
        const trigger = state.is === 'counting-down' ? state.trigger : 'startup';
        return only(session, owed(trigger, event.at, 0, { is: 'waiting', until: event.at }));
      }
      return only(session, { ...state, attempt: { is: 'waiting', until: event.at } });

    case 'worker-started':
      if (isOpen(state) || state.attempt.is === 'waiting') return same(session);
      return only(session, { ...state, attempt: { is: 'waiting', until: event.at } });

    case 'due': {
      const due = wakeAt(session);
      if (state.is === 'open' || due === undefined || due > event.at) return same(session);
      if (state.is === 'counting-down') return begin(session, state.trigger, event.at);
      return state.is === 'answered' ? checkNow(session, state) : attemptNow(session, state);
    }

    case 'try-now':
      return state.is === 'owed' ? attemptNow(session, state) : same(session);

    case 'log-off-ended':
      return state.is === 'owed' ? logOffEnded(session, state, event) : same(session);

    case 'check-ended':
      return checkEnded(session, event);

    case 'cookie-vanished':
      // Gone from the browser is not gone from the server: FogBugz's own log-off and a cleaner look the same here.
      return isOpen(state) && session.source.is === 'web'
        ? { session, effects: [{ do: 'check' }] }
        : same(session);

    case 'cookie-moved':
      if (!isOpen(state) || session.source.is !== 'web') return same(session);
      return { session: { ...session, source: { is: 'web', cookie: event.cookie } }, effects: [] };

    case 'person-known':
      return { session: { ...session, person: event.person, seenAliveAt: event.at }, effects: [] };

    case 'forgotten':
      if (state.is !== 'owed') return same(session);
      return {
        session: undefined,
        effects: [...burial, record(state, event.at, 'forgotten', { confirmed: false })],
      };

    default:
      return event satisfies never;
  }
}

/** Whether closing the browser ends this session: what the closing function sends, and what the next start owes. */
export function endsAtClose(session: Session, settings: Settings): boolean {
  if (session.kind === 'api-key') return false;
  switch (session.state.is) {
    case 'open':
      return settings.browserClose;
    case 'counting-down': // decided already; closing the browser can't mean "keep it"
    case 'owed':
      return true;
    case 'answered':
      return false;
    default:
      return session.state satisfies never;
  }
}

/** When something is due for this session, in ms since the epoch. */
export function wakeAt({ state }: Session): number | undefined {
  if (state.is === 'open') return undefined;
  if (state.is === 'counting-down') return state.until;
  return state.attempt.is === 'waiting' ? state.attempt.until : undefined;
}

type Owed = Extract<State, { is: 'owed' }>;
type Answered = Extract<State, { is: 'answered' }>;
type Open = Extract<State, { is: 'open' | 'counting-down' }>;

function isOpen(state: State): state is Open {
  return state.is === 'open' || state.is === 'counting-down';
}

function same(session: Session): Step {
  return { session, effects: [] };
}

function only(session: Session, state: State): Step {
  return { session: { ...session, state }, effects: [] };
}

/** Open, and no tab shows it. */
function unused(session: Session, state: Open): Step {
  return state.is === 'open' && !state.inUse ? same(session) : only(session, { is: 'open', inUse: false });
}

function owed(trigger: Trigger, since: number, attempts: number, attempt: Attempt): Owed {
  return { is: 'owed', trigger, since, attempts, attempt, obstacle: undefined };
}

function closeTrigger(state: Open, settings: Settings): Trigger {
  return state.is === 'counting-down' && !settings.browserClose ? state.trigger : 'browser-close';
}

function begin(session: Session, trigger: Trigger, at: number): Step {
  // A key is kept whatever happens; ending it is another command, not a trigger.
  if (session.kind === 'api-key') return same(session);
  return { session: { ...session, state: owed(trigger, at, 1, inFlight) }, effects: [{ do: 'log-off' }] };
}

function attemptNow(session: Session, state: Owed): Step {
  if (state.attempt.is === 'in-flight') return same(session);
  return {
    session: { ...session, state: { ...state, attempts: state.attempts + 1, attempt: inFlight } },
    effects: [{ do: 'log-off' }],
  };
}

function checkNow(session: Session, state: Answered): Step {
  return {
    session: { ...session, state: { ...state, checks: state.checks + 1, attempt: inFlight } },
    // The burial again: the worker that was to do it may have died first.
    effects: [...burial, { do: 'check' }],
  };
}

function tabsSeen(session: Session, any: boolean, at: number, settings: Settings): Step {
  const { state } = session;
  if (state.is === 'counting-down') {
    return any && state.trigger === 'last-tab' ? only(session, { is: 'open', inUse: true }) : same(session);
  }
  if (state.is !== 'open' || state.inUse === any) return same(session);
  if (any) return only(session, { is: 'open', inUse: true });

  const left: State = { is: 'open', inUse: false };
  if (!settings.lastTab || session.kind === 'api-key') return only(session, left);
  if (session.staysOnce) return { session: { ...session, staysOnce: false, state: left }, effects: [] };
  if (settings.graceSeconds === 0) return begin(session, 'last-tab', at);
  return only(session, {
    is: 'counting-down',
    trigger: 'last-tab',
    until: at + settings.graceSeconds * 1000,
  });
}

function logOffEnded(
  session: Session,
  state: Owed,
  { result, at, chance }: Extract<Event, { is: 'log-off-ended' }>,
): Step {
  if (result === 'already-off') {
    return {
      session: undefined,
      effects: [...burial, record(state, at, 'already-off', { confirmed: true })],
    };
  }
  if (result === 'logged-off') {
    const { trigger, since, attempts } = state;
    return {
      session: {
        ...session,
        state: { is: 'answered', trigger, since, at, attempts, checks: 1, attempt: inFlight },
      },
      effects: [...burial, record(state, at, 'logged-off', { confirmed: false }), { do: 'check' }],
    };
  }
  const asked = result.is === 'unavailable' ? result.retryAfterMs : undefined;
  const until = at + backoff(state.attempts, chance, asked);
  return only(session, { ...state, attempt: { is: 'waiting', until }, obstacle: result });
}

function checkEnded(
  session: Session,
  { about, result, at, chance }: Extract<Event, { is: 'check-ended' }>,
): Step {
  const { state } = session;
  if (about === 'cookie') return isOpen(state) ? vanishedChecked(session, state, result, at) : same(session);
  if (state.is !== 'answered') return same(session);
  switch (result) {
    case 'dead':
      return {
        session: undefined,
        effects: [record(state, state.at, 'logged-off', { confirmed: true })],
      };
    case 'alive':
      return {
        session: {
          ...session,
          state: {
            ...owed(state.trigger, state.since, state.attempts, {
              is: 'waiting',
              until: at + backoff(state.attempts, chance),
            }),
            obstacle: { is: 'still-alive' },
          },
        },
        effects: [{ do: 'unrecord' }],
      };
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

/** The cookie went, and the server was asked about its token. */
function vanishedChecked(
  session: Session,
  state: Open,
  result: 'alive' | 'dead' | 'unknown',
  at: number,
): Step {
  if (result !== 'dead') return begin(session, 'cookie-gone', at);
  return {
    session: undefined,
    effects: [
      { do: 'remember-dead' },
      record(
        { trigger: state.is === 'open' ? 'cookie-gone' : state.trigger, since: at, attempts: 0 },
        at,
        'by-page',
        { confirmed: true },
      ),
    ],
  };
}

function record(
  decided: { readonly trigger: Trigger; readonly since: number; readonly attempts: number },
  at: number,
  outcome: HistoryEntry['outcome'],
  { confirmed }: { readonly confirmed: boolean },
): Effect {
  const { trigger, since, attempts } = decided;
  return { do: 'record', entry: { at, trigger, outcome, attempts, ms: Math.max(0, at - since), confirmed } };
}
