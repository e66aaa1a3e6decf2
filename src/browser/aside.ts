import * as v from 'valibot';
import { readChosen, readDrill, readFields, readSessions, type Stored } from './records.ts';
import { changedAtSchema, historyEntrySchema } from './schemas.ts';

/**
 * A record that could not be read. It is moved out of the way, and the user is told: a session whole, because it may hold
 * a token; of the rest what could not be read, as text.
 */
export type Unreadable = {
  readonly key: string;
  readonly value: unknown;
  /** Of settings: when they had been changed last. */
  readonly changedAt?: number;
};

/** Whether there is something in the list, for the user to be told. */
export type Aside = {
  readonly sessions: number;
  /** Until a setting is changed, by the user or as it comes from their other computers. */
  readonly settings: boolean;
  /** Until the user clears the history. */
  readonly history: boolean;
};

/** So much text is kept of what could not be read, in characters; and so many of each key, the latest. */
const longest = 10_000;
const most = 3;

const restKeys = ['settings', 'history', 'drill'] as const;
const historyKeys: readonly unknown[] = ['history', 'drill'];
export const isRest = (key: unknown): boolean => restKeys.some(one => one === key);

/** What can't be read of the settings, the history and the drill. @param tokens none of them may stand in it */
export function readRest(stored: Stored, tokens: readonly string[]): readonly Unreadable[] {
  const notRead = {
    settings: ofSettings(stored.settings),
    history: ofHistory(stored),
    drill: readDrill(stored) ? undefined : stored.drill,
  };
  const { changedAt } = readChosen(stored);
  return restKeys.flatMap(key =>
    notRead[key] === undefined
      ? []
      : [{ key, value: asText(notRead[key], tokens), ...(key === 'settings' && { changedAt }) }],
  );
}

function ofSettings(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const { changedAt, ...fields }: Stored = { ...raw };
  const { unreadable, unknown } = readFields(fields);
  const names: readonly string[] = [...unreadable, ...unknown];
  const isTime = changedAt === undefined || v.is(changedAtSchema, changedAt);
  if (names.length === 0 && isTime) return undefined;
  return { ...Object.fromEntries(names.map(name => [name, fields[name]])), ...(isTime ? {} : { changedAt }) };
}

function ofHistory({ history }: Stored): unknown {
  if (!Array.isArray(history)) return history;
  const entries = history.filter(entry => !v.is(historyEntrySchema, entry));
  return entries.length > 0 ? entries : undefined;
}

/** Nobody knows what it is: no token that is known, and no password before a host, may come to stand there. */
function asText(value: unknown, tokens: readonly string[]): string {
  const text = tokens.reduce((rest, token) => rest.replaceAll(token, '…'), JSON.stringify(value) ?? '');
  return text.replace(/\/\/[^/"]*@/g, '//…@').slice(0, longest);
}

/** The list with more in it. All sessions stay. */
export function withAside(stored: Stored, unreadable: readonly Unreadable[], at: number): readonly unknown[] {
  const all = [...listIn(stored), ...unreadable.map(record => ({ ...record, at }))];
  return all.filter((entry, index) => {
    const key = keyOf(entry);
    return !isRest(key) || all.slice(index + 1).filter(later => keyOf(later) === key).length < most;
  });
}

/** The list without what tells of past log-offs. */
export const withoutHistory = (stored: Stored): readonly unknown[] =>
  listIn(stored).filter(entry => !historyKeys.includes(keyOf(entry)));

/**
 * Of the sessions that were set aside, those that can be read after all, by their keys; and the list without them. One
 * that has come back already, with another state, stays as it is now.
 */
export function readAside(stored: Stored): { readonly back: Stored; readonly aside: readonly unknown[] } {
  const back: Record<string, unknown> = {};
  const aside = listIn(stored).filter(entry => {
    const parsed = v.safeParse(unreadableSchema, entry);
    if (!parsed.success) return true;
    const { key, value } = parsed.output;
    const isOne = readSessions({ [key]: value }).sessions.length === 1;
    if (isOne && !Object.hasOwn(stored, key)) back[key] = value;
    return !isOne;
  });
  return { back, aside };
}

const unreadableSchema = v.object({ key: v.string(), value: v.unknown() });

/** What the user is to be told of. */
export function countAside(stored: Stored): Aside {
  const list = listIn(stored);
  const { changedAt } = readChosen(stored);
  return {
    sessions: list.filter(entry => !isRest(keyOf(entry))).length,
    settings: list.some(entry => keyOf(entry) === 'settings' && Object(entry).changedAt === changedAt),
    history: list.some(entry => historyKeys.includes(keyOf(entry))),
  };
}

const keyOf = (entry: unknown): unknown => Object(entry).key;

function listIn({ aside }: Stored): readonly unknown[] {
  return Array.isArray(aside) ? aside : [];
}
