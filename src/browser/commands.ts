import type { Settings } from '../session/settings.ts';

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
  | { readonly do: 'change-settings'; readonly change: Partial<Settings> }
  | { readonly do: 'clear-history' };
