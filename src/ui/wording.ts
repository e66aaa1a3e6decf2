import type { Trigger } from '../session/session.ts';
import { type Rules, rulesFor, type Settings } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import type { CrashCover } from './crash-cover.ts';
import { dotted } from './dotted.ts';
import type { Language, Say } from './language.ts';

/** Why a log-off happened. */
export function because(trigger: Trigger, say: Say): string {
  switch (trigger) {
    case 'click':
      return say('becauseClick');
    case 'shortcut':
      return say('becauseShortcut');
    case 'last-tab':
      return say('becauseLastTab');
    case 'private-closed':
      return say('becausePrivateClosed');
    case 'browser-close':
      return say('becauseBrowserClose');
    case 'startup':
      return say('becauseStartup');
    case 'idle':
      return say('becauseIdle');
    case 'lock':
      return say('becauseLock');
    case 'max-age':
      return say('becauseMaxAge');
    case 'daily':
      return say('becauseDaily');
    case 'replaced':
      return say('becauseReplaced');
    case 'cookie-gone':
      return say('becauseCookieGone');
    case 'site-removed':
      return say('becauseSiteRemoved');
    case 'guard':
      return say('becauseGuard');
    default:
      return trigger satisfies never;
  }
}

/** Whose session it is and where it came from, in one line. */
export function personAndSource(session: SessionView, say: Say): string {
  const { person, source, kind, private: isPrivate, container } = session;
  return dotted([
    person?.name,
    kind === 'api-key' ? say('sourceApiKey') : sourceWords(source, say),
    isPrivate && say('sourcePrivate'),
    container && say('sourceContainer'),
  ]);
}

function sourceWords(source: SessionView['source'], say: Say): string {
  switch (source) {
    case 'web':
      return say('sourceWeb');
    case 'logon':
      return say('sourceLogon');
    case 'pasted':
      return say('sourcePasted');
    default:
      return source satisfies never;
  }
}

/** Since when a session has been open, and when the server last said so. */
export function sinceWords(
  { since, seenAliveAt }: SessionView,
  now: number,
  { say, times }: Language,
): string {
  const parts = [say('onSince', times.clock(since, now))];
  if (seenAliveAt !== undefined) {
    const ago = times.ago(seenAliveAt, now);
    parts.push(ago === undefined ? say('confirmedNow') : say('confirmedAgo', ago));
  }
  return dotted(parts);
}

/** The same as both, shorter: one line of several sessions. */
export function personSourceAndSince(session: SessionView, now: number, { say, times }: Language): string {
  return dotted([personAndSource(session, say), say('since', times.clock(session.since, now))]);
}

/** The rules that the open sessions follow; without one, those that the next will. */
export function rulesInForce(sessions: readonly SessionView[], settings: Settings): readonly Rules[] {
  const open = sessions.filter(({ kind, state }) => kind === 'session' && state.is === 'open');
  if (open.length === 0) return [settings];
  return open.map(({ site, private: isPrivate }) => {
    const rules = rulesFor(settings, site);
    // A private window's session ends with the last of them, whatever is set.
    return isPrivate ? { ...rules, browserClose: true } : rules;
  });
}

/** When sessions are logged off here, no better than it is: only the Guard covers a crash before the next start. */
export function protection(inForce: readonly Rules[], crash: CrashCover, say: Say): string {
  if (endsAllAtClose(inForce)) return say(crash === 'covered' ? 'protectedAfterCrash' : 'protectedAtClose');
  if (inForce.some(({ browserClose }) => browserClose)) return say('protectedSome');
  if (inForce.every(({ lastTab }) => lastTab)) return say('protectedLastTab');
  return say(inForce.some(endsByItself) ? 'protectedOther' : 'protectedNot');
}

/** Whether every one of the sessions ends with the browser. */
export function endsAllAtClose(inForce: readonly Rules[]): boolean {
  return inForce.every(({ browserClose }) => browserClose);
}

function endsByItself({ lastTab, idleMinutes, lock, maxHours, dailyAt }: Rules): boolean {
  return lastTab || idleMinutes > 0 || lock || maxHours > 0 || dailyAt !== '';
}
