import { addressOf, type Person, peopleNamed, recognise } from './people.ts';
import type { Site } from './site.ts';

/** What an API request asks for, in either dialect. */
export type Ask = {
  readonly dialect: 'xml' | 'json';
  readonly command: string | undefined;
  readonly parameter: (name: string) => string | undefined;
  readonly cookieToken: string | undefined;
};

/** What a command answers, before a dialect writes it down. Codes: fogbugz-api.md, "Error codes". */
export type Answer =
  | { readonly is: 'token'; readonly token: string }
  | { readonly is: 'logged-off'; readonly token: string | undefined }
  | { readonly is: 'person'; readonly person: Person }
  | { readonly is: 'projects'; readonly projects: readonly string[] }
  | { readonly is: 'cases'; readonly cases: readonly { readonly ixBug: number; readonly title: string }[] }
  | { readonly is: 'new-case'; readonly ixBug: number }
  | { readonly is: 'error'; readonly code: number; readonly people: readonly string[] };

/** The token that a request acts on. */
function tokenOf(ask: Ask, site: Site): string | undefined {
  const own = ask.parameter('token');
  return site.switches.cookieBeatsBody === 'yes' ? (ask.cookieToken ?? own) : own;
}

/** Runs one API command. */
export function run(ask: Ask, site: Site): Answer {
  const { command } = ask;
  if (command === undefined || command === '') return failure(4);
  if (command === 'logon') return logOn(ask, site);
  const token = tokenOf(ask, site);
  if (command === 'logoff') return logOff(token, ask, site);
  const answer = answers[command];
  if (!answer) return failure(27);
  const life = site.tokens.use(site.host, token, 'api');
  const person = life && peopleNamed(life.person)[0];
  return person ? answer(person) : failure(3);
}

/** What a session needs, and a few harmless replies so that other people's clients find something. */
const answers: Readonly<Record<string, (person: Person) => Answer>> = {
  viewPerson: person => ({ is: 'person', person }),
  listProjects: () => ({ is: 'projects', projects: ['Inbox', 'Analytical Engine'] }),
  search: () => ({ is: 'cases', cases: demoCases }),
  new: () => ({ is: 'new-case', ixBug: demoCases.length + 1 }),
};

/** The cases that the pages and `search` show. */
export const demoCases = [
  { ixBug: 1, title: 'The mill jams when a carry ripples through all the columns' },
  { ixBug: 2, title: 'Moth in relay 70' },
  { ixBug: 3, title: 'Goto considered harmful' },
] as const;

function logOn(ask: Ask, site: Site): Answer {
  const email = ask.parameter('email');
  const token = tokenOf(ask, site);
  // A token beside e-mail and password counts first: a stale one spoils the logon, as it does with FogBugz.
  if (email === undefined || token !== undefined) {
    return token !== undefined && site.tokens.use(site.host, token, 'api')
      ? { is: 'token', token }
      : failure(3);
  }
  const recognition = recognise(email, ask.parameter('password') ?? '');
  if (recognition.is === 'ambiguous') return failure(2, recognition.people);
  if (recognition.is === 'wrong') return failure(1);
  const { person } = recognition;
  if (person.logOn === 'two-factor') return failure(Number(site.switches.twoFactorCode));
  if (person.logOn === 'single-sign-on') return failure(1);
  return {
    is: 'token',
    token: site.tokens.birth({
      host: site.host,
      person: person.fullName,
      email: addressOf(person),
      via: ask.dialect,
      connection: site.connection,
    }),
  };
}

function logOff(token: string | undefined, ask: Ask, site: Site): Answer {
  if (token === undefined || !site.tokens.use(site.host, token, 'api')) {
    return site.switches.deadLogOff === 'empty' ? { is: 'logged-off', token: undefined } : failure(3);
  }
  site.tokens.end(token, ask.dialect);
  return { is: 'logged-off', token };
}

function failure(code: number, ambiguous: readonly Person[] = []): Answer {
  return { is: 'error', code, people: ambiguous.map(person => person.fullName) };
}

/** A few words about an answer, for the record. Holds no token. */
export function outcomeOf(answer: Answer): string {
  return answer.is === 'error' ? `error ${answer.code}` : answer.is;
}
