import { counting, type LookUp } from '../src/browser/plural.ts';
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
export const say: LookUp = (key, ...substitutions) =>
  chosen(key, ...substitutions) || english(key, ...substitutions);

export const sayCount = counting(say, () => language);

({ language, say, sayCount }) satisfies typeof import('../src/browser/words.ts');
