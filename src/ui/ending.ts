import { deadlineOf } from '../session/deadline.ts';
import type { Rules } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import { dotted } from './dotted.ts';
import type { Language } from './language.ts';

type OpenView = Pick<SessionView, 'kind' | 'source' | 'private' | 'since' | 'staysOnce'> & {
  readonly inUse: boolean;
};

/** What will log an open session off, as things stand; `alsoWords` has the rest. */
export function endingWords(session: OpenView, rules: Rules, { say, times }: Language): string {
  if (session.kind === 'api-key') return say('keptApiKey');
  if (session.staysOnce && canStayOnce(session, rules)) {
    if (session.private) return say('staysThenPrivateClosed');
    return say(rules.browserClose ? 'staysThenBrowserClose' : 'staysThenByHand');
  }
  if (lastTabCounts(session, rules)) {
    return rules.graceSeconds === 0
      ? say('endsLastTab')
      : say('endsLastTabAfter', times.took(rules.graceSeconds * 1000));
  }
  if (session.private) return say('endsPrivateClosed');
  if (rules.browserClose) return say(session.source === 'web' ? 'endsBrowserClose' : 'endsBrowserCloseNoTab');
  const more = rules.idleMinutes > 0 || rules.lock || deadlineOf(session, rules);
  return say(more ? 'endsByClick' : 'endsByHand');
}

/** What else ends it, in one short line, if anything does. */
export function alsoWords(
  session: OpenView,
  rules: Rules,
  now: number,
  { say, times }: Language,
): string | undefined {
  if (session.kind === 'api-key') return undefined;
  const deadline = deadlineOf(session, rules);
  const away = [
    rules.idleMinutes > 0 && say('alsoIdle', times.took(rules.idleMinutes * 60_000)),
    rules.lock && say('alsoLock'),
  ];
  const list = dotted([
    // One of these may be what "Stay logged on this time" skips.
    ...(session.staysOnce ? [] : away),
    deadline && say('alsoAt', times.clock(deadline.at, now)),
  ]);
  return list ? say('alsoEnds', list) : undefined;
}

/**
 * What ends every one of several sessions besides tabs and the browser, said once for all of them; undefined where they
 * differ, or where there is nothing to say.
 */
export function alsoForAll(inForce: readonly Rules[], { say, times }: Language): string | undefined {
  const lines = inForce.map(({ idleMinutes, lock, maxHours, dailyAt }) =>
    dotted([
      idleMinutes > 0 && say('alsoIdle', times.took(idleMinutes * 60_000)),
      lock && say('alsoLock'),
      maxHours > 0 && say('alsoAge', times.hours(maxHours)),
      dailyAt !== '' && say('alsoAt', times.timeOfDay(dailyAt)),
    ]),
  );
  const [first, ...others] = lines;
  return first && others.length > 0 && others.every(line => line === first)
    ? say('alsoEnds', first)
    : undefined;
}

/** Whether anything in force is what "Stay logged on this time" skips. */
export function canStayOnce(session: OpenView, rules: Rules): boolean {
  return session.kind === 'session' && (lastTabCounts(session, rules) || rules.idleMinutes > 0 || rules.lock);
}

/** Whether closing a tab can end it: only a session that some tab uses has a last one to close. */
function lastTabCounts({ kind, inUse }: OpenView, { lastTab }: Rules): boolean {
  return lastTab && inUse && kind !== 'api-key';
}
