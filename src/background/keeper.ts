import { endsAtClose } from '../session/ends-at-close.ts';
import type { Effect, Receipt, Step } from '../session/owed.ts';
import type { Session } from '../session/session.ts';
import {
  type Chosen,
  defaultSettings,
  differing,
  inForce,
  lockedIn,
  type Managed,
  neverChanged,
  type Settings,
} from '../session/settings.ts';
import { type Event, transition } from '../session/transition.ts';
import type { HistoryEntry } from '../session/view.ts';
import type { Token } from '../token.ts';
import { createQueue } from './queue.ts';
import type { Wire } from './wire.ts';

/** What the keeper needs of the world. All of it may fail or never answer; the keeper then still owes what it owes. */
export type KeeperPorts = {
  /** All of them, or none. */
  readonly save: (sessions: readonly Session[]) => Promise<void>;
  readonly remove: (session: Session) => Promise<void>;
  readonly saveSettings: (chosen: Chosen) => Promise<void>;
  readonly wire: Wire;
  readonly history: {
    readonly put: (entry: HistoryEntry) => Promise<void>;
    readonly amend: (id: string, change: Partial<HistoryEntry>) => Promise<void>;
    readonly drop: (id: string) => Promise<void>;
    readonly clear: () => Promise<void>;
  };
  /** Told of every end, even where no history is kept. */
  readonly drill?: Pick<KeeperPorts['history'], 'put' | 'amend' | 'drop'>;
  readonly rememberDead: (session: Session) => Promise<void>;
  readonly removeCookie: (session: Session) => Promise<void>;
  /** Whether the browser still lacks the session's cookie. */
  readonly cookieIsGone: (session: Session) => Promise<boolean>;
  readonly now: () => number;
  /** 0 up to 1. */
  readonly chance: () => number;
  /** Something changed that the toolbar, the timers or a waiting update may want to know. */
  readonly changed: () => void;
  /** What became of one session, for whoever tells the user. */
  readonly stepped?: (before: Session, step: Step) => void;
};

export type Keeper = ReturnType<typeof createKeeper>;

/**
 * The only writer of sessions. It takes events one at a time: apply, save, then run the effects, whose results come
 * back as events. Its map of sessions is the mirror that the closing function reads.
 */
export function createKeeper(ports: KeeperPorts) {
  const sessions = new Map<string, Session>();
  /** How many of them each site has. */
  const counts = new Map<string, number>();
  /** Sessions whose last change the disk refused; saved again with the next change of anything. */
  const unsaved = new Set<string>();
  let chosen = neverChanged;
  let managed: Managed = {};
  /** What counts of the two. */
  let settings: Settings = defaultSettings;
  let restored = false;

  const inTurn = createQueue();
  /** A job that fails is reported. */
  const enqueue = (job: () => Promise<void>): Promise<void> => {
    const done = inTurn(job);
    done.catch((error: unknown) => console.error('A change was not carried out', error));
    return done;
  };

  const hold = (session: Session): void => {
    if (!sessions.has(session.id)) counts.set(session.site, countAt(session.site) + 1);
    sessions.set(session.id, session);
  };
  const letGo = ({ id, site }: Session): void => {
    if (!sessions.delete(id)) return;
    const left = countAt(site) - 1;
    if (left > 0) counts.set(site, left);
    else counts.delete(site);
  };
  const countAt = (site: string): number => counts.get(site) ?? 0;

  /** In one write, with what the disk refused before. */
  const save = async (changed: readonly Session[]): Promise<void> => {
    const left = [...unsaved].flatMap(id => sessions.get(id) ?? []);
    const all = [...new Map([...left, ...changed].map(session => [session.id, session])).values()];
    const refused = await refusedOf(all);
    for (const { id } of all) unsaved.delete(id);
    for (const { id } of refused) unsaved.add(id);
  };
  /** What is refused together may still fit one by one. */
  const refusedOf = async (some: readonly Session[]): Promise<readonly Session[]> => {
    if (await isTaken(some)) return [];
    if (some.length === 1) return some;
    const refused: Session[] = [];
    for (const session of some) if (!(await isTaken([session]))) refused.push(session);
    return refused;
  };
  const isTaken = (some: readonly Session[]): Promise<boolean> =>
    ports.save(some).then(
      () => true,
      (error: unknown) => {
        console.error('The browser could not save a session; trying again with the next change', error);
        return false;
      },
    );

  /**
   * All of them at once: what many sessions become is saved in one write, and nobody waits for another one's request.
   * One that fails holds up none of the others.
   */
  const applyAll = async (ids: Iterable<string>, event: Event): Promise<void> => {
    const steps = [...ids].flatMap(id => {
      const before = sessions.get(id);
      return before ? [{ before, step: transition(before, event, settings) }] : [];
    });
    for (const { before, step } of steps) {
      if (step.session) hold(step.session);
      else letGo(before);
    }
    const changed = steps.flatMap(({ before, step: { session } }) =>
      session && session !== before ? [session] : [],
    );
    if (changed.length > 0) await save(changed);
    let failure: unknown;
    for (const { before, step } of steps) {
      await follow(before, step).catch((error: unknown) => {
        failure ??= error;
      });
    }
    // Once for all of them: each who is told walks the sessions.
    if (steps.some(({ before, step }) => step.session !== before)) ports.changed();
    if (failure !== undefined) throw failure;
  };
  const apply = (id: string, event: Event): Promise<void> => applyAll([id], event);

  /** What a step that is saved brings about. */
  const follow = async (before: Session, step: Step): Promise<void> => {
    const { session, effects } = step;
    for (const effect of effects) await run(session ?? before, effect);
    if (!session) {
      // The record goes last: whatever the effects don't finish before the worker dies is done by the next one.
      await attempt(ports.remove(before));
      unsaved.delete(before.id);
    }
    if (session !== before) ports.stepped?.(before, step);
  };

  const put = async (next: Settings, changedAt: number): Promise<void> => {
    chosen = { settings: next, changedAt };
    settings = inForce(next, managed);
    await ports.saveSettings(chosen);
    ports.changed();
  };

  /** The two that ask the server are begun and not waited for; the others are done when this resolves. */
  const run = async (session: Session, effect: Effect): Promise<void> => {
    switch (effect.do) {
      case 'log-off':
        void logOff(session);
        return;
      case 'check':
        void check(session);
        return;
      case 'remember-dead':
        return attempt(ports.rememberDead(session));
      case 'remove-cookie':
        return attempt(ports.removeCookie(session));
      case 'record': {
        if (session.private) return;
        const entry = { ...effect.entry, ...subject(session) };
        await attempt(ports.drill?.put(entry));
        if (!settings.keepHistory) return;
        return attempt(ports.history.put(entry));
      }
      case 'unrecord':
        await attempt(ports.drill?.drop(session.id));
        return attempt(ports.history.drop(session.id));
      default:
        effect satisfies never;
    }
  };

  const logOff = async (session: Session): Promise<void> => {
    const result = await ports.wire.logOff(session).catch(asObstacle);
    await enqueue(() => apply(session.id, { is: 'log-off-ended', result, ...moment() }));
  };

  const check = async (session: Session): Promise<void> => {
    const result = await ports.wire.check(session.site, session.token).catch(() => 'unknown' as const);
    // A cookie that is written again is first removed: by now it may be back.
    const about = session.state.is === 'answered' ? 'proof' : 'cookie';
    const moot =
      about === 'cookie' && result !== 'dead' && !(await ports.cookieIsGone(session).catch(() => false));
    if (!moot) await enqueue(() => apply(session.id, { is: 'check-ended', about, result, ...moment() }));
  };

  const moment = () => ({ at: ports.now(), chance: ports.chance() });
  const all = (event: Event): Promise<void> => enqueue(() => applyAll(sessions.keys(), event));

  return {
    /** What was stored; to be called once, before anything else can matter. */
    restore(stored: Iterable<Session>, storedChosen: Chosen, policy: Managed = {}): void {
      for (const session of stored) hold(session);
      chosen = storedChosen;
      managed = policy;
      settings = inForce(chosen.settings, managed);
      restored = true;
    },
    enqueue,
    /** Tells one session, or all of them, what happened. Resolves when it is saved and its effects are begun. */
    tell: (id: string, event: Event) => enqueue(() => apply(id, event)),
    tellAll: all,
    /** Within a job of the queue only. */
    apply,
    applyAll,
    /** A new token. It is in the mirror at once and in the store when this resolves. Within a job of the queue only. */
    async add(session: Session): Promise<void> {
      hold(session);
      await save([session]);
      ports.changed();
      void learnPerson(session);
    },
    /**
     * The user changes settings. Rejects where an administrator has set them otherwise, and where they could not be
     * read: what nobody knows must not be overwritten.
     */
    changeSettings: (change: (settings: Settings) => Partial<Settings>) =>
      enqueue(async () => {
        if (!restored) throw new Error('The settings could not be read, so none was changed');
        const changed = change(chosen.settings);
        const barred = differing(changed, settings, lockedIn(managed));
        if (barred.length > 0) throw new Error(`Set by the administrator: ${barred.join(', ')}`);
        await put({ ...chosen.settings, ...changed }, Math.max(ports.now(), chosen.changedAt + 1));
      }),
    /** Settings that the user changed on another computer. Those that are older than ours change nothing. */
    takeOver: (elsewhere: Partial<Settings>, changedAt: number) =>
      enqueue(async () => {
        if (restored && changedAt > chosen.changedAt)
          await put({ ...chosen.settings, ...elsewhere }, changedAt);
      }),
    /** An administrator has set this, and nothing else. */
    manage: (policy: Managed) =>
      enqueue(async () => {
        managed = policy;
        settings = inForce(chosen.settings, managed);
        ports.changed();
      }),
    /**
     * The Guard logged a session off while no worker was there. It may have ended since: this worker found it dead, and
     * its line in the history is to say who was first. A Guard that came too late itself knows no better than that line.
     */
    guardAnswered: (id: string, receipt: Receipt) =>
      enqueue(async () => {
        if (sessions.has(id)) return apply(id, { is: 'guard-answered', receipt });
        if (receipt.outcome !== 'logged-off') return;
        const change = { ...receipt, trigger: 'guard' } as const;
        await ports.history.amend(id, change);
        await ports.drill?.amend(id, change);
      }),
    clearHistory: () => enqueue(() => ports.history.clear()),
    /**
     * Nothing is open any more. The log-offs that the closing function has sent are under way: their answers count like
     * any other, if the browser lives to hear them.
     */
    closed(sent: ReadonlyMap<string, ReturnType<Wire['logOff']>>): void {
      void enqueue(async () => {
        for (const session of [...sessions.values()]) {
          if (!sent.has(session.id) && endsAtClose(session, settings)) continue;
          await apply(session.id, { is: 'closing', at: ports.now() });
        }
      });
      for (const [id, reply] of sent) {
        void reply
          .catch(asObstacle)
          .then(result => enqueue(() => apply(id, { is: 'log-off-ended', result, ...moment() })));
      }
    },
    sessions: (): Iterable<Session> => sessions.values(),
    session: (id: string): Session | undefined => sessions.get(id),
    /** How many sessions a site has, owed ones too, without a look at each. */
    countAt,
    /** Those that count. */
    settings: (): Settings => settings,
    chosen: (): Chosen => chosen,
    managed: (): Managed => managed,
    /** What closing the browser ends now. */
    endingAtClose: (): readonly Session[] => [...sessions.values()].filter(one => endsAtClose(one, settings)),
    /** Whether the store has every session as it is here. */
    isSaved: (): boolean => unsaved.size === 0,
    holds: (token: Token): boolean => [...sessions.values()].some(one => one.token.equals(token)),
  };

  async function learnPerson({ id, site, token }: Session): Promise<void> {
    const person = await ports.wire.person(site, token).catch(() => undefined);
    if (person) await enqueue(() => apply(id, { is: 'person-known', person, at: ports.now() }));
  }
}

/** What is done around a log-off must not stand in its way. */
async function attempt(work: Promise<void> | undefined): Promise<void> {
  await work?.catch((error: unknown) => console.error('Left undone', error));
}

function asObstacle(error: unknown): { readonly is: 'unreachable'; readonly why: string } {
  console.error('A request ended in a way that nobody expected', error);
  return { is: 'unreachable', why: 'the request could not be made' };
}

function subject({ id, site, person }: Session): Pick<HistoryEntry, 'id' | 'site' | 'person'> {
  return { id, site, person: person?.name ?? '' };
}
