import type { UserState } from '../browser/clock.ts';
import { isOpen, type Session, type Trigger } from '../session/session.ts';
import { type Rules, rulesFor, type Settings } from '../session/settings.ts';
import { createQueue } from './queue.ts';

/** How long a user may be away before a connection is no longer kept warm, in seconds. */
export const awaySeconds = 300;

/** An absence of the user: since when, ms since the epoch, and which sessions it has been told to. */
export type Absence = { readonly since: number; readonly told: readonly string[] };

export type IdlenessPorts = {
  readonly sessions: () => Iterable<Session>;
  readonly settings: () => Settings;
  readonly userState: (seconds: number) => Promise<UserState>;
  readonly tellIdleAfter: (seconds: number) => void;
  readonly trigger: (ids: readonly string[], trigger: Extract<Trigger, 'idle' | 'lock'>) => Promise<void>;
  /** Keeps it for the next worker of this browser run. */
  readonly save: (absence: Absence | undefined) => Promise<void>;
  readonly now: () => number;
};

/** The shortest absence that browsers can be asked about, in seconds. */
const shortestSeconds = 15;
const minuteMs = 60_000;

/**
 * Ends the sessions that are not to outlast a user who is away. The browser tells once, after the shortest absence
 * that matters; the longer ones are counted from there. A session is told once in an absence: one that was to stay
 * logged on this time stays so until the user has been back.
 */
export function createIdleness(ports: IdlenessPorts) {
  /** After how many seconds the browser tells. */
  let detects = 0;
  let absence: Absence | undefined;
  /** A user may be back before what the absence brought is done. */
  const inTurn = createQueue();

  const endable = (): readonly { readonly id: string; readonly since: number; readonly rules: Rules }[] =>
    [...ports.sessions()]
      .filter(({ state, kind }) => kind === 'session' && isOpen(state))
      .map(({ id, site, since }) => ({ id, since, rules: rulesFor(ports.settings(), site) }));

  /** The sessions that an absence ends, and when: one that was opened in it has its own beginning. */
  const ends = ({ since, told }: Absence): readonly { readonly id: string; readonly at: number }[] =>
    endable().flatMap(({ id, since: opened, rules: { idleMinutes } }) =>
      idleMinutes === 0 || told.includes(id)
        ? []
        : [{ id, at: (opened > ports.now() ? since : Math.max(since, opened)) + idleMinutes * minuteMs }],
    );

  const keep = async (next: Absence | undefined): Promise<void> => {
    absence = next;
    await ports.save(next).catch((error: unknown) => console.error('An absence could not be stored', error));
  };

  /** Tells these sessions, once in this absence. */
  const tell = async (away: Absence, ids: readonly string[], trigger: 'idle' | 'lock'): Promise<void> => {
    const news = ids.filter(id => !away.told.includes(id));
    if (news.length === 0) return;
    await keep({ ...away, told: [...away.told, ...news] });
    await ports.trigger(news, trigger);
  };

  /** Ends what has had enough of this absence. */
  const act = async (away: Absence): Promise<void> => {
    // A clock that was set back would make it longer until anything is due.
    const since = Math.min(away.since, ports.now());
    if (since < away.since) await keep({ ...away, since });
    const due = ends({ ...away, since }).filter(({ at }) => at <= ports.now());
    await tell(
      { ...away, since },
      due.map(({ id }) => id),
      'idle',
    );
  };

  const became = async (state: UserState, at: number): Promise<void> => {
    if (state === 'active') {
      // A computer that slept may tell of the return before anything else.
      if (absence) await act(absence);
      return keep(undefined);
    }
    const away = absence ?? { since: at - (state === 'idle' ? detects * 1000 : 0), told: [] };
    await keep(away);
    const locked = endable().flatMap(({ id, rules }) => (rules.lock ? [id] : []));
    if (state === 'locked') await tell(away, locked, 'lock');
    await act(absence ?? away);
  };

  return {
    restore(stored: Absence | undefined): void {
      absence = stored;
    },
    /** Sessions or settings changed: how soon does the browser have to tell? */
    changed(): void {
      const limits = endable().flatMap(({ rules: { idleMinutes } }) => idleMinutes || []);
      const seconds = Math.min(awaySeconds, ...limits.map(minutes => minutes * 60));
      if (seconds === detects) return;
      detects = seconds;
      ports.tellIdleAfter(seconds);
    },
    /** The browser told that the user left, locked the screen, or came back. */
    became(state: UserState): Promise<void> {
      const at = ports.now();
      return inTurn(() => became(state, at));
    },
    /** Time has passed. */
    look: (): Promise<void> =>
      inTurn(async () => {
        if (absence && (await ports.userState(shortestSeconds)) === 'active')
          await became('active', ports.now());
        else if (absence) await act(absence);
      }),
    /** When the next session has had enough, in ms since the epoch. */
    lookAt(): number | undefined {
      const times = absence ? ends(absence).map(({ at }) => at) : [];
      return times.length > 0 ? Math.min(...times) : undefined;
    },
  };
}
