import { isolatedIn } from '../src/browser/direction.ts';
import type { LookUp } from '../src/browser/plural.ts';
import type * as shipped from '../src/browser/words.ts';
import { lookUpIn, type Texts } from '../src/ui/english.ts';

/** Stands in for `src/browser/words.ts`, without a browser to look texts up: `?lang=he` picks the language. */

const languages = import.meta.glob<Texts>('../public/_locales/*/messages.json', {
  eager: true,
  import: 'default',
});
const inLanguage = (name: string): Texts => languages[`../public/_locales/${name}/messages.json`] ?? {};

const chosen = lookUpIn(inLanguage(new URLSearchParams(location.search).get('lang') ?? 'en'));
const english = lookUpIn(inLanguage('en'));

export const language = chosen('languageTag');

/** As the browser does: what a language lacks is said in English. */
export const say: LookUp = (key, ...substitutions) => {
  const words = substitutions.map(each => isolatedIn(language, each));
  return chosen(key, ...words) || english(key, ...words);
};

// Whatever the real one has, this has, or the types fail: no build of the extension would notice.
({ language, say }) satisfies typeof shipped;
