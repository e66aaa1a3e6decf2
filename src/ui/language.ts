import type { MessageKey, SayCount } from '../browser/plural.ts';
import type { Times } from './time.ts';

/** Looks up a text by its key, in the language of the page. */
export type Say = (key: MessageKey, ...substitutions: readonly string[]) => string;

/** What it takes to put something into words: the texts, and the dates and numbers in the same language. */
export type Language = { readonly say: Say; readonly sayCount: SayCount; readonly times: Times };

/**
 * The locale for dates and numbers: the texts' language, in the regional form that the user prefers, so that English
 * texts never surround a Dutch date and a Briton still reads 09:12.
 */
export function localeFor(textsIn: string, preferred: readonly string[]): string {
  return preferred.find(tag => tag === textsIn || tag.startsWith(`${textsIn}-`)) ?? textsIn;
}

/** Sentences one after the other, as the language sets them apart. */
export function sentences(texts: readonly string[], say: Say): string {
  return texts.reduce((before, text) => (before === '' ? text : say('sentences', before, text)), '');
}
