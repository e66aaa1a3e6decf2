import type { Obstacle } from '../session/session.ts';
import type { Rules, Settings } from '../session/settings.ts';

/** What a page may ask the worker to do. Pages hold no rules: they send one of these and watch the storage. */
export type Command =
  | { readonly do: 'log-off'; readonly id: string }
  | { readonly do: 'log-off-everywhere' }
  /** Switches "Stay logged on this time" on or off. */
  | { readonly do: 'stay-once'; readonly id: string; readonly on: boolean }
  /** "Keep me logged on": ends a countdown; the session is open again. */
  | { readonly do: 'keep-on'; readonly id: string }
  | { readonly do: 'try-now'; readonly id: string }
  | { readonly do: 'forget'; readonly id: string }
  /** Ends an API key at its server, for whoever uses it. The one way to do that. */
  | { readonly do: 'revoke-key'; readonly id: string }
  /** Takes an API key out of the extension; at its server it lives on. */
  | { readonly do: 'drop-key'; readonly id: string }
  | { readonly do: 'change-settings'; readonly change: Partial<SimpleSettings> }
  /** What is different for one site, all of it at once; empty: nothing. */
  | { readonly do: 'set-exception'; readonly site: string; readonly rules: Partial<Rules> }
  /** From a file that the user has exported: replaces what it holds; servers and exceptions are added. */
  | { readonly do: 'import-settings'; readonly settings: Partial<Settings> }
  /** Logs its sessions off, then takes the site off the list, and gives the permission back. */
  | { readonly do: 'remove-site'; readonly base: string }
  /** Looks for the Guard anew: it was installed, or the user wants to know. */
  | { readonly do: 'try-guard' }
  /** Calls the close drill off, or puts its result away. */
  | { readonly do: 'end-drill' }
  | { readonly do: 'clear-history' };

/** What can be set by itself; sites and their exceptions have commands of their own. */
export type SimpleSettings = Omit<Settings, 'ownSites' | 'exceptions'>;

/** What a page may ask and waits for an answer to. The worker answers with what stands beside each. */
export type Question =
  /** Finds out what lives at an address that the extension has been permitted to reach. */
  | { readonly ask: 'add-site'; readonly address: string }
  | {
      readonly ask: 'log-on';
      readonly site: string;
      /** Or a full name, where several people have one address. */
      readonly email: string;
      readonly password: string;
      /** Whether the browser's pages are logged on as well: their cookie is set. */
      readonly page: 'too' | 'not';
      readonly window: WindowKind;
    }
  | {
      readonly ask: 'take-token';
      readonly site: string;
      readonly token: string;
      readonly kind: 'session' | 'api-key';
      readonly window: WindowKind;
    }
  /** Begins a close drill with a session that is opened for it. */
  | {
      readonly ask: 'log-on-for-drill';
      readonly site: string;
      readonly email: string;
      readonly password: string;
      readonly window: WindowKind;
    }
  /** Begins one with a session that is open anyway. */
  | { readonly ask: 'drill-with'; readonly id: string };

/** Where the popup was opened: what begins in a private window is private. */
export type WindowKind = 'ordinary' | 'private';

export type SiteAdded =
  | { readonly is: 'added'; readonly base: string }
  /** It leads to another origin; `to` is the base to try there, where the browser tells. */
  | { readonly is: 'moved'; readonly to?: string | undefined }
  | { readonly is: 'bad-address' }
  | { readonly is: 'failed'; readonly obstacle: Obstacle };

export type NotLoggedOn =
  /** Several people have that address: log on again with one of these full names in its place. */
  | { readonly is: 'ambiguous'; readonly people: readonly string[] }
  | { readonly is: 'wrong-password' }
  | { readonly is: 'two-factor' }
  | { readonly is: 'failed'; readonly obstacle: Obstacle };

export type LoggedOn =
  | { readonly is: 'logged-on' }
  /** Logged on, but the browser would not take the cookie for its pages. */
  | { readonly is: 'page-not' }
  | NotLoggedOn;

export type DrillBegun =
  | { readonly is: 'begun' }
  /**
   * `private`: of what happens in private windows nothing is written that a next start could read. `kept-by-rules`: its
   * site's sessions are not to end with the browser. `ended`: it is not open any more.
   */
  | { readonly is: 'unfit'; readonly why: 'api-key' | 'private' | 'kept-by-rules' | 'ended' }
  | NotLoggedOn;

export type TokenTaken =
  | { readonly is: 'taken' }
  /** It is in the list already. */
  | { readonly is: 'known' }
  /** Not what tokens look like. */
  | { readonly is: 'not-a-token' }
  /** The server doesn't know it, or no more. */
  | { readonly is: 'dead' }
  | { readonly is: 'failed'; readonly obstacle: Obstacle };
