import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { counting, type LookUp } from '../browser/plural.ts';
import type { Language } from './language.ts';
import { timesIn } from './time.ts';

type Entry = { message: string; placeholders?: Record<string, { content: string }> };
/** The English texts without a browser, as the browser would fill them in. For tests. */
const texts: Readonly<Record<string, Entry>> = messages;

const say: LookUp = (key, ...substitutions) => {
  const entry = texts[key];
  if (!entry) return '';
  return entry.message.replaceAll(/\$(\w+)\$/g, (_, name: string) => {
    const position = entry.placeholders?.[name.toLowerCase()]?.content.slice(1);
    return substitutions[Number(position) - 1] ?? '';
  });
};

export const english: Language = { say, sayCount: counting(say, () => 'en'), times: timesIn('en-GB', 'UTC') };
