import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { counting, type LookUp } from '../browser/plural.ts';
import type { Language } from './language.ts';
import { timesIn } from './time.ts';

/** The texts of one language, as its `messages.json` holds them. */
export type Texts = Readonly<
  Record<string, { readonly message: string; readonly placeholders?: Record<string, { content: string }> }>
>;

/** Looks texts up without a browser, and fills them in as the browser would: for tests and the gallery. */
export function lookUpIn(texts: Texts): LookUp {
  return (key, ...substitutions) => {
    const entry = texts[key];
    if (!entry) return '';
    return entry.message.replaceAll(/\$(\w+)\$/g, (_, name: string) => {
      const position = entry.placeholders?.[name.toLowerCase()]?.content.slice(1);
      return substitutions[Number(position) - 1] ?? '';
    });
  };
}

const say = lookUpIn(messages);

export const english: Language = { say, sayCount: counting(say, 'en-GB'), times: timesIn('en-GB', 'UTC') };
