import type { DrillBegun } from '../browser/commands.ts';
import { type Drill, type Verdict, verdictOf } from '../session/drill.ts';
import type { Guarding } from '../session/guarding.ts';
import { type Language, type Say, sentences } from '../ui/language.ts';
import type { Saying } from '../ui/saying.ts';
import { siteName } from '../ui/site-name.ts';
import { because } from '../ui/wording.ts';

/** What came of a close drill, as far as it is known. */
export function drillWords(drill: Drill, guarding: Guarding, language: Language): Saying {
  const verdict = verdictOf(drill);
  // What the Guard did is not known before it has been asked.
  if (guarding.is === 'connecting' && verdict.is === 'closing')
    return { tone: 'plain', happened: language.say('drillAskingGuard') };
  return verdictWords(verdict, siteName(drill.site), guarding, language);
}

function verdictWords(verdict: Verdict, site: string, guarding: Guarding, { say, times }: Language): Saying {
  const proven = (words: string, isProven: boolean): string =>
    sentences([words, say(isProven ? 'drillProven' : 'drillNotProven')], say);
  switch (verdict.is) {
    case 'waiting':
      return { tone: 'plain', happened: say('drillWaiting', site), advice: say('drillWaitingAdvice') };
    case 'owed':
      return { tone: 'plain', happened: say('drillOwed', site), advice: say('drillOwedAdvice') };
    case 'closing':
      return {
        tone: toneOf(verdict),
        happened: proven(closingWords(verdict, site, say, times), verdict.proven),
      };
    case 'guard': {
      const after = times.took(verdict.after);
      return {
        tone: toneOf(verdict),
        happened: proven(guardDidIt(verdict.ended, site, after, say), verdict.proven),
      };
    }
    case 'next-start':
      return {
        tone: 'plain',
        happened: proven(say('drillAtNextStart', site, times.took(verdict.after)), verdict.proven),
        advice: say(guarding.is === 'off' ? 'drillAtNextStartAdvice' : 'drillGuardDidNot'),
      };
    case 'kept':
      return {
        tone: 'bad',
        happened: proven(say('drillKept', site), verdict.proven),
        advice: say('drillKeptAdvice'),
      };
    case 'other-way':
      return {
        tone: 'plain',
        happened: say('drillOtherWay', site, because(verdict.trigger, say)),
        advice: say('drillAgainAdvice'),
      };
    case 'forgotten':
      return { tone: 'bad', happened: say('drillForgotten', site) };
    default:
      return verdict satisfies never;
  }
}

/** Ticked off is what the server has confirmed, and nothing else. */
function toneOf({ proven }: { readonly proven: boolean }): Saying['tone'] {
  return proven ? 'good' : 'plain';
}

function closingWords(
  { took, within }: Extract<Verdict, { is: 'closing' }>,
  site: string,
  say: Say,
  times: Language['times'],
): string {
  if (took !== undefined) return say('drillAtClose', site, times.took(took));
  if (within !== undefined) return say('drillAtCloseWithin', site, times.took(within));
  return say('drillAtCloseUntimed', site);
}

function guardDidIt(
  ended: Extract<Verdict, { is: 'guard' }>['ended'],
  site: string,
  after: string,
  say: Say,
): string {
  switch (ended) {
    case 'browser-died':
      return say('drillByGuardDied', site, after);
    case 'browser-closed':
      return say('drillByGuardClosed', site, after);
    case 'extension-gone':
      return say('drillByGuardGone', site, after);
    case 'shutting-down':
      return say('drillByGuardShutDown', site, after);
    default:
      return ended satisfies never;
  }
}

/** Why a drill was not begun with a session. */
export function unfitWords(why: Extract<DrillBegun, { is: 'unfit' }>['why'], say: Say): Saying {
  switch (why) {
    case 'api-key':
      return { tone: 'bad', happened: say('drillNoKey') };
    case 'private':
      return { tone: 'bad', happened: say('drillNotPrivate') };
    case 'kept-by-rules':
      return { tone: 'bad', happened: say('drillKeptByRules'), advice: say('drillKeptAdvice') };
    case 'ended':
      return { tone: 'bad', happened: say('drillEnded') };
    default:
      return why satisfies never;
  }
}
