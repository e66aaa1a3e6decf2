import type { Ending, Obstacle, Person, Trigger } from './session.ts';

/** What a page may see of a session: everything but the token and the cookie. */
export type SessionView = {
  readonly id: string;
  readonly site: string;
  readonly source: 'web' | 'logon' | 'pasted';
  readonly kind: 'session' | 'api-key';
  readonly private: boolean;
  /** From a container tab of Firefox. */
  readonly container: boolean;
  readonly since: number;
  readonly person?: Person | undefined;
  readonly staysOnce: boolean;
  readonly seenAliveAt?: number | undefined;
  readonly state: /** `inUse`: some tab shows the site with this session. */
    | { readonly is: 'open'; readonly inUse: boolean }
    | { readonly is: 'counting-down'; readonly trigger: Trigger; readonly until: number }
    | {
        readonly is: 'owed';
        readonly trigger: Trigger;
        readonly since: number;
        readonly attempts: number;
        /** When the next attempt begins; undefined while one is in flight. */
        readonly nextTryAt?: number | undefined;
        readonly obstacle?: Obstacle | undefined;
      }
    | { readonly is: 'answered'; readonly trigger: Trigger; readonly at: number };
};

/** One line of the history. It never holds a token. */
export type HistoryEntry = {
  readonly id: string;
  /** When it ended, ms since the epoch. */
  readonly at: number;
  readonly site: string;
  readonly person: string;
  readonly trigger: Trigger;
  /** How it ended: the server logged it off, it already was, FogBugz's own page did it, or the user said "forget". */
  readonly outcome: 'logged-off' | 'already-off' | 'by-page' | 'forgotten';
  readonly attempts: number;
  /** From the decision to the answer, ms. */
  readonly ms: number;
  /** Whether the server was asked afterwards and said that the token is dead. */
  readonly confirmed: boolean;
  /** With the trigger `guard`: after which end it did it. */
  readonly ended?: Ending;
};

/** How many entries the history keeps. */
export const historyLimit = 1000;
