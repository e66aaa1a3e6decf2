import { needsNoPermission, tidyAddress } from '../browser/addresses.ts';
import type { SiteAdded } from '../browser/commands.ts';
import type { SiteView } from '../browser/face.ts';
import { type BadAddress, badAddressWords } from '../ui/address-words.ts';
import { failureWords } from '../ui/failure-words.ts';
import type { Language } from '../ui/language.ts';
import type { Saying } from '../ui/saying.ts';
import { siteName } from '../ui/site-name.ts';

/** What can be said of an address before anybody is asked. */
export type Judgement =
  | BadAddress
  /** It works already. */
  | { readonly is: 'on-demand'; readonly base: string }
  /** It is in the list already. */
  | { readonly is: 'known'; readonly base: string }
  /** Not encrypted: the user has to want that. */
  | { readonly is: 'insecure'; readonly base: string }
  | { readonly is: 'addable'; readonly base: string };

export function judge(address: string, sites: readonly SiteView[]): Judgement {
  const outcome = tidyAddress(address);
  if (outcome.is === 'bad-address') return outcome;
  const { base } = outcome;
  if (needsNoPermission(base)) return { is: 'on-demand', base };
  if (sites.some(site => site.own && site.base === base)) return { is: 'known', base };
  return { is: base.startsWith('http:') ? 'insecure' : 'addable', base };
}

/** How far the adding of a site has come. */
export type Adding =
  | Exclude<Judgement, { is: 'addable' }>
  | { readonly is: 'asking'; readonly base: string }
  /** The user said no to the browser's question. */
  | { readonly is: 'not-allowed'; readonly base: string }
  | { readonly is: 'answered'; readonly base: string; readonly answer: SiteAdded }
  /** The worker did not take it in. */
  | { readonly is: 'lost' };

/** Where a site has moved to, if that is worth a try. */
export function movedTo(adding: Adding | undefined): string | undefined {
  return adding?.is === 'answered' && adding.answer.is === 'moved' ? adding.answer.to : undefined;
}

/** What the user is told; nothing, where a question is put instead. */
export function addingWords(adding: Adding, language: Language): Saying | undefined {
  const { say } = language;
  switch (adding.is) {
    case 'bad-address':
      return { tone: 'bad', ...badAddressWords(adding, say) };
    case 'on-demand':
      return { tone: 'good', happened: say('addOnDemand', siteName(adding.base)) };
    case 'known':
      return { tone: 'plain', happened: say('addKnown', siteName(adding.base)) };
    case 'insecure':
      return undefined;
    case 'asking':
      return { tone: 'plain', happened: say('addAsking', siteName(adding.base)) };
    case 'not-allowed':
      return {
        tone: 'bad',
        happened: say('addNotAllowed', siteName(adding.base)),
        advice: say('addNotAllowedAdvice'),
      };
    case 'answered':
      return answerWords(adding.answer, adding.base, language);
    case 'lost':
      return { tone: 'bad', happened: say('notTakenIn') };
    default:
      return adding satisfies never;
  }
}

function answerWords(answer: SiteAdded, base: string, language: Language): Saying | undefined {
  const { say } = language;
  switch (answer.is) {
    case 'added':
      return { tone: 'good', happened: say('added', siteName(answer.base)) };
    case 'moved':
      if (answer.to !== undefined) return undefined;
      return { tone: 'bad', happened: say('movedAway', siteName(base)), advice: say('movedAwayAdvice') };
    case 'bad-address':
      return { tone: 'bad', ...badAddressWords({ is: 'bad-address', why: 'not-a-url' }, say) };
    case 'failed':
      return { tone: 'bad', ...failureWords(answer.obstacle, base, language) };
    default:
      return answer satisfies never;
  }
}
