import type { HistoryEntry, SessionView } from '../session/view.ts';
import type { Language } from '../ui/language.ts';
import { obstacleWords } from '../ui/obstacle-words.ts';
import { siteName } from '../ui/site-name.ts';

/**
 * What a screen reader is told when sessions change: a sentence for each that did, none for a second that passed.
 * How one that is gone ended, the foot of the popup tells from the history; one that left no line there (none is kept, or
 * its window was private) is told of here.
 */
export function announcements(
  before: readonly SessionView[],
  after: readonly SessionView[],
  history: readonly HistoryEntry[],
  now: number,
  language: Language,
): readonly string[] {
  const known = new Map(before.map(session => [session.id, standing(session)]));
  const left = new Set(after.map(({ id }) => id));
  const changed = after.filter(session => known.get(session.id) !== standing(session));
  const untold = before.filter(({ id }) => !left.has(id) && !history.some(entry => entry.id === id));
  return [
    ...untold.map(session => gone(session, language)),
    ...changed.map(session => sentence(session, now, language)),
  ];
}

/** What has to differ for a change to be worth a word. */
function standing({ state }: SessionView): string {
  return state.is === 'owed' ? `owed ${state.obstacle?.is}` : state.is;
}

/** Only of what the server has said yes to is it known how it ended. */
function gone({ site, state }: SessionView, { say }: Language): string {
  const how = say(state.is === 'answered' ? 'outcomeLoggedOff' : 'announceGone');
  return say('announcement', siteName(site), how);
}

function sentence({ site, kind, state }: SessionView, now: number, language: Language): string {
  const { say, times } = language;
  const told = (what: string) => say('announcement', siteName(site), what);
  switch (state.is) {
    case 'open':
      return told(say(kind === 'api-key' ? 'announceKey' : 'announceOn'));
    case 'counting-down':
      return told(say('loggingOffWhen', times.ahead(state.until, now)));
    case 'owed':
      return state.obstacle
        ? obstacleWords(state.obstacle, site, language).happened
        : told(say('loggingOff'));
    case 'answered':
      return told(say('answered'));
    default:
      return state satisfies never;
  }
}
