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
const mostPeople = 100;

/** `sEmail` may hold several addresses, comma-separated. */
export function personOf(name: string, emails: string): Person | undefined {
  const person = {
    name: name.trim().slice(0, longestName),
    email: (emails.split(',', 1)[0] ?? '').trim().slice(0, longestName),
  };
  return person.name || person.email ? person : undefined;
}

/** A name too long is left out, not cut: it is sent back as it is to log on. */
export function namesOf(names: readonly string[]): readonly string[] {
  return names
    .map(name => name.trim())
    .filter(name => name !== '' && name.length <= longestName)
    .slice(0, mostPeople);
}

/** 0 for anything but a small whole number, as text or as a number. */
export function codeOf(code: unknown): number {
  const text = typeof code === 'number' ? String(code) : code;
  return typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
