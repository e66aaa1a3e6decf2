import type { SessionView } from '../session/view.ts';
import type { Language } from '../ui/language.ts';
import { obstacleWords } from '../ui/obstacle-words.ts';
import { siteName } from '../ui/site-name.ts';

/** What a screen reader is told when sessions change: a sentence for each that did, none for a second that passed. */
export function announcements(
  before: readonly SessionView[],
  after: readonly SessionView[],
  now: number,
  language: Language,
): readonly string[] {
  const { say } = language;
  const told = (session: SessionView, what: string) => say('announcement', siteName(session.site), what);
  const known = new Map(before.map(session => [session.id, session]));
  const left = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap(session => {
      const previous = known.get(session.id);
      return previous && standing(previous) === standing(session)
        ? []
        : told(session, standingWords(session, now, language));
    }),
    ...before.filter(({ id }) => !left.has(id)).map(session => told(session, say('announceOff'))),
  ];
}

/** What has to differ for a change to be worth a word. */
function standing({ state }: SessionView): string {
  return state.is === 'owed' ? `owed ${state.obstacle?.is}` : state.is;
}

function standingWords({ site, state }: SessionView, now: number, language: Language): string {
  const { say, times } = language;
  switch (state.is) {
    case 'open':
      return say('announceOn');
    case 'counting-down':
      return say('loggingOffWhen', times.ahead(state.until, now));
    case 'owed':
      return state.obstacle ? obstacleWords(state.obstacle, site, language).happened : say('loggingOff');
    case 'answered':
      return say('answered');
    default:
      return state satisfies never;
  }
}
