import type { Effect } from '../session/owed.ts';
import type { Session } from '../session/session.ts';
import type { HistoryEntry } from '../session/view.ts';

export type EffectPorts = {
  readonly history: {
    /** One write for all of them, and so with the others; the last is the newest. */
    readonly put: (entries: readonly HistoryEntry[]) => Promise<void>;
    readonly amend: (id: string, change: Partial<HistoryEntry>) => Promise<void>;
    readonly drop: (ids: readonly string[]) => Promise<void>;
    readonly clear: () => Promise<void>;
  };
  /** Told of every end, even where no history is kept. */
  readonly ends?: {
    readonly put: (entry: HistoryEntry) => Promise<void>;
    readonly amend: (id: string, change: Partial<HistoryEntry>) => Promise<void>;
    readonly drop: (id: string) => Promise<void>;
  };
  readonly rememberDead: (sessions: readonly Session[]) => Promise<void>;
  readonly removeCookie: (session: Session) => Promise<void>;
};

/** What a saved step wants done, and with which session. */
export type Wanted = { readonly session: Session; readonly effects: readonly Effect[] };

/** The two that ask the server. They are begun and not waited for. */
export type Asking = {
  readonly logOff: (session: Session) => Promise<void>;
  readonly check: (session: Session) => Promise<void>;
};

/**
 * Does what many steps want, of each kind all at once: what is written for a hundred sessions is written as often as for
 * one. For each session it is done in the order that its step has it in: a check comes last, a log-off is alone.
 */
export function createEffects(ports: EffectPorts, asking: Asking, keepsHistory: () => boolean) {
  type Act = (sessions: readonly Session[], wanted: readonly Wanted[]) => unknown;
  /** By kind, in the order in which they are done. One that is missing here does not compile. */
  const does: Readonly<Record<Effect['do'], Act>> = {
    'log-off'(sessions) {
      for (const session of sessions) void asking.logOff(session);
    },
    'remember-dead': sessions => attempt(ports.rememberDead(sessions)),
    'remove-cookie': sessions => Promise.all(sessions.map(session => attempt(ports.removeCookie(session)))),
    async record(_, wanted) {
      const entries = wanted.flatMap(entriesOf);
      for (const entry of entries) await attempt(ports.ends?.put(entry));
      if (entries.length > 0 && keepsHistory()) await attempt(ports.history.put(entries));
    },
    async unrecord(sessions) {
      const untrue = sessions.map(({ id }) => id);
      for (const id of untrue) await attempt(ports.ends?.drop(id));
      await attempt(ports.history.drop(untrue));
    },
    check(sessions) {
      for (const session of sessions) void asking.check(session);
    },
  };
  return async (wanted: readonly Wanted[]): Promise<void> => {
    for (const [kind, act] of Object.entries(does)) {
      const some = wanted.filter(({ effects }) => effects.some(effect => effect.do === kind));
      const sessions = some.map(({ session }) => session);
      if (some.length > 0) await act(sessions, some);
    }
  };
}

function entriesOf({ session, effects }: Wanted): readonly HistoryEntry[] {
  if (session.private) return [];
  const { id, site, person } = session;
  return effects.flatMap(effect =>
    effect.do === 'record' ? [{ ...effect.entry, id, site, person: person?.name ?? '' }] : [],
  );
}

/** What is done around a log-off must not stand in its way. */
export async function attempt(work: Promise<void> | undefined): Promise<void> {
  await work?.catch((error: unknown) => console.error('Left undone', error));
}
