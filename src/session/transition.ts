import { longestWaitMs } from './backoff.ts';
import { deadlineOf } from './deadline.ts';
import { endsAtClose } from './ends-at-close.ts';
import type { Event } from './event.ts';
import {
  attemptNow,
  begin,
  checkNow,
  endedByPage,
  forget,
  guardAnswered,
  inFlight,
  logOffEnded,
  only,
  owed,
  proofEnded,
  type Step,
  same,
} from './owed.ts';
import { isOpen, type Session, type State, type Trigger } from './session.ts';
import { maxGraceSeconds, type Rules, rulesFor, type Settings } from './settings.ts';

/** What "Stay logged on this time" skips, once: never the close, nor what the user asks for. */
const skippable: readonly Trigger[] = ['last-tab', 'idle', 'lock'];

/**
 * What a session becomes when something happens to it, and what has to be done about it. The only place that decides;
 * what follows once a log-off is decided is in `owed.ts`. An event that means nothing in the present state returns
 * the same session object and no effects.
 */
export function transition(before: Session, event: Event, settings: Settings): Step {
  const session = 'at' in event ? withinReach(before, event.at) : before;
  const { state } = session;
  const rules = rulesFor(settings, session.site);
  switch (event.is) {
    case 'triggered':
      if (state.is === 'owed') {
        // A site may refresh its cookie with every page; that is no reason to press a server that asked to wait.
        return event.trigger === 'replaced' ? same(session) : attemptNow(session, state);
      }
      // A key is kept whatever happens.
      if (!isOpen(state) || session.kind === 'api-key') return same(session);
      return session.staysOnce && skippable.includes(event.trigger)
        ? { session: { ...session, staysOnce: false }, effects: [] }
        : begin(session, event.trigger, event.at);

    case 'revoked':
      return session.kind === 'api-key' && isOpen(state) ? begin(session, 'click', event.at) : same(session);

    case 'dropped':
      return session.kind === 'api-key' && isOpen(state)
        ? { session: undefined, effects: [] }
        : same(session);

    case 'tabs-seen':
      return tabsSeen(session, event.any, event.at, rules);

    case 'kept-on':
      return state.is === 'counting-down' ? only(session, { is: 'open', inUse: false }) : same(session);

    case 'stay-once':
      // Asked for while the seconds run, it is this very log-off that is skipped.
      if (event.on && state.is === 'counting-down') return only(session, { is: 'open', inUse: false });
      return session.staysOnce === event.on
        ? same(session)
        : { session: { ...session, staysOnce: event.on }, effects: [] };

    case 'closing':
      // The browser may live on without a window: then no tab of it is missed when the next one opens.
      if (!endsAtClose(session, settings)) return isOpen(state) ? unused(session, state) : same(session);
      if (isOpen(state)) return only(session, owed(closeTrigger(state, rules), event.at, 1, inFlight));
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

    case 'due':
      return due(session, event.at, rules);

    case 'try-now':
      return state.is === 'owed' ? attemptNow(session, state) : same(session);

    case 'log-off-ended':
      return state.is === 'owed' ? logOffEnded(session, state, event.result, event) : same(session);

    case 'check-ended':
      if (event.about === 'proof') {
        return state.is === 'answered' ? proofEnded(session, state, event.result, event) : same(session);
      }
      if (!isOpen(state) || session.kind === 'api-key') return same(session);
      return event.result === 'dead'
        ? endedByPage(state.is === 'open' ? 'cookie-gone' : state.trigger, event.at)
        : begin(session, 'cookie-gone', event.at);

    case 'cookie-vanished':
      // Gone from the browser is not gone from the server: FogBugz's own log-off and a cleaner look the same here.
      return isOpen(state) && session.source.is === 'web' && session.kind === 'session'
        ? { session, effects: [{ do: 'check' }] }
        : same(session);

    case 'cookie-moved':
      if (!isOpen(state) || session.kind === 'api-key') return same(session);
      return { session: { ...session, source: { is: 'web', cookie: event.cookie } }, effects: [] };

    case 'person-known':
      return { session: { ...session, person: event.person, seenAliveAt: event.at }, effects: [] };

    case 'forgotten':
      return state.is === 'owed' ? forget(state, event.at) : same(session);

    case 'guard-answered':
      if (state.is === 'answered' || (session.kind === 'api-key' && isOpen(state))) return same(session);
      return guardAnswered(session, event.answer);

    default:
      return event satisfies never;
  }
}

/** When something is due for this session, in ms since the epoch. */
export function wakeAt(session: Session, settings: Settings): number | undefined {
  const { state } = session;
  if (!isOpen(state)) return state.attempt.is === 'waiting' ? state.attempt.until : undefined;
  const deadline = deadlineOf(session, rulesFor(settings, session.site))?.at;
  if (state.is === 'open') return deadline;
  return deadline === undefined ? state.until : Math.min(state.until, deadline);
}

type Open = Extract<State, { is: 'open' | 'counting-down' }>;

/**
 * The session as a clock that was set back leaves it: nothing may be further away than it could have been put. Else an
 * hour back would be an hour longer logged on.
 */
function withinReach(session: Session, at: number): Session {
  const { state } = session;
  if (isOpen(state)) {
    const until = at + maxGraceSeconds * 1000;
    const near: State = state.is === 'counting-down' && state.until > until ? { ...state, until } : state;
    return near === state && session.since <= at
      ? session
      : { ...session, since: Math.min(session.since, at), state: near };
  }
  const until = at + longestWaitMs;
  return state.attempt.is === 'waiting' && state.attempt.until > until
    ? { ...session, state: { ...state, attempt: { is: 'waiting', until } } }
    : session;
}

/** Open, and no tab shows it. */
function unused(session: Session, state: Open): Step {
  return state.is === 'open' && !state.inUse ? same(session) : only(session, { is: 'open', inUse: false });
}

function closeTrigger(state: Open, rules: Rules): Trigger {
  return state.is === 'counting-down' && !rules.browserClose ? state.trigger : 'browser-close';
}

function due(session: Session, at: number, rules: Rules): Step {
  const { state } = session;
  if (isOpen(state)) {
    const deadline = deadlineOf(session, rules);
    if (deadline && deadline.at <= at) return begin(session, deadline.trigger, at);
    return state.is === 'counting-down' && state.until <= at
      ? begin(session, state.trigger, at)
      : same(session);
  }
  if (state.attempt.is === 'in-flight' || state.attempt.until > at) return same(session);
  return state.is === 'answered' ? checkNow(session, state) : attemptNow(session, state);
}

function tabsSeen(session: Session, any: boolean, at: number, rules: Rules): Step {
  const { state } = session;
  if (state.is === 'counting-down') {
    return any && state.trigger === 'last-tab' ? only(session, { is: 'open', inUse: true }) : same(session);
  }
  if (state.is !== 'open' || state.inUse === any) return same(session);
  if (any) return only(session, { is: 'open', inUse: true });

  const left: State = { is: 'open', inUse: false };
  if (!rules.lastTab || session.kind === 'api-key') return only(session, left);
  if (session.staysOnce) return { session: { ...session, staysOnce: false, state: left }, effects: [] };
  if (rules.graceSeconds === 0) return begin(session, 'last-tab', at);
  return only(session, {
    is: 'counting-down',
    trigger: 'last-tab',
    until: at + rules.graceSeconds * 1000,
  });
}
