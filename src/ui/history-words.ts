import type { Ending } from '../session/session.ts';
import type { HistoryEntry } from '../session/view.ts';
import type { Language, Say } from './language.ts';
import { siteName } from './site-name.ts';
import { because } from './wording.ts';

/** Why it ended, as a cell of the history. */
export function reasonWords({ trigger, ended }: HistoryEntry, say: Say): string {
  return trigger === 'guard' && ended ? becauseEnded(ended, say) : because(trigger, say);
}

function becauseEnded(ended: Ending, say: Say): string {
  switch (ended) {
    case 'browser-died':
      return say('becauseBrowserDied');
    case 'browser-closed':
      return say('becauseBrowserClose');
    case 'extension-gone':
      return say('becauseExtensionGone');
    case 'shutting-down':
      return say('becauseShuttingDown');
    default:
      return ended satisfies never;
  }
}

/** How it ended, as a cell of the history. */
export function outcomeWords(
  { outcome, trigger }: Pick<HistoryEntry, 'outcome' | 'trigger'>,
  say: Say,
): string {
  switch (outcome) {
    case 'logged-off':
      return say(trigger === 'guard' ? 'outcomeByGuard' : 'outcomeLoggedOff');
    case 'already-off':
      return say(trigger === 'guard' ? 'outcomeFoundByGuard' : 'outcomeAlreadyOff');
    case 'by-page':
      return say('outcomeByPage');
    case 'forgotten':
      return say('outcomeForgotten');
    default:
      return outcome satisfies never;
  }
}

/** The newest log-off in one line. The Guard's time counts from how the browser ended, and is said with it. */
export function lastLine(entry: HistoryEntry, { say, times }: Language): string {
  const { trigger, ended } = entry;
  const took = times.took(entry.ms);
  const proof = say(entry.confirmed ? 'confirmed' : 'notConfirmed');
  return trigger === 'guard' && ended
    ? say('lastByGuard', lastWhat(entry, say), afterEnding(ended, took, say), proof)
    : say('lastLine', lastWhat(entry, say), because(trigger, say), took, proof);
}

function lastWhat({ outcome, site, trigger, ended }: HistoryEntry, say: Say): string {
  const byGuard = trigger === 'guard' && ended;
  switch (outcome) {
    case 'logged-off':
      return say(byGuard ? 'lastLoggedOffByGuard' : 'lastLoggedOff', siteName(site));
    case 'already-off':
      return say(byGuard ? 'lastFoundByGuard' : 'lastAlreadyOff', siteName(site));
    case 'by-page':
      return say('lastByPage', siteName(site));
    case 'forgotten':
      return say('lastForgotten', siteName(site));
    default:
      return outcome satisfies never;
  }
}

function afterEnding(ended: Ending, took: string, say: Say): string {
  switch (ended) {
    case 'browser-died':
      return say('afterBrowserDied', took);
    case 'browser-closed':
      return say('afterBrowserClosed', took);
    case 'extension-gone':
      return say('afterExtensionGone', took);
    case 'shutting-down':
      return say('afterShuttingDown', took);
    default:
      return ended satisfies never;
  }
}
