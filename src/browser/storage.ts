import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { Site } from '../fogbugz/site.ts';
import type { Drill } from '../session/drill.ts';
import type { Guarding } from '../session/guarding.ts';
import type { Session } from '../session/session.ts';
import type { Chosen } from '../session/settings.ts';
import type { HistoryEntry } from '../session/view.ts';
import { isRest, readAside, readRest, type Unreadable, withAside, withoutHistory } from './aside.ts';
import { type Policy, readPolicyCopy } from './policy.ts';
import {
  isViewKey,
  readChosen,
  readHistory,
  readSessions,
  readSites,
  type Stored,
  sessionKey,
  viewKey,
  viewOf,
  writeSession,
} from './records.ts';
import type { OwnPage } from './runtime.ts';
import { absenceSchema, deadListSchema } from './schemas.ts';
import { isPartKey, readSynced, type Synced, writeSynced } from './synced.ts';

/** All that a worker finds when it starts. `memory` lives as long as the browser run, `disk` outlives it. */
export type Loaded = {
  readonly sessions: readonly Session[];
  /** What claimed to be sessions. */
  readonly unreadable: readonly Unreadable[];
  readonly chosen: Chosen;
  /** What the browser told last of it; see `loadPolicy`. */
  readonly policy: Policy;
  readonly sites: ReadonlyMap<string, Site>;
  readonly memory: Stored;
  readonly disk: Stored;
};

/** Reads both areas at once. Sessions of private windows are in the one that never touches the disk. */
export async function load(): Promise<Loaded> {
  const [onDisk, memory] = await Promise.all([
    browser.storage.local.get(null),
    browser.storage.session.get(null),
  ]);
  const disk = await takeBack(onDisk);
  const kept = readSessions(disk);
  const fleeting = readSessions(memory);
  return {
    sessions: [...kept.sessions, ...fleeting.sessions],
    // Those of private windows stay where they are: they must not come to the disk, and end with the run.
    unreadable: kept.unreadable,
    chosen: readChosen(disk),
    policy: readPolicyCopy(disk),
    sites: readSites(disk),
    memory,
    disk,
  };
}

/** Rejects when the disk is full or broken; what stood there before then still stands. */
export async function saveSessions(sessions: readonly Session[]): Promise<void> {
  const disk: Record<string, unknown> = {};
  const memory: Record<string, unknown> = {};
  for (const session of sessions) {
    Object.assign(session.private ? memory : disk, writeSession(session));
    memory[viewKey(session.id)] = viewOf(session);
  }
  await Promise.all([
    Object.keys(disk).length > 0 && browser.storage.local.set(disk),
    browser.storage.session.set(memory),
  ]);
}

/** The one way out of the store; see `Step.session` for when. */
export async function deleteSessions(sessions: readonly Session[]): Promise<void> {
  const keysOf = (fleeting: boolean) =>
    sessions.filter(one => one.private === fleeting).map(({ id }) => sessionKey(id));
  const views = sessions.map(({ id }) => viewKey(id));
  const disk = keysOf(false);
  await Promise.all([
    disk.length > 0 && browser.storage.local.remove(disk),
    browser.storage.session.remove([...keysOf(true), ...views]),
  ]);
}

/** Makes what the pages see match the sessions that there are; after a restart nothing is left of it. */
export async function showSessions(sessions: Iterable<Session>, memory: Stored): Promise<void> {
  const views = Object.fromEntries([...sessions].map(session => [viewKey(session.id), viewOf(session)]));
  const stale = Object.keys(memory).filter(key => isViewKey(key) && !Object.hasOwn(views, key));
  await Promise.all([browser.storage.session.set(views), browser.storage.session.remove(stale)]);
}

export async function saveSettings({ settings, changedAt }: Chosen): Promise<void> {
  await browser.storage.local.set({ settings: { ...settings, changedAt } });
}

/**
 * What an administrator has set, as the browser knows it now. Nothing may wait for this: as it starts, Chromium takes
 * seconds to answer. Where nobody has set anything, Firefox rejects.
 */
export async function loadPolicy(): Promise<Stored> {
  return browser.storage.managed.get(null).catch(() => ({}));
}

/** For the next start, and for the pages. */
export async function savePolicy(policy: Stored): Promise<void> {
  await browser.storage.local.set({ policy });
}

/** The settings as they came from the user's other computers. Rejects where the browser keeps none. */
export async function loadSynced(): Promise<Synced> {
  return readSynced(await browser.storage.sync.get(null));
}

/** Hands the settings to the user's other computers. Rejects when the browser's limits are reached. */
export async function saveSynced(chosen: Chosen): Promise<void> {
  const parts = writeSynced(chosen);
  const stale = Object.keys(await browser.storage.sync.get(null)).filter(
    key => isPartKey(key) && !Object.hasOwn(parts, key),
  );
  await browser.storage.sync.set(parts);
  if (stale.length > 0) await browser.storage.sync.remove(stale);
}

/** The settings were changed on another computer, or by an administrator. Writing to `sync` ourselves counts as well. */
export function onSettingsFromElsewhere(listener: (area: 'sync' | 'managed') => void): void {
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'sync' || area === 'managed') listener(area);
  });
}

export async function saveSites(sites: ReadonlyMap<string, Site>): Promise<void> {
  await browser.storage.local.set({ sites: Object.fromEntries(sites) });
}

/** Whether the welcome has been shown in this profile, or was not to be. */
export async function wasWelcomed(): Promise<boolean> {
  return (await browser.storage.local.get('welcomed')).welcomed === true;
}

export async function rememberWelcome(): Promise<void> {
  await browser.storage.local.set({ welcomed: true });
}

export async function loadHistory(): Promise<readonly HistoryEntry[]> {
  return readHistory(await browser.storage.local.get('history'));
}

export async function saveHistory(history: readonly HistoryEntry[]): Promise<void> {
  await browser.storage.local.set({ history });
}

/** What was set aside of it goes with it. */
export async function clearHistory(): Promise<void> {
  const stored = await browser.storage.local.get('aside');
  await browser.storage.local.set({
    history: [],
    ...(stored.aside ? { aside: withoutHistory(stored) } : {}),
  });
}

/** A random id of this browser profile, by which the Guard tells whose sessions are whose. */
export async function profileId(): Promise<string> {
  const { profile } = await browser.storage.local.get('profile');
  if (typeof profile === 'string' && /^[\w-]{8,64}$/.test(profile)) return profile;
  const fresh = crypto.randomUUID();
  await browser.storage.local.set({ profile: fresh });
  return fresh;
}

/** Written before a reload that closes a page of ours: the next worker opens it again. */
export async function leavePageNote(opens: OwnPage): Promise<void> {
  await browser.storage.local.set({ opens });
}

/** Which page that was; the note is gone now. */
export async function takePageNote({ disk: { opens } }: Loaded): Promise<OwnPage | undefined> {
  if (opens !== 'options' && opens !== 'welcome') return undefined;
  await browser.storage.local.remove('opens');
  return opens;
}

/** The close drill that is under way, or was; undefined: none. */
export async function saveDrill(drill: Drill | undefined): Promise<void> {
  if (drill) await browser.storage.local.set({ drill });
  else await browser.storage.local.remove('drill');
}

/** How things stand with the Guard, for the pages. */
export async function showGuarding(guarding: Guarding): Promise<void> {
  await browser.storage.session.set({ guarding });
}

/** An absence of the user belongs to the browser run, and to no worker. */
export async function saveAbsence(absence: Absence | undefined): Promise<void> {
  if (absence) await browser.storage.session.set({ absence });
  else await browser.storage.session.remove('absence');
}

export function readAbsence({ memory }: Loaded): Absence | undefined {
  const parsed = v.safeParse(absenceSchema, memory.absence);
  return parsed.success ? parsed.output : undefined;
}

type Absence = v.InferOutput<typeof absenceSchema>;
type DeadList = v.InferOutput<typeof deadListSchema>;

/** The lists of dead tokens: of private windows in memory alone, of all others on the disk. */
export function deadLists<T>(
  { disk, memory }: Loaded,
  make: (before: DeadList | undefined, save: (list: DeadList) => Promise<void>) => T,
): { readonly disk: T; readonly memory: T } {
  const read = (stored: Stored): DeadList | undefined => {
    const parsed = v.safeParse(deadListSchema, stored.dead);
    return parsed.success ? parsed.output : undefined;
  };
  return {
    disk: make(read(disk), dead => browser.storage.local.set({ dead })),
    memory: make(read(memory), dead => browser.storage.session.set({ dead })),
  };
}

/** What another version has set aside, and this one can read, is a session again: its token may be owed. */
async function takeBack(disk: Stored): Promise<Stored> {
  const { back, aside } = readAside(disk);
  if (Object.keys(back).length === 0) return disk;
  const change = { ...back, aside };
  // Where the disk takes nothing, the next start reads the same again.
  await browser.storage.local.set(change).catch((error: unknown) => console.error('Kept aside', error));
  return { ...disk, ...change };
}

/**
 * Moves sessions that could not be read to the list `aside`: a newer version may yet read them. The rest is copied
 * there; it is the caller who writes over it what could be read. Gives the keys of all that is there now.
 */
export async function setAside(
  { sessions, unreadable: broken, disk }: Loaded,
  at: number,
): Promise<readonly string[]> {
  const tokens = sessions.map(({ token }) => token.reveal());
  // Looked for here and not by `load`: it takes a look at each line of the history, and what is owed goes before that.
  const unreadable = [...broken, ...readRest(disk, tokens)];
  if (unreadable.length === 0) return [];
  const stored = await browser.storage.local.get('aside');
  await browser.storage.local.set({ aside: withAside(stored, unreadable, at) });
  const keys = unreadable.map(({ key }) => key);
  await browser.storage.local.remove(keys.filter(key => !isRest(key)));
  return keys;
}

/** Keeps content scripts, which this extension has none of, away from the tokens. Firefox has no such switch. */
export async function closeToContentScripts(): Promise<void> {
  const areas: readonly unknown[] = [browser.storage.local, browser.storage.session];
  await Promise.all(
    areas.map(async area => {
      if (hasAccessLevel(area)) await area.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
    }),
  );
}

type WithAccessLevel = { setAccessLevel(options: { accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void> };

function hasAccessLevel(area: unknown): area is WithAccessLevel {
  return typeof area === 'object' && area !== null && 'setAccessLevel' in area;
}
