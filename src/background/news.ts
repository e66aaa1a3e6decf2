import type { NoticeText } from '../browser/notices.ts';
import { failedAttempts, isHopeless, troubleAfter } from '../session/hopeless.ts';
import type { Step } from '../session/owed.ts';
import type { Obstacle, Session, State } from '../session/session.ts';

/** What a notice offers; its id says it too, because the worker that hears the answer may be another one. */
export type Offer =
  | { readonly does: 'log-on'; readonly site: string }
  | { readonly does: 'keep-on'; readonly id: string }
  | { readonly does: 'try-now'; readonly id: string };

type Notice = { readonly offer: Offer; readonly text: NoticeText };

/** What has to be said of one change of a session, and which notices are out of date by it. */
export type News = { readonly show?: Notice; readonly withdraw: readonly Offer[] };

export function newsOf(before: Session, { session: after, effects }: Step, now: number): News {
  // Nothing of a private window leaves it.
  if (before.private) return { withdraw: [] };
  const withdraw = [...offersOf(before, now)].filter(
    ({ does }) => after === undefined || !offersOf(after, now).some(offer => offer.does === does),
  );
  const show = done(before, effects) ?? (after && unlessSaid(before, after, now));
  return show ? { show, withdraw } : { withdraw };
}

/** A log-off that was just answered. What the user did on the page, or gave up, is no news to them. */
function done(before: Session, effects: Step['effects']): Notice | undefined {
  const ended = effects.some(
    effect =>
      effect.do === 'record' &&
      before.state.is === 'owed' &&
      (effect.entry.outcome === 'logged-off' || effect.entry.outcome === 'already-off'),
  );
  if (!ended || before.kind === 'api-key') return undefined;
  return {
    offer: { does: 'log-on', site: before.site },
    text: about(before, 'noticeDone', 'noticeDoneMeans', 'noticeLogOn'),
  };
}

function unlessSaid(before: Session, after: Session, now: number): Notice | undefined {
  if (after.state.is === 'counting-down' && before.state.is !== 'counting-down') {
    return {
      offer: { does: 'keep-on', id: after.id },
      text: about(after, 'noticeCountingDown', 'noticeCountingDownMeans', 'keepOn'),
    };
  }
  const problem = problemOf(after.state, now);
  if (!problem || problem === problemOf(before.state, now)) return undefined;
  return {
    offer: { does: 'try-now', id: after.id },
    text: about(after, 'noticeOwed', problem, 'tryNow'),
  };
}

type Problem = Extract<NoticeText['message'], `problem${string}`>;

/** What only the user can do something about, or should know. */
function problemOf(state: State, now: number): Problem | undefined {
  if (state.is !== 'owed' || !state.obstacle) return undefined;
  const failed = failedAttempts(state);
  if (isHopeless({ ...state, attempts: failed }, now)) return 'problemHopeless';
  return atOnce(state.obstacle) ?? (failed >= troubleAfter ? 'problemLong' : undefined);
}

function atOnce({ is }: Obstacle): Problem | undefined {
  switch (is) {
    case 'refused':
      return 'problemRefused';
    case 'still-alive':
    case 'page-still-on':
      return 'problemLivesOn';
    case 'not-permitted':
      return 'problemNotPermitted';
    case 'unreachable':
    case 'timed-out':
    case 'redirected':
    case 'too-large':
    case 'not-fogbugz':
    case 'unavailable':
      return undefined;
    default:
      return is satisfies never;
  }
}

/** The notices that are right for a session as it stands. */
export function offersOf({ id, state }: Session, now: number): readonly Offer[] {
  return [
    ...(state.is === 'counting-down' ? [{ does: 'keep-on', id } as const] : []),
    ...(state.is === 'owed' && problemOf(state, now) ? [{ does: 'try-now', id } as const] : []),
  ];
}

function about(
  { site, person }: Session,
  title: 'noticeDone' | 'noticeCountingDown' | 'noticeOwed',
  message: NoticeText['message'],
  button: NoticeText['button'],
): NoticeText {
  return { title: [title, new URL(site).host], message, person: person?.name ?? '', button };
}
