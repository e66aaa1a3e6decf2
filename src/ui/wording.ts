import type { Trigger } from '../session/session.ts';
import type { Settings } from '../session/settings.ts';
import type { HistoryEntry, SessionView } from '../session/view.ts';
import type { Language, Say } from './language.ts';
import { siteName } from './site-name.ts';

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

/** How a log-off ended, as a cell of the history. */
export function outcomeWords(outcome: HistoryEntry['outcome'], say: Say): string {
  switch (outcome) {
    case 'logged-off':
      return say('outcomeLoggedOff');
    case 'already-off':
      return say('outcomeAlreadyOff');
    case 'by-page':
      return say('outcomeByPage');
    case 'forgotten':
      return say('outcomeForgotten');
    default:
      return outcome satisfies never;
  }
}

/** The newest log-off in one line. */
export function lastLine(entry: HistoryEntry, { say, times }: Language): string {
  return say(
    'lastLine',
    lastWhat(entry, say),
    because(entry.trigger, say),
    times.took(entry.ms),
    say(entry.confirmed ? 'confirmed' : 'notConfirmed'),
  );
}

function lastWhat({ outcome, site }: HistoryEntry, say: Say): string {
  switch (outcome) {
    case 'logged-off':
      return say('lastLoggedOff', siteName(site));
    case 'already-off':
      return say('lastAlreadyOff', siteName(site));
    case 'by-page':
      return say('lastByPage', siteName(site));
    case 'forgotten':
      return say('lastForgotten', siteName(site));
    default:
      return outcome satisfies never;
  }
}

/** Whose session it is and where it came from, in one line. */
export function personAndSource({ person, source, kind, private: isPrivate }: SessionView, say: Say): string {
  return [person?.name, kind === 'api-key' ? say('sourceApiKey') : sourceWords(source, say)]
    .concat(isPrivate ? say('sourcePrivate') : [])
    .filter(part => part)
    .join(' · ');
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
  return parts.join(' · ');
}

/** When sessions are logged off here, no better than it is: nothing covers a crash before the next start. */
export function protection({ browserClose, lastTab }: Settings, say: Say): string {
  if (browserClose) return say('protectedAtClose');
  return say(lastTab ? 'protectedLastTab' : 'protectedNot');
}
