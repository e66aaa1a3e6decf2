import type messages from '../../public/_locales/en/messages.json';
import { once } from '../once.ts';

/** A text that English has. */
export type MessageKey = keyof typeof messages;

/** A text with a count in it, by what the keys of its forms have in common: `siteSessions` of `siteSessionsOne`. */
export type CountedKey = StemOf<MessageKey>;

type StemOf<Key> = Key extends `${infer Stem}One`
  ? `${Stem}Other` extends MessageKey
    ? Stem
    : never
  : never;

/** The forms that other languages have, and English has not. */
type ForeignForm = `${CountedKey}${'Zero' | 'Two' | 'Few' | 'Many'}`;

/** Looks up a text by its key; `''` if the language has none. */
export type LookUp = (key: MessageKey | ForeignForm, ...substitutions: readonly string[]) => string;

export type SayCount = (key: CountedKey, count: number) => string;

const endings = {
  zero: 'Zero',
  one: 'One',
  two: 'Two',
  few: 'Few',
  many: 'Many',
  other: 'Other',
} as const satisfies Record<Intl.LDMLPluralRule, string>;

/** Says how many there are in the form that the language has for so many. `locale`: a BCP 47 tag, of the texts' language. */
export function counting(lookUp: LookUp, locale: string): SayCount {
  const rules = once(() => new Intl.PluralRules(locale));
  const numbers = once(() => new Intl.NumberFormat(locale));
  return (key, count) => {
    const form = endings[rules().select(count)];
    const written = numbers().format(count);
    return lookUp(`${key}${form}`, written) || lookUp(`${key}Other`, written);
  };
}
