/** How things stand with the Guard, as pages show it. */
export type Guarding =
  /** The user has not turned it on. */
  | { readonly is: 'off' }
  /** It is on, and no session is open that it could guard. */
  | { readonly is: 'resting' }
  | { readonly is: 'connecting' }
  | {
      readonly is: 'connected';
      /** Its version. */
      readonly version: string;
      /** What its token-free try at each session's site came to, by the session's id. */
      readonly sessions: Readonly<Record<string, Reach>>;
    }
  /** No program answers under its name: it is not installed, or does not start. */
  | { readonly is: 'missing' }
  /** The one named is too old for the other. */
  | { readonly is: 'guard-outdated' | 'extension-outdated'; readonly version: string }
  /** It was installed for other extensions than this one. */
  | { readonly is: 'refuses' }
  /** The browser's permission to talk to it was taken away. */
  | { readonly is: 'not-permitted' };

/**
 * Whether the Guard reaches the site of a session: `asking` until that has answered. Only with `ok` may anybody claim that
 * a crash is covered.
 */
export type Reach =
  | 'asking'
  | 'ok'
  | 'unreachable'
  | 'timed-out'
  | 'redirected'
  | 'too-large'
  | 'not-fogbugz'
  | 'unavailable'
  | 'refused';
