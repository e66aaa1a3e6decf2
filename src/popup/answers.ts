import type { LoggedOn, TokenTaken } from '../browser/commands.ts';
import type { Obstacle } from '../session/session.ts';
import { badAddressWords } from '../ui/address-words.ts';
import { failureWords } from '../ui/failure-words.ts';
import type { Language } from '../ui/language.ts';
import type { Saying } from '../ui/saying.ts';
import { siteName } from '../ui/site-name.ts';
import type { Chosen } from './chosen-site.ts';

/** What a form is told, and the button that goes with the advice. */
export type Answer = Saying & { readonly offer?: Offer };

type Offer =
  | { readonly do: 'open-site'; readonly site: string }
  | { readonly do: 'allow-again'; readonly site: string }
  | { readonly do: 'open-options' };

/** Why a form was not sent. */
export function unreachableWords(chosen: Exclude<Chosen, { is: 'site' }>, { say }: Language): Answer {
  switch (chosen.is) {
    case 'bad-address':
      return { tone: 'bad', ...badAddressWords(chosen, say) };
    case 'not-added':
      return {
        tone: 'bad',
        happened: say('notAdded', siteName(chosen.base)),
        advice: say('notAddedAdvice'),
        offer: { do: 'open-options' },
      };
    case 'no-permission':
      return {
        tone: 'bad',
        happened: say('mayNotReach', siteName(chosen.base)),
        advice: say('allowAdvice'),
        offer: { do: 'allow-again', site: chosen.base },
      };
    default:
      return chosen satisfies never;
  }
}

/** Why a log-on is not done, or not all of it. */
export function loggedOnWords(
  answer: Exclude<LoggedOn, { is: 'logged-on' }>,
  site: string,
  language: Language,
): Answer {
  const { say } = language;
  const offer = { do: 'open-site', site } as const;
  switch (answer.is) {
    case 'ambiguous':
      return { tone: 'bad', happened: say('manyPeople'), advice: say('manyPeopleAdvice') };
    case 'wrong-password':
      return { tone: 'bad', happened: say('wrongPassword'), advice: say('wrongPasswordAdvice'), offer };
    case 'two-factor':
      return { tone: 'bad', happened: say('twoFactor'), advice: say('twoFactorAdvice'), offer };
    case 'page-not':
      return {
        tone: 'plain',
        happened: say('pageNot', siteName(site)),
        advice: say('pageNotAdvice'),
        offer,
      };
    case 'failed':
      return failed(answer.obstacle, site, language);
    default:
      return answer satisfies never;
  }
}

/** Why a pasted token was not taken. */
export function tokenWords(
  answer: Exclude<TokenTaken, { is: 'taken' }>,
  site: string,
  language: Language,
): Answer {
  const { say } = language;
  switch (answer.is) {
    case 'known':
      return { tone: 'plain', happened: say('tokenKnown') };
    case 'not-a-token':
      return { tone: 'bad', happened: say('tokenNone'), advice: say('tokenNoneAdvice') };
    case 'dead':
      return { tone: 'bad', happened: say('tokenDead', siteName(site)), advice: say('tokenDeadAdvice') };
    case 'failed':
      return failed(answer.obstacle, site, language);
    default:
      return answer satisfies never;
  }
}

function failed(obstacle: Obstacle, site: string, language: Language): Answer {
  const words = failureWords(obstacle, site, language);
  return obstacle.is === 'not-permitted'
    ? { tone: 'bad', ...words, offer: { do: 'allow-again', site } }
    : { tone: 'bad', ...words };
}
