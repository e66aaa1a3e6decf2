import { directionOf } from '../browser/direction.ts';
import { counting } from '../browser/plural.ts';
import { language, say } from '../browser/words.ts';
import { type Language, localeFor } from './language.ts';
import { timesIn } from './time.ts';

const locale = localeFor(language, navigator.languages);

/** The language of this page. */
export const here: Language = { say, sayCount: counting(say, locale), times: timesIn(locale) };

/** Tells the browser and screen readers which language the page is in, and names its tab. */
export function settle(page: Document, title: string): void {
  page.documentElement.lang = language;
  page.documentElement.dir = directionOf(language);
  page.title = title;
}
