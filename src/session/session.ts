import type { Token } from '../token.ts';

/** Why a log-off happens. Closed: adding one makes every exhaustive switch fail to compile until it is handled. */
export const triggers = [
  'click',
  'shortcut',
  'last-tab',
  'private-closed',
  'browser-close',
  'startup',
  'idle',
  'lock',
  'max-age',
  'daily',
  'replaced',
  'cookie-gone',
  'site-removed',
  'guard',
] as const;
export type Trigger = (typeof triggers)[number];

/** What tells one web session from another: a cookie of a sibling host is another session, never a replacement. */
export type CookieIdentity = {
  readonly storeId: string;
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  /** The top-level site of a partitioned cookie (CHIPS), empty for an ordinary one. */
  readonly partition: string;
};

/** The identity as one text, to compare and to look up by. */
export function keyOf({ storeId, domain, hostOnly, path, partition }: CookieIdentity): string {
  return JSON.stringify([storeId, domain, hostOnly, path, partition]);
}

/** Where a session's token came from. */
export type Source =
  | { readonly is: 'web'; readonly cookie: CookieIdentity }
  | { readonly is: 'logon' }
  | { readonly is: 'pasted' };

/** How the browser ended, as the Guard saw it. `extension-gone`: it lived on, and the extension did not come back. */
export const endings = ['browser-died', 'browser-closed', 'extension-gone', 'shutting-down'] as const;
export type Ending = (typeof endings)[number];

export type Person = { readonly name: string; readonly email: string };

/** Why the last attempt at an owed log-off did not end it; the wire's failures, told apart by name. */
export type Obstacle =
  | { readonly is: 'unreachable'; readonly why: string }
  | { readonly is: 'timed-out'; readonly afterMs: number }
  | { readonly is: 'redirected' }
  | { readonly is: 'too-large' }
  | { readonly is: 'not-fogbugz'; readonly status: number }
  | { readonly is: 'unavailable'; readonly status: number; readonly retryAfterMs?: number | undefined }
  | { readonly is: 'refused'; readonly code: number; readonly message: string }
  /** The server said yes, and the token was still alive when it was checked. */
  | { readonly is: 'still-alive' }
  /** The token is closed to the APIs, but the site's pages still take it. */
  | { readonly is: 'page-still-on' }
  /** The extension may not reach the site: its permission was taken away. */
  | { readonly is: 'not-permitted' };

/** One request at a time: it is under way, or the next one begins at `until`. */
export type Attempt = { readonly is: 'in-flight' } | { readonly is: 'waiting'; readonly until: number };

/** All times are milliseconds since the epoch. */
export type State =
  /** `inUse`: some tab shows the site with this session. Only a session that was in use can lose its last tab. */
  | { readonly is: 'open'; readonly inUse: boolean }
  | { readonly is: 'counting-down'; readonly trigger: Trigger; readonly until: number }
  | {
      readonly is: 'owed';
      readonly trigger: Trigger;
      readonly since: number;
      /** Attempts begun so far, the one in flight included. */
      readonly attempts: number;
      readonly attempt: Attempt;
      readonly obstacle?: Obstacle | undefined;
    }
  | {
      readonly is: 'answered';
      readonly trigger: Trigger;
      readonly since: number;
      readonly at: number;
      readonly attempts: number;
      /** Checks begun so far to confirm that the token is dead. */
      readonly checks: number;
      readonly attempt: Attempt;
      /** With the trigger `guard`: after which end. */
      readonly ended?: Ending;
    };

/** One live token at a site. A record leaves the store only when its token is known dead, or on the user's word. */
export type Session = {
  readonly id: string;
  /** The base URL of its site. */
  readonly site: string;
  readonly token: Token;
  readonly source: Source;
  /** An API key is never logged off by a trigger. */
  readonly kind: 'session' | 'api-key';
  /** From a private window: never written to disk, nor into the history. */
  readonly private: boolean;
  readonly since: number;
  readonly person?: Person | undefined;
  /** "Stay logged on this time": skips the next `last-tab`, `idle` or `lock`, never the close. */
  readonly staysOnce: boolean;
  /** When the server last said that the token was alive. */
  readonly seenAliveAt?: number | undefined;
  readonly state: State;
};

/** A session as it begins: open, and shown by no page as far as anybody knows. */
export function openSession(
  begun: Pick<Session, 'site' | 'token' | 'source' | 'kind' | 'private' | 'since'>,
): Session {
  return { ...begun, id: crypto.randomUUID(), staysOnce: false, state: { is: 'open', inUse: false } };
}

/** Nobody has decided that it ends, or somebody may still take it back. For a session's state and a page's view of it. */
export function isOpen<S extends { readonly is: string }>(
  state: S,
): state is Extract<S, { readonly is: 'open' | 'counting-down' }> {
  return state.is === 'open' || state.is === 'counting-down';
}

/** A request about its end is under way: its log-off, or the check that proves one. */
export function isInFlight({ state }: Session): boolean {
  return (state.is === 'owed' || state.is === 'answered') && state.attempt.is === 'in-flight';
}
