import type { Settings } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import type { Language } from './language.ts';

type Ending = Pick<SessionView, 'kind' | 'private' | 'staysOnce'> & { readonly inUse: boolean };

/** What will log an open session off, as things stand. */
export function endingWords(session: Ending, settings: Settings, { say, times }: Language): string {
  if (session.kind === 'api-key') return say('keptApiKey');
  if (session.staysOnce && lastTabCounts(session, settings)) {
    if (!settings.browserClose) return say('staysThenByHand');
    return say(session.private ? 'staysThenPrivateClosed' : 'staysThenBrowserClose');
  }
  if (lastTabCounts(session, settings)) {
    return settings.graceSeconds === 0
      ? say('endsLastTab')
      : say('endsLastTabAfter', times.took(settings.graceSeconds * 1000));
  }
  if (!settings.browserClose) return say('endsByHand');
  return say(session.private ? 'endsPrivateClosed' : 'endsBrowserClose');
}

/** Whether closing a tab can end it: only a session that some tab uses has a last one to close. */
export function lastTabCounts({ kind, inUse }: Ending, { lastTab }: Settings): boolean {
  return lastTab && inUse && kind !== 'api-key';
}
