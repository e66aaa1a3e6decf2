import type { Guarding } from '../session/guarding.ts';
import type { SessionView } from '../session/view.ts';
import { guardedSites } from '../ui/crash-cover.ts';
import { guardTrouble, guardWords } from '../ui/guard-words.ts';
import type { Language } from '../ui/language.ts';
import type { Saying } from '../ui/saying.ts';

/** What came of testing the Guard; undefined while it is still under way. */
export function testWords(
  sessions: readonly SessionView[],
  guarding: Guarding,
  language: Language,
): Saying | undefined {
  const { say } = language;
  switch (guarding.is) {
    case 'connecting':
      return undefined;
    case 'resting':
      return { tone: 'plain', happened: say('guardTestedIdle'), advice: say('guardTestedIdleAdvice') };
    case 'connected': {
      if (guardedSites(sessions, guarding).some(({ guarded }) => guarded === 'asking')) return undefined;
      const { happened } = guardTrouble(sessions, guarding, language) ?? {};
      // What to do stands beside the site.
      return happened ? { tone: 'bad', happened } : { tone: 'good', happened: say('guardTested') };
    }
    case 'off':
    case 'missing':
    case 'guard-outdated':
    case 'extension-outdated':
    case 'refuses':
    case 'not-permitted': {
      const { tone, happened } = guardWords(guarding, say);
      return { tone, happened };
    }
    default:
      return guarding satisfies never;
  }
}
