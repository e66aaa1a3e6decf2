import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { logOffAsCurl } from '../fogbugz/request.ts';
import { type Dialect, type Site, usualEndpoint } from '../fogbugz/site.ts';
import type { Drill } from '../session/drill.ts';
import type { Guarding } from '../session/guarding.ts';
import { inForce, type Managed, type Settings } from '../session/settings.ts';
import type { HistoryEntry, SessionView } from '../session/view.ts';
import { countAside } from './aside.ts';
import type {
  Command,
  DrillBegun,
  LoggedOn,
  Question,
  SiteAdded,
  TokenTaken,
  WindowKind,
} from './commands.ts';
import { givenServers } from './given-servers.ts';
import { kept } from './kept.ts';
import { readGuarding, readViews } from './page-records.ts';
import { drillBegunSchema, loggedOnSchema, siteAddedSchema, tokenTakenSchema } from './page-schemas.ts';
import { isAllowedInPrivate, keepsRunning, mayShowNotices, withoutPermission } from './permissions.ts';
import { readPolicyCopy } from './policy.ts';
import { readDrill, readHistory, readSettings, readSites } from './records.ts';
import { isInstalledForGood } from './runtime.ts';
import { fitsSync } from './synced.ts';

/** Something the user should know that belongs to no single session. */
export type Trouble =
  | { readonly is: 'no-permission'; readonly site: string }
  /** Stored records that could not be read: kept aside, never thrown away. */
  | { readonly is: 'set-aside'; readonly count: number }
  /** Some of the settings, or of the history. */
  | { readonly is: 'settings-aside' | 'history-aside' };

/** A site that the extension knows: added by the user, or met. */
export type SiteView = {
  readonly base: string;
  /** Added by the user or an administrator, and to be removed by nobody else. */
  readonly own: boolean;
  /** Undefined until somebody has been able to ask. */
  readonly dialect: Dialect | undefined;
  /** The log-off as a command line, in either dialect; the token is left out. */
  readonly curl: Readonly<Record<Dialect, string>>;
};

/** All that a page shows. */
export type Face = {
  readonly sessions: readonly SessionView[];
  /** Those that count. */
  readonly settings: Settings;
  /** Those that the user set, whatever an administrator did. */
  readonly chosen: Settings;
  /** What an administrator has set; see `lockedIn` and `lockedAt` for what that locks. */
  readonly managed: Managed;
  /** The names of what an administrator has set and nobody can read. */
  readonly policySlips: readonly string[];
  /** Whether the settings are short enough to follow the user to other computers. */
  readonly sync: 'follows' | 'too-large';
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  /** By address. */
  readonly sites: readonly SiteView[];
  readonly privateWindows: 'allowed' | 'not-allowed';
  readonly guarding: Guarding;
  /** Whether the browser's process stays after its last window, for what is owed. */
  readonly keepsRunning: boolean;
  /** Whether the browser shows notices of the extension. */
  readonly notices: 'allowed' | 'not-allowed';
  /** `until-close`: for this run of the browser alone, as Firefox installs what is loaded by hand. */
  readonly installed: 'for-good' | 'until-close';
  /** The close drill that is under way, or was. */
  readonly drill: Drill | undefined;
  readonly trouble: readonly Trouble[];
};

/**
 * Calls back once the storage has answered, and at every change of what a page shows; returns the function that stops
 * it. Nothing is called back before: a page is empty or right, and never shows what it does not know. What has not
 * changed is the same object as before, so that nobody needs to draw it again.
 */
export function watchFace(changed: (face: Face) => void): () => void {
  let stopped = false;
  let reading = false;
  let stale = false;
  let last: Face | undefined;
  // One at a time: when two hundred sessions end at once, nobody has to see each of them go.
  const read = async (): Promise<void> => {
    stale = true;
    if (reading) return;
    reading = true;
    try {
      while (stale && !stopped) {
        stale = false;
        const face = await readFace();
        const next = last ? kept(last, face) : face;
        if (next !== last && !stopped) changed(next);
        last = next;
      }
    } finally {
      reading = false;
    }
  };
  const onChange = (): void => void read();
  const events = [
    browser.storage.onChanged,
    browser.permissions.onAdded,
    browser.permissions.onRemoved,
  ] as const;
  for (const event of events) event.addListener(onChange);
  void read();
  return () => {
    stopped = true;
    for (const event of events) event.removeListener(onChange);
  };
}

async function readFace(): Promise<Face> {
  const [memory, disk, inPrivate, staysOn, withNotices, forGood] = await Promise.all([
    browser.storage.session.get(null),
    // By name: the rest is the tokens, and none of a page's business.
    browser.storage.local.get(['settings', 'history', 'sites', 'aside', 'policy', 'drill']),
    isAllowedInPrivate(),
    keepsRunning(),
    mayShowNotices(),
    isInstalledForGood(),
  ]);
  const sessions = readViews(memory);
  const policy = readPolicyCopy(disk);
  const chosen = readSettings(disk);
  const settings = inForce(chosen, policy.settings);
  const known = readSites(disk);
  const bases = new Set([
    ...sessions.map(({ site }) => site),
    ...givenServers,
    ...settings.ownSites,
    ...known.keys(),
  ]);
  const unreachable = await withoutPermission([...bases]);
  const aside = countAside(disk);
  return {
    sessions,
    settings,
    chosen,
    managed: policy.settings,
    policySlips: policy.unreadable,
    sync: fitsSync(chosen) ? 'follows' : 'too-large',
    history: readHistory(disk),
    sites: [...bases].sort().map(base => viewOfSite(base, settings, known.get(base))),
    guarding: readGuarding(memory),
    keepsRunning: staysOn,
    privateWindows: inPrivate ? 'allowed' : 'not-allowed',
    notices: withNotices ? 'allowed' : 'not-allowed',
    installed: forGood ? 'for-good' : 'until-close',
    drill: readDrill(disk),
    trouble: [
      ...unreachable.map((site): Trouble => ({ is: 'no-permission', site })),
      ...(aside.sessions > 0 ? [{ is: 'set-aside', count: aside.sessions } as const] : []),
      ...(aside.settings ? [{ is: 'settings-aside' } as const] : []),
      ...(aside.history ? [{ is: 'history-aside' } as const] : []),
    ],
  };
}

function viewOfSite(base: string, { ownSites }: Settings, site: Site | undefined): SiteView {
  const curl = (dialect: Dialect): string => {
    const endpoint = site?.dialect === dialect ? site.endpoint : usualEndpoint(base, dialect);
    return logOffAsCurl({ dialect, endpoint }, 'TOKEN');
  };
  return {
    base,
    own: ownSites.includes(base),
    dialect: site?.dialect,
    curl: { json: curl('json'), xml: curl('xml') },
  };
}

/** Sends a command; resolves when the worker has carried it out and stored the result. */
export async function send(command: Command): Promise<void> {
  await browser.runtime.sendMessage(command);
}

const ask = (question: Question): Promise<unknown> => browser.runtime.sendMessage(question);

/** Has the worker find out what lives there and add it. The user must have permitted it first: `requestAccess`. */
export async function addSite(address: string): Promise<SiteAdded> {
  return v.parse(siteAddedSchema, await ask({ ask: 'add-site', address }));
}

export async function logOn(
  details: Omit<Extract<Question, { ask: 'log-on' }>, 'ask' | 'window'>,
): Promise<LoggedOn> {
  return v.parse(loggedOnSchema, await ask({ ask: 'log-on', ...details, window: await windowKind() }));
}

/** Hands over a token that the user has pasted. It is checked before it is taken. */
export async function takeToken(
  details: Omit<Extract<Question, { ask: 'take-token' }>, 'ask' | 'window'>,
): Promise<TokenTaken> {
  return v.parse(tokenTakenSchema, await ask({ ask: 'take-token', ...details, window: await windowKind() }));
}

/** Opens a session for a close drill, and begins it. */
export async function logOnForDrill(
  details: Omit<Extract<Question, { ask: 'log-on-for-drill' }>, 'ask' | 'window'>,
): Promise<DrillBegun> {
  return v.parse(
    drillBegunSchema,
    await ask({ ask: 'log-on-for-drill', ...details, window: await windowKind() }),
  );
}

/** Begins a close drill with a session that is open anyway. */
export async function drillWith(id: string): Promise<DrillBegun> {
  return v.parse(drillBegunSchema, await ask({ ask: 'drill-with', id }));
}

/** Of the window that this page is shown in. */
async function windowKind(): Promise<WindowKind> {
  return (await browser.windows.getCurrent()).incognito ? 'private' : 'ordinary';
}
