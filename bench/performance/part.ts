import * as v from 'valibot';
import type { BrowserName } from '../../e2e/browser.ts';
import type { Certificate } from '../../sandbox/certificate.ts';

/** One thing that is measured, in one browser, of one of those that are compared. */
export type Cell = {
  readonly browser: BrowserName;
  /** Whose: ours, or one of those that it is held against. */
  readonly subject: string;
  /** What happens in it: an end, a page, a number of sessions. */
  readonly what: string;
  readonly roundTripMs: number;
};

export const trySchema = v.object({
  /** The browser's. */
  version: v.string(),
  /** ms since the epoch. */
  at: v.number(),
  /** What came of it, by name; what did not come is absent. The name tells the unit. */
  values: v.record(v.string(), v.number()),
});
export type Try = v.InferOutput<typeof trySchema>;

/** What every measurement needs. */
export type World = { readonly display: string; readonly certificate: Certificate };

export type Rows = (cell: Cell) => readonly Try[];

/** One part of the bench: `npm run bench -- NAME`. */
export type Part = {
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly tries: number;
  readonly measure: (cell: Cell, world: World) => Promise<Try>;
  /** The part's tables, for docs/performance.md; draws its charts. */
  readonly lines: (rows: Rows) => readonly string[];
};

export function titleOf(browser: BrowserName): string {
  return browser === 'chromium' ? 'Chromium' : 'Firefox';
}
