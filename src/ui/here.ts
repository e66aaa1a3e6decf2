import { directionOf } from '../browser/direction.ts';
import { say, sayCount } from '../browser/words.ts';
import { type Language, localeFor } from './language.ts';
import { timesIn } from './time.ts';

const texts = say('languageTag');

/** The language of this page. */
export const here: Language = { say, sayCount, times: timesIn(localeFor(texts, navigator.languages)) };

/** Tells the browser and screen readers which language the page is in, and names its tab. */
export function settle(page: Document, title: string): void {
  page.documentElement.lang = texts;
  page.documentElement.dir = directionOf(texts);
  page.title = title;
}
