/** What the user decided. Times in the unit that their name says. */
export type Settings = {
  readonly lastTab: boolean;
  readonly graceSeconds: number;
  readonly browserClose: boolean;
  readonly toolbarClick: 'popup' | 'log-off';
  readonly keepHistory: boolean;
};

/** "Standard": when the browser closes, and ten seconds after the last FogBugz tab. */
export const defaultSettings: Settings = {
  lastTab: true,
  graceSeconds: 10,
  browserClose: true,
  toolbarClick: 'popup',
  keepHistory: true,
};

/** The longest grace on offer, in seconds. */
export const maxGraceSeconds = 600;
