import type { SessionView } from '../session/view.ts';
import type { Language } from '../ui/language.ts';
import type { Saying } from '../ui/saying.ts';

/** What is left after "Log off everywhere", for somebody who is about to remove the extension. */
export function leavingWords(sessions: readonly SessionView[], { say, sayCount }: Language): Saying {
  const left = sessions.filter(({ kind, state }) => kind === 'session' && state.is !== 'answered').length;
  const keys = sessions.filter(({ kind }) => kind === 'api-key').length;
  const advice = keys > 0 ? { advice: sayCount('leavingKeys', keys) } : {};
  return left > 0
    ? { tone: 'bad', happened: sayCount('leavingOwed', left), ...advice }
    : { tone: 'good', happened: say('leavingDone'), ...advice };
}
