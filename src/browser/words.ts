import browser from 'webextension-polyfill';
import { counting, type LookUp } from './plural.ts';

export type { MessageKey } from './plural.ts';

/** The text of a key in the browser's language, with its placeholders filled in. */
export const say: LookUp = (key, ...substitutions) => browser.i18n.getMessage(key, [...substitutions]);

/** The text of a key with a count in it. */
export const sayCount = counting(say, () => say('languageTag'));
