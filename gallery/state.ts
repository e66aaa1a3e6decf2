import type { DrillBegun, LoggedOn, SiteAdded, TokenTaken } from '../src/browser/commands.ts';
import type { Face } from '../src/browser/face.ts';

export type PageName = 'popup' | 'options' | 'welcome';

/** A state of a page, as plain data: what the page is given, and what the user has done since. */
export type State = {
  /** In small letters and hyphens; no two states of one page share one. */
  readonly name: string;
  readonly page: PageName;
  /** States of one group are shown on one sheet. */
  readonly group: string;
  /** What is to be seen. */
  readonly title: string;
  readonly face: Face;
  /** Chromium, unless it says so. */
  readonly vendor?: 'chromium' | 'firefox';
  /** What the worker and the browser answer. */
  readonly answers?: Answers;
  readonly steps?: readonly Step[];
  /** The part of the page that it is about, as a selector. The others are left out. */
  readonly about?: string;
};

export type Answers = {
  readonly logOn?: LoggedOn;
  readonly takeToken?: TokenTaken;
  readonly addSite?: SiteAdded;
  /** To every question for a permission; else it is granted. */
  readonly permission?: 'denied';
  /** To every command; else it is taken in. */
  readonly command?: 'lost';
  /** To what is copied; else it is on the clipboard. */
  readonly clipboard?: 'denied';
  /** To the way to the browser's own page for shortcuts; else it opens. */
  readonly shortcutPage?: 'refused';
  readonly drillWith?: DrillBegun;
};

/** What a user does, at the first element that matches; or what happens meanwhile. */
export type Step =
  | { readonly press: string }
  | { readonly fill: string; readonly text: string }
  /** Gives a file with this text to a file field. */
  | { readonly give: string; readonly text: string }
  /** What the page is given in place of what it had. */
  | { readonly become: Partial<Face> }
  /** Waits for something that matches: what a page says only after a while. */
  | { readonly wait: string };
