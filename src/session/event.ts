import type { Checked, GuardAnswer } from './owed.ts';
import type { CookieIdentity, Obstacle, Person, Trigger } from './session.ts';

/** Whatever can happen to a session. `at` is ms since the epoch; `chance` is 0 up to 1, for the jitter. */
export type Event =
  /** Somebody or something decided that this session ends now. */
  | { readonly is: 'triggered'; readonly trigger: Trigger; readonly at: number }
  /** The user asked for an API key to be ended at its server. Nothing else can. */
  | { readonly is: 'revoked'; readonly at: number }
  /** The user took an API key out of the extension; at its server it lives on. */
  | { readonly is: 'dropped' }
  /** Whether any tab shows its site with this session; told at start and whenever that changes. */
  | { readonly is: 'tabs-seen'; readonly any: boolean; readonly at: number }
  | { readonly is: 'kept-on' }
  | { readonly is: 'stay-once'; readonly on: boolean }
  /** The closing function has sent this session's log-off already; its answer follows, if the worker lives. */
  | { readonly is: 'closing'; readonly at: number }
  /** The browser run that this session belonged to is over. */
  | { readonly is: 'run-over'; readonly at: number }
  /** A worker began; nothing that was in flight in another one will ever answer. */
  | { readonly is: 'worker-started'; readonly at: number }
  /** Time has passed; whatever was waiting for `at` or earlier is due. */
  | { readonly is: 'due'; readonly at: number }
  /** The user, or a network that came back, asks to try at once. */
  | { readonly is: 'try-now'; readonly at: number }
  | {
      readonly is: 'log-off-ended';
      readonly result: 'logged-off' | 'already-off' | Obstacle;
      readonly at: number;
      readonly chance: number;
    }
  | {
      readonly is: 'check-ended';
      /** What it was begun for: the proof of a log-off, or a cookie that had gone. */
      readonly about: 'proof' | 'cookie';
      readonly result: Checked;
      readonly at: number;
      readonly chance: number;
    }
  /** The site wrote the same token into another cookie: another path, domain or partition, or its first one. */
  | { readonly is: 'cookie-moved'; readonly cookie: CookieIdentity }
  /** Its cookie is gone from the browser, and no other value came in its place. */
  | { readonly is: 'cookie-vanished' }
  | { readonly is: 'person-known'; readonly person: Person; readonly at: number }
  | { readonly is: 'forgotten'; readonly at: number }
  /** The Guard has left a receipt: it logged this session off while no worker was there. */
  | { readonly is: 'guard-answered'; readonly answer: GuardAnswer };
