/** A person with an account on every sandbox site. The passwords and codes are as fake as the people. */
export type Person = {
  readonly ixPerson: number;
  readonly fullName: string;
  /** One or several addresses, comma-separated, as FogBugz keeps them. */
  readonly email: string;
  readonly password: string;
  /** How the web page lets this person in. Only `password` may log on by password through the API. */
  readonly logOn: 'password' | 'two-factor' | 'single-sign-on';
};

/**
 * What the password of everybody here may begin with instead: whatever follows is taken, so that a test can have one
 * that stands nowhere else.
 */
export const everybodys = 'demo-';

/** The code that the second page wants from two-factor people. */
export const twoFactorCode = '123456';

export const people: readonly Person[] = [
  { ixPerson: 2, fullName: 'Ada Lovelace', email: 'ada@example.com', password: 'demo', logOn: 'password' },
  { ixPerson: 3, fullName: 'Grace Hopper', email: 'grace@example.com', password: 'demo', logOn: 'password' },
  {
    ixPerson: 4,
    fullName: 'Edsger Dijkstra',
    email: ' edsger@example.com, dijkstra@example.com ',
    password: 'demo',
    logOn: 'password',
  },
  {
    ixPerson: 5,
    fullName: 'Tess Twofactor',
    email: 'tess@example.com',
    password: 'demo',
    logOn: 'two-factor',
  },
  { ixPerson: 6, fullName: 'John Hancock', email: 'shared@example.com', password: 'demo', logOn: 'password' },
  { ixPerson: 7, fullName: 'Fred Astaire', email: 'shared@example.com', password: 'demo', logOn: 'password' },
  { ixPerson: 8, fullName: 'Sam Signon', email: 'sam@example.com', password: '', logOn: 'single-sign-on' },
];

/** Everybody whose full name or one of whose addresses is `name`, letter case aside. */
export function peopleNamed(name: string): readonly Person[] {
  const wanted = name.trim().toLowerCase();
  return people.filter(person =>
    [person.fullName, ...person.email.split(',')].some(known => known.trim().toLowerCase() === wanted),
  );
}

function isAnyTest(password: string): boolean {
  return password.startsWith(everybodys);
}

/** The first address of a person, without blanks. */
export function addressOf(person: Person): string {
  return person.email.split(',')[0]?.trim() ?? '';
}

/** What came of a name and a password. */
export type Recognition =
  | { readonly is: 'recognised'; readonly person: Person }
  | { readonly is: 'ambiguous'; readonly people: readonly Person[] }
  | { readonly is: 'wrong' };

/** Who it is that has this name or address and this password. */
export function recognise(name: string, password: string): Recognition {
  const named = peopleNamed(name);
  if (named.length > 1) return { is: 'ambiguous', people: named };
  const person = named[0];
  const isRight = person && (password === person.password || (person.password !== '' && isAnyTest(password)));
  return isRight ? { is: 'recognised', person } : { is: 'wrong' };
}
