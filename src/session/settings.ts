/** When sessions end by themselves. Any of them can be different for one site. */
export type Rules = {
  readonly lastTab: boolean;
  readonly graceSeconds: number;
  readonly browserClose: boolean;
  /** Minutes without a touch of keyboard or mouse; 0: never. */
  readonly idleMinutes: number;
  /** As the screen is locked. Firefox doesn't tell. */
  readonly lock: boolean;
  /** The longest that a session lasts, in hours; 0: as long as it likes. */
  readonly maxHours: number;
  /** A local time of day, `HH:MM`; empty: never. */
  readonly dailyAt: string;
};

/** What the user decided. Times in the unit that their name says. */
export type Settings = Rules & {
  readonly toolbarClick: 'popup' | 'log-off';
  readonly keepHistory: boolean;
  /** Which notices the browser shows; it needs a permission for them, so none to begin with. */
  readonly notices: 'none' | 'problems' | 'all';
  /** Bases of the servers that the user added. On-demand sites need no adding. */
  readonly ownSites: readonly string[];
  /** What is different for a site, by its base. */
  readonly exceptions: Readonly<Record<string, Partial<Rules>>>;
};

/** "Standard": when the browser closes, and ten seconds after the last FogBugz tab. */
export const defaultSettings: Settings = {
  lastTab: true,
  graceSeconds: 10,
  browserClose: true,
  idleMinutes: 0,
  lock: false,
  maxHours: 0,
  dailyAt: '',
  toolbarClick: 'popup',
  keepHistory: true,
  notices: 'none',
  ownSites: [],
  exceptions: {},
};

/** The longest that can be asked for, each in its own unit: ten minutes, four hours, thirty days. */
export const maxGraceSeconds = 600;
export const maxIdleMinutes = 240;
export const maxMaxHours = 720;

/** A local time of day: `00:00` to `23:59`. */
export const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The rules for the sessions of one site. */
export function rulesFor(settings: Settings, site: string): Rules {
  // Own keys alone: a site's address is no key of an object's prototype, but nobody should have to think about it.
  const exception = Object.hasOwn(settings.exceptions, site) ? settings.exceptions[site] : undefined;
  return exception ? { ...settings, ...exception } : settings;
}
