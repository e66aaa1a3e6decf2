/**
 * What a server, or the lack of one, made of a request. Expected outcomes are values; see docs/wire.md for the
 * replies behind them. `why` and `message` are for people; they never hold a token or a password.
 */
export type Failure =
  /** No reply: DNS, refused connection, reset, TLS, offline. */
  | { readonly is: 'unreachable'; readonly why: string }
  /** No complete reply within the time limit (10 s). */
  | { readonly is: 'timed-out'; readonly afterMs: number }
  /** The server answered with a redirect, and the request carried a token or a password. */
  | { readonly is: 'redirected' }
  /** The reply went past the size limit (1 MiB) and was cut off. */
  | { readonly is: 'too-large' }
  /** HTML, broken JSON or XML, an unknown shape: not a FogBugz reply. `status` is HTTP's. */
  | { readonly is: 'not-fogbugz'; readonly status: number }
  /** 429, or 5xx without an envelope. `retryAfterMs` as the server asked, if it did. */
  | { readonly is: 'unavailable'; readonly status: number; readonly retryAfterMs: number | undefined }
  /** FogBugz understood and said no. `code` is FogBugz's own (docs: error codes), or 0 if it gave none. */
  | { readonly is: 'refused'; readonly code: number; readonly message: string };

/** What became of one attempt to log off. */
export type LogOffOutcome =
  | { readonly is: 'logged-off' }
  /** Error 3: somebody was there first; just as dead. */
  | { readonly is: 'already-off' }
  | Failure;

/** Whether a token still opens its site. */
export type CheckOutcome = { readonly is: 'alive' } | { readonly is: 'dead' } | Failure;
