import type { UserState } from '../browser/clock.ts';
import type { Session, Trigger } from '../session/session.ts';
import { type Rules, rulesFor, type Settings } from '../session/settings.ts';

/** How long a user may be away before a connection is no longer kept warm, in seconds. */
export const awaySeconds = 300;

/** An absence of the user: since when, ms since the epoch, and the minutes that have been acted on already. */
export type Absence = { readonly since: number; readonly reached: number };

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

const minuteMs = 60_000;

/**
 * Ends the sessions that are not to outlast a user who is away. The browser tells once, after the shortest absence
 * that matters; the longer ones are counted from there. What an absence has reached it reaches once: whoever was
 * told to stay logged on this time stays so until the user has been back.
 */
export function createIdleness(ports: IdlenessPorts) {
  let told = 0;
  let absence: Absence | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: a user may be back before what the absence brought is done. */
  const inTurn = (job: () => Promise<void>): Promise<void> => {
    const done = queue.then(job);
    queue = done.catch(() => undefined);
    return done;
  };

  const endable = (): readonly { readonly id: string; readonly rules: Rules }[] =>
    [...ports.sessions()]
      .filter(
        ({ state, kind }) => kind === 'session' && (state.is === 'open' || state.is === 'counting-down'),
      )
      .map(({ id, site }) => ({ id, rules: rulesFor(ports.settings(), site) }));
  const limits = (): readonly number[] =>
    endable().flatMap(({ rules: { idleMinutes } }) => idleMinutes || []);

  const keep = async (next: Absence | undefined): Promise<void> => {
    absence = next;
    await ports.save(next).catch((error: unknown) => console.error('An absence could not be stored', error));
  };

  /** Ends what has had enough of this absence. */
  const act = async ({ since: began, reached }: Absence): Promise<void> => {
    // A clock that was set back would make it longer until anything is reached.
    const since = Math.min(began, ports.now());
    const minutes = Math.floor((ports.now() - since) / minuteMs);
    const ids = endable().flatMap(({ id, rules: { idleMinutes } }) =>
      idleMinutes > reached && idleMinutes <= minutes ? [id] : [],
    );
    if (minutes > reached || since < began) await keep({ since, reached: Math.max(minutes, reached) });
    if (ids.length > 0) await ports.trigger(ids, 'idle');
  };

  const became = async (state: UserState, at: number): Promise<void> => {
    if (state === 'active') {
      // A computer that slept may tell of the return before anything else.
      if (absence) await act(absence);
      return keep(undefined);
    }
    absence ??= { since: at - (state === 'idle' ? told * 1000 : 0), reached: 0 };
    if (state === 'locked') {
      const ids = endable().flatMap(({ id, rules }) => (rules.lock ? [id] : []));
      if (ids.length > 0) await ports.trigger(ids, 'lock');
    }
    await keep(absence);
    await act(absence);
  };

  return {
    restore(stored: Absence | undefined): void {
      absence = stored;
    },
    /** Sessions or settings changed: how soon does the browser have to tell? */
    changed(): void {
      const seconds = Math.min(awaySeconds, ...limits().map(minutes => minutes * 60));
      if (seconds === told) return;
      told = seconds;
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
        if (absence && (await ports.userState(15)) === 'active') await became('active', ports.now());
        else if (absence) await act(absence);
      }),
    /** When the next session has had enough, in ms since the epoch. */
    lookAt(): number | undefined {
      if (!absence) return undefined;
      const { since, reached } = absence;
      const next = limits().filter(minutes => minutes > reached);
      return next.length > 0 ? since + Math.min(...next) * minuteMs : undefined;
    },
  };
}
