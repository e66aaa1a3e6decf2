import browser from 'webextension-polyfill';
import { isolatedIn } from './direction.ts';
import type { LookUp } from './plural.ts';

export type { MessageKey } from './plural.ts';

/** The BCP 47 tag of the texts' language. */
export const language = browser.i18n.getMessage('languageTag');

/** The text of a key in the browser's language, with its placeholders filled in. */
export const say: LookUp = (key, ...substitutions) =>
  browser.i18n.getMessage(
    key,
    substitutions.map(words => isolatedIn(language, words)),
  );
