/** What FogBugz said, whichever dialect it said it in: the one shape that replies are parsed into. */
export type Answer =
  | { readonly is: 'yes'; readonly token: string | undefined; readonly person: Person | undefined }
  | {
      readonly is: 'no';
      /** FogBugz's own error code, or 0 if it gave none. */
      readonly code: number;
      /** As the server worded it: neither trimmed nor rid of secrets. */
      readonly message: string;
      /** The full names behind an ambiguous log-on, at most 100. */
      readonly people: readonly string[];
    };

/** Trimmed; `email` is the first of several. Either may be empty, not both. */
export type Person = { readonly name: string; readonly email: string };

const longestName = 256;

/**
 * Line breaks and other control characters, and those that turn the direction of all that follows: with them, a
 * server's text could pass for the extension's own in a notice or in a list.
 */
const misleading = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** A server's text as one line that stays within itself. */
export const asLine = (text: string): string => text.replace(misleading, ' ').trim();

const mostPeople = 100;

/** `sEmail` may hold several addresses, comma-separated. */
export function personOf(name: string, emails: string): Person | undefined {
  const person = {
    name: asLine(name).slice(0, longestName),
    email: asLine(emails.split(',', 1)[0] ?? '').slice(0, longestName),
  };
  return person.name || person.email ? person : undefined;
}

/** A name too long, or with anything in it that is no name, is left out, not mended: it is sent back as it is to log on. */
export function namesOf(names: readonly string[]): readonly string[] {
  return names
    .map(name => name.trim())
    .filter(name => name !== '' && name.length <= longestName && name === asLine(name))
    .slice(0, mostPeople);
}

/** 0 for anything but a small whole number, as text or as a number. */
export function codeOf(code: unknown): number {
  const text = typeof code === 'number' ? String(code) : code;
  return typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
