import { endsAtClose } from '../session/ends-at-close.ts';
import type { Event } from '../session/event.ts';
import type { GuardAnswer, Step } from '../session/owed.ts';
import { isInFlight, type Session } from '../session/session.ts';
import {
  type Chosen,
  defaultSettings,
  inForce,
  lockedIn,
  type Managed,
  neverChanged,
  refuseLocked,
  type Settings,
} from '../session/settings.ts';
import { transition } from '../session/transition.ts';
import type { Token } from '../token.ts';
import { attempt, createEffects, type EffectPorts } from './effects.ts';
import { createQueue, reported } from './queue.ts';
import { createServerAnswers } from './server-answers.ts';
import { createUnsaved } from './unsaved.ts';
import type { Wire } from './wire.ts';

/** What the keeper needs of the world. All of it may fail or never answer; the keeper then still owes what it owes. */
export type KeeperPorts = EffectPorts & {
  /** All of them, or none. */
  readonly save: (sessions: readonly Session[]) => Promise<void>;
  readonly remove: (sessions: readonly Session[]) => Promise<void>;
  readonly saveSettings: (chosen: Chosen) => Promise<void>;
  readonly wire: Wire;
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

  const unsaved = createUnsaved(ports.save, id => sessions.get(id));

  /**
   * All of them at once: what many sessions become is saved in one write, and nobody waits for another one's request.
   * One that fails holds up none of the others.
   */
  const applyEach = async (happened: Iterable<readonly [id: string, event: Event]>): Promise<void> => {
    const steps: { readonly before: Session; readonly step: Step }[] = [];
    for (const [id, event] of happened) {
      const before = sessions.get(id);
      if (!before) continue;
      const step = transition(before, event, settings);
      if (step.session) hold(step.session);
      else letGo(before);
      steps.push({ before, step });
    }
    const changed = steps.flatMap(({ before, step: { session } }) =>
      session && session !== before ? [session] : [],
    );
    if (changed.length > 0) await unsaved.save(changed);
    await carryOut(steps.map(({ before, step: { session = before, effects } }) => ({ session, effects })));
    const ended = steps.flatMap(({ before, step }) => (step.session ? [] : [before]));
    // The records go last: whatever the effects don't finish before the worker dies is done by the next one.
    if (ended.length > 0) await attempt(ports.remove(ended));
    for (const { id } of ended) unsaved.forget(id);
    const different = steps.filter(({ before, step }) => step.session !== before);
    // Once for all of them: each who is told walks the sessions.
    if (different.length > 0) ports.changed();
    for (const { before, step } of different) ports.stepped?.(before, step);
  };
  const applyAll = (ids: Iterable<string>, event: Event): Promise<void> =>
    applyEach([...ids].map(id => [id, event] as const));
  const apply = (id: string, event: Event): Promise<void> => applyAll([id], event);

  const put = async (next: Settings, changedAt: number): Promise<void> => {
    chosen = { settings: next, changedAt };
    settings = inForce(next, managed);
    await ports.saveSettings(chosen);
    ports.changed();
  };

  const answers = createServerAnswers(enqueue, applyEach);

  const logOff = async (session: Session): Promise<void> => {
    const result = await ports.wire.logOff(session).catch(asObstacle);
    answers.take(session.id, () => ({ is: 'log-off-ended', result, ...moment() }));
  };

  const check = async (session: Session): Promise<void> => {
    const result = await ports.wire.check(session.site, session.token).catch(() => 'unknown' as const);
    // A cookie that is written again is first removed: by now it may be back.
    const about = session.state.is === 'answered' ? 'proof' : 'cookie';
    const moot =
      about === 'cookie' && result !== 'dead' && !(await ports.cookieIsGone(session).catch(() => false));
    if (!moot) answers.take(session.id, () => ({ is: 'check-ended', about, result, ...moment() }));
  };

  const carryOut = createEffects(ports, { logOff, check }, () => settings.keepHistory);

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
      await unsaved.save([session]);
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
        refuseLocked(changed, settings, lockedIn(managed));
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
    guardAnswered: (id: string, answer: GuardAnswer) =>
      enqueue(async () => {
        if (sessions.has(id)) return apply(id, { is: 'guard-answered', answer });
        if (answer.outcome !== 'logged-off') return;
        const change = { ...answer, trigger: 'guard' } as const;
        await ports.history.amend(id, change);
        await ports.ends?.amend(id, change);
      }),
    clearHistory: () => enqueue(() => ports.history.clear()),
    /**
     * Nothing is open any more. The log-offs that the closing function has sent are under way: their answers count like
     * any other, if the browser lives to hear them.
     */
    closed(sent: ReadonlyMap<string, ReturnType<Wire['logOff']>>): void {
      enqueue(() => {
        const told = [...sessions.values()].filter(
          session => sent.has(session.id) || !endsAtClose(session, settings),
        );
        return applyAll(
          told.map(({ id }) => id),
          { is: 'closing', at: ports.now() },
        );
      }).catch(reported);
      // Before that, the answers to these would mean nothing.
      answers.part();
      for (const [id, reply] of sent) {
        const session = sessions.get(id);
        // Decided before, its own request may still be on its way: that one's failure is the one that counts.
        const isSecond = session !== undefined && isInFlight(session);
        void reply.catch(asObstacle).then(result => {
          if (isSecond && result !== 'logged-off' && result !== 'already-off') return;
          answers.take(id, () => ({ is: 'log-off-ended', result, ...moment() }));
        });
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
    isSaved: unsaved.isEmpty,
    holds: (token: Token): boolean => [...sessions.values()].some(one => one.token.equals(token)),
  };

  async function learnPerson({ id, site, token }: Session): Promise<void> {
    const person = await ports.wire.person(site, token).catch(() => undefined);
    if (person) answers.take(id, () => ({ is: 'person-known', person, at: ports.now() }));
  }
}

function asObstacle(error: unknown): { readonly is: 'unreachable'; readonly why: string } {
  console.error('A request ended in a way that nobody expected', error);
  return { is: 'unreachable', why: 'the request could not be made' };
}
