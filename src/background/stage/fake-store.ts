import { readSessions, sessionKey, writeSession } from '../../browser/records.ts';
import type { Session } from '../../session/session.ts';
import { type Chosen, neverChanged, type Settings } from '../../session/settings.ts';
import type { HistoryEntry } from '../../session/view.ts';
import { createHistory } from '../history.ts';

/** What a profile keeps: records as they stand on the disk, the history, dead tokens and cookies. */
export function createFakeStore() {
  const records = new Map<string, unknown>();
  const dead = new Set<string>();
  /** Values of the cookies in the browser. */
  const cookies = new Set<string>();
  let history: readonly HistoryEntry[] = [];
  let chosen = neverChanged;
  let full = false;

  const write = async (change: () => void): Promise<void> => {
    await undefined;
    if (full) throw new Error('QUOTA_BYTES quota exceeded');
    change();
  };
  return {
    dead,
    cookies,
    fill: (is: 'full' | 'empty'): void => {
      full = is === 'full';
    },
    sessions: (): readonly Session[] => readSessions(Object.fromEntries(records)).sessions,
    states: (): readonly string[] =>
      readSessions(Object.fromEntries(records)).sessions.map(({ state }) => state.is),
    history: () => history,
    settings: (): Settings => chosen.settings,
    chosen: () => chosen,
    ports: {
      save: (sessions: readonly Session[]) =>
        write(() => {
          for (const [key, value] of sessions.flatMap(session => Object.entries(writeSession(session)))) {
            records.set(key, structuredClone(value));
          }
        }),
      remove: (sessions: readonly Session[]) =>
        write(() => {
          for (const { id } of sessions) records.delete(sessionKey(id));
        }),
      saveSettings: (next: Chosen) =>
        write(() => {
          chosen = next;
        }),
      history: createHistory(
        async () => history,
        next =>
          write(() => {
            history = next;
          }),
        () =>
          write(() => {
            history = [];
          }),
      ),
      rememberDead: (sessions: readonly Session[]) =>
        write(() => {
          for (const { token } of sessions) dead.add(token.reveal());
        }),
      removeCookie: async ({ token }: Session) => {
        cookies.delete(token.reveal());
      },
      cookieIsGone: async ({ token }: Session) => !cookies.has(token.reveal()),
    },
  };
}
