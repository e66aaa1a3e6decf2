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
  /** Whether sessions are handed to the Guard, which outlives the browser. */
  readonly guard: boolean;
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
  guard: false,
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

/** What the user set, here or on another computer, and when: the last change wins. */
export type Chosen = {
  readonly settings: Settings;
  /** ms since the epoch; 0: never. Greater than that of every change it was made on, whatever the clocks say. */
  readonly changedAt: number;
};

export const neverChanged: Chosen = { settings: defaultSettings, changedAt: 0 };

/** What an administrator has set. It stands over what the user sets, whose own choice is kept below it. */
export type Managed = Partial<Settings>;

/** All of them; a test counts. */
export const ruleNames = [
  'lastTab',
  'graceSeconds',
  'browserClose',
  'idleMinutes',
  'lock',
  'maxHours',
  'dailyAt',
] as const satisfies readonly (keyof Rules)[];
/** What is set by itself and is no rule: one for all sites. */
export const otherNames = [
  'toolbarClick',
  'keepHistory',
  'guard',
  'notices',
] as const satisfies readonly (keyof Settings)[];
const simpleNames = [...ruleNames, ...otherNames];

/**
 * What counts. An administrator's rule counts at every site, unless they made another one for it: no exception of the
 * user's gets round it. Servers are added up.
 */
export function inForce(chosen: Settings, managed: Managed): Settings {
  const { ownSites = [], exceptions = {}, ...simple } = managed;
  const locked = ruleNames.filter(name => Object.hasOwn(simple, name));
  const sites = new Set([...Object.keys(chosen.exceptions), ...Object.keys(exceptions)]);
  const rulesOf = (site: string) => ({
    ...without(chosen.exceptions[site] ?? {}, locked),
    ...exceptions[site],
  });
  return {
    ...chosen,
    ...simple,
    ownSites: [...new Set([...ownSites, ...chosen.ownSites])],
    exceptions: Object.fromEntries(
      [...sites]
        .map(site => [site, rulesOf(site)] as const)
        .filter(([, rules]) => Object.keys(rules).length > 0),
    ),
  };
}

/** What an administrator has set everywhere, and nobody else can. */
export function lockedIn(managed: Managed): readonly (typeof simpleNames)[number][] {
  return simpleNames.filter(name => Object.hasOwn(managed, name));
}

/** The rules of one site that an administrator has set, there or everywhere. */
export function lockedAt(managed: Managed, site: string): readonly (keyof Rules)[] {
  const there = (Object.hasOwn(managed.exceptions ?? {}, site) && managed.exceptions?.[site]) || {};
  return ruleNames.filter(name => Object.hasOwn(managed, name) || Object.hasOwn(there, name));
}

/** Throws where a change would make a value another than it is whose name an administrator has locked. */
export function refuseLocked<T extends object>(
  change: Partial<T>,
  present: T,
  locked: readonly (keyof T)[],
): void {
  const barred = locked.filter(name => Object.hasOwn(change, name) && change[name] !== present[name]);
  if (barred.length > 0) throw new Error(`Set by the administrator: ${barred.join(', ')}`);
}

export function without<T extends object>(whole: T, names: readonly (keyof T)[]): Partial<T> {
  const rest: Partial<T> = { ...whole };
  for (const name of names) delete rest[name];
  return rest;
}

/** The settings as far as a browser can keep them: Firefox doesn't tell of a locked screen. The record keeps the wish. */
export function feasible(settings: Settings, vendor: 'chromium' | 'firefox'): Settings {
  if (vendor === 'chromium') return settings;
  const exceptions = Object.entries(settings.exceptions).map(
    ([site, rules]) => [site, without(rules, ['lock'])] as const,
  );
  return { ...settings, lock: false, exceptions: Object.fromEntries(exceptions) };
}
