import * as v from 'valibot';
import type { Site } from '../fogbugz/site.ts';
import type { Drill } from '../session/drill.ts';
import type { Session } from '../session/session.ts';
import { type Chosen, defaultSettings, type Settings } from '../session/settings.ts';
import { type HistoryEntry, historyLimit, type SessionView } from '../session/view.ts';
import { Token } from '../token.ts';
import type { Unreadable } from './aside.ts';
import {
  changedAtSchema,
  drillSchema,
  historyEntrySchema,
  settingsSchema,
  siteSchema,
  storedSessionSchema,
} from './schemas.ts';
import { isContainer } from './stores.ts';

/** What a storage area answers: nothing in it is believed before a schema has read it. */
export type Stored = Readonly<Record<string, unknown>>;

export const sessionKey = (id: string): string => `session:${id}`;
export const viewKey = (id: string): string => `view:${id}`;
export const isViewKey = (key: string): boolean => key.startsWith('view:');

/** Every session in a storage area, and what claimed to be one and could not be read. */
export function readSessions(stored: Stored): {
  readonly sessions: readonly Session[];
  readonly unreadable: readonly Unreadable[];
} {
  const sessions: Session[] = [];
  const unreadable: Unreadable[] = [];
  for (const [key, value] of Object.entries(stored)) {
    if (!key.startsWith('session:')) continue;
    const session = readSession(value);
    if (session !== undefined && key === sessionKey(session.id)) sessions.push(session);
    else unreadable.push({ key, value });
  }
  return { sessions, unreadable };
}

function readSession(value: unknown): Session | undefined {
  const parsed = v.safeParse(storedSessionSchema, value);
  if (!parsed.success) return undefined;
  const { version: _, token: text, ...rest } = parsed.output;
  const token = Token.parse(text);
  return token && { ...rest, token };
}

/** A session as it is stored. This and the request to its own site are where a token is revealed. */
export function writeSession(session: Session): Stored {
  return { [sessionKey(session.id)]: { version: 1, ...session, token: session.token.reveal() } };
}

/** What a page may see of a session: all but its token and its cookie. */
export function viewOf(session: Session): SessionView {
  const { token: _, source, state, ...rest } = session;
  const container = source.is === 'web' && isContainer(source.cookie);
  return { ...rest, source: source.is, container, state: viewState(state) };
}

function viewState(state: Session['state']): SessionView['state'] {
  switch (state.is) {
    case 'open':
    case 'counting-down':
      return state;
    case 'owed': {
      const { attempt, ...rest } = state;
      return { ...rest, nextTryAt: attempt.is === 'waiting' ? attempt.until : undefined };
    }
    case 'answered':
      return { is: 'answered', trigger: state.trigger, at: state.at };
    default:
      return state satisfies never;
  }
}

/** What has been found out about sites, by the base under which it was asked: a redirect may have led elsewhere. */
export function readSites(stored: Stored): ReadonlyMap<string, Site> {
  const sites = new Map<string, Site>();
  for (const [base, value] of Object.entries(stored.sites ?? {})) {
    const parsed = v.safeParse(siteSchema, value);
    if (parsed.success && isWithin(base, parsed.output)) sites.set(base, parsed.output);
  }
  return sites;
}

/** A redirect leads elsewhere on the same origin, and nowhere else. */
function isWithin(base: string, site: Site): boolean {
  return URL.canParse(base) && new URL(base).origin === new URL(site.base).origin;
}

/** A field that can't be read counts as never changed; the others stand. */
export function readSettings(stored: Stored): Settings {
  const raw = stored.settings;
  if (typeof raw !== 'object' || raw === null) return defaultSettings;
  return { ...defaultSettings, ...readFields(raw).read };
}

/** The settings that the user chose, and when. */
export function readChosen(stored: Stored): Chosen {
  const raw = stored.settings;
  const changedAt = typeof raw === 'object' && raw !== null && 'changedAt' in raw ? raw.changedAt : 0;
  return { settings: readSettings(stored), changedAt: v.is(changedAtSchema, changedAt) ? changedAt : 0 };
}

/** Settings field by field, so that one which can't be read takes no other with it. */
export function readFields(raw: object): {
  readonly read: Partial<Settings>;
  readonly unreadable: readonly (keyof Settings)[];
  /** Names of what is no setting. */
  readonly unknown: readonly string[];
} {
  const names = Object.keys(raw);
  const known = Object.entries(raw).filter(([name]) => isSetting(name));
  const readable = known.filter(([name, value]) => v.is(settingsSchema, { [name]: value }));
  const read = v.parse(settingsSchema, Object.fromEntries(readable));
  return {
    read,
    unreadable: names.filter(isSetting).filter(name => !Object.hasOwn(read, name)),
    unknown: names.filter(name => !isSetting(name)),
  };
}

function isSetting(name: string): name is keyof Settings {
  return Object.hasOwn(settingsSchema.entries, name);
}

/** Newest first; an entry that can't be read is left out. */
export function readHistory(stored: Stored): readonly HistoryEntry[] {
  const entries: readonly unknown[] = Array.isArray(stored.history) ? stored.history : [];
  return entries
    .flatMap(entry => {
      const parsed = v.safeParse(historyEntrySchema, entry);
      return parsed.success ? [parsed.output] : [];
    })
    .slice(0, historyLimit);
}

/** The close drill, if there is one that can be read. */
export function readDrill(stored: Stored): Drill | undefined {
  const parsed = v.safeParse(drillSchema, stored.drill);
  return parsed.success ? parsed.output : undefined;
}
