import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { Language, Say } from './language.ts';
import { timesIn } from './time.ts';

/** The English texts without a browser, as the browser would fill them in. For tests. */
const say: Say = (key, ...substitutions) => {
  const entry: { message: string; placeholders?: Record<string, { content: string }> } = messages[key];
  return entry.message.replaceAll(/\$(\w+)\$/g, (_, name: string) => {
    const position = entry.placeholders?.[name.toLowerCase()]?.content.slice(1);
    return substitutions[Number(position) - 1] ?? '';
  });
};

export const english: Language = { say, times: timesIn('en-GB', 'UTC') };
