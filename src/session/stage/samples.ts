import { Token } from '../../token.ts';
import type { CookieIdentity, Session, State } from '../session.ts';
import type { HistoryEntry, SessionView } from '../view.ts';

/** Sessions for tests. */

export const secret = 'ku7fkmvbr3hq9ed1s52p0lnc4ta8go';

export function tokenOf(text: string): Token {
  const token = Token.parse(text);
  if (!token) throw new TypeError('not a token');
  return token;
}

const site = 'https://acme.fogbugz.com/';

export const cookieIdentity: CookieIdentity = {
  storeId: '0',
  domain: 'acme.fogbugz.com',
  hostOnly: true,
  path: '/',
  partition: '',
};

export function sessionWith(changes: Partial<Session> = {}): Session {
  return {
    id: 'one',
    site,
    token: tokenOf(secret),
    source: { is: 'web', cookie: cookieIdentity },
    kind: 'session',
    private: false,
    since: 1_000,
    staysOnce: false,
    state: { is: 'open', inUse: true },
    ...changes,
  };
}

export const sampleStates = {
  open: { is: 'open', inUse: true },
  unused: { is: 'open', inUse: false },
  countingDown: { is: 'counting-down', trigger: 'last-tab', until: 20_000 },
  sending: { is: 'owed', trigger: 'click', since: 9_000, attempts: 1, attempt: { is: 'in-flight' } },
  waiting: {
    is: 'owed',
    trigger: 'click',
    since: 9_000,
    attempts: 2,
    attempt: { is: 'waiting', until: 20_000 },
    obstacle: { is: 'timed-out', afterMs: 10_000 },
  },
  checking: {
    is: 'answered',
    trigger: 'click',
    since: 9_000,
    at: 9_500,
    attempts: 1,
    checks: 1,
    attempt: { is: 'in-flight' },
  },
  checkWaiting: {
    is: 'answered',
    trigger: 'click',
    since: 9_000,
    at: 9_500,
    attempts: 1,
    checks: 1,
    attempt: { is: 'waiting', until: 20_000 },
  },
} as const satisfies Record<string, State>;

/** A history with these entries, in their order. */
export function historyOf(...entries: readonly Partial<HistoryEntry>[]): readonly HistoryEntry[] {
  return entries.map((entry, index) => ({
    id: String(index),
    at: 1_000,
    site,
    person: 'Ada Lovelace',
    trigger: 'last-tab',
    outcome: 'logged-off',
    attempts: 1,
    ms: 43,
    confirmed: false,
    ...entry,
  }));
}

/** What a page sees of an open web session. */
export function viewWith(changes: Partial<SessionView> = {}): SessionView {
  return {
    id: '1',
    site,
    source: 'web',
    kind: 'session',
    private: false,
    container: false,
    since: 0,
    staysOnce: false,
    state: { is: 'open', inUse: true },
    ...changes,
  };
}
