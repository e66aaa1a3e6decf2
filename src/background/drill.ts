import type { DrillBegun } from '../browser/commands.ts';
import { isWaiting, verdictOf } from '../session/drill.ts';
import { isOpen } from '../session/session.ts';
import { rulesFor } from '../session/settings.ts';
import type { DrillRecord } from './drill-record.ts';
import type { Keeper } from './keeper.ts';
import type { Newcomers, OpenDetails } from './newcomers.ts';

export type DrillPorts = {
  /** Opens the page that shows what came of it. */
  readonly openOptions: () => Promise<void>;
  /** Whether a window is open to show it in. */
  readonly hasWindow: () => boolean;
  readonly now: () => number;
};

/** The close drill: opens a session to be thrown away, waits for the browser to close, and sees to its end. */
export function createDrill(
  keeper: Pick<Keeper, 'apply' | 'enqueue' | 'session' | 'settings'>,
  newcomers: Pick<Newcomers, 'open'>,
  record: DrillRecord,
  ports: DrillPorts,
) {
  const { now } = ports;
  /** The browser has lost its last window, and this worker lives on. */
  let closed = false;

  /** Within a job of the queue. */
  const begin = async (id: string, whose: 'drill' | 'user'): Promise<DrillBegun> => {
    await callOff();
    const session = keeper.session(id);
    if (session === undefined || !isOpen(session.state)) return { is: 'unfit', why: 'ended' };
    if (session.kind === 'api-key') return { is: 'unfit', why: 'api-key' };
    if (session.private) return { is: 'unfit', why: 'private' };
    const { site, staysOnce: stayedOnce } = session;
    if (!rulesFor(keeper.settings(), site).browserClose) return { is: 'unfit', why: 'kept-by-rules' };
    await record.set({
      session: id,
      site,
      whose,
      stayedOnce,
      since: now(),
      told: false,
      keptByRules: false,
    });
    // Its last tab may be closed a moment before the browser is: that is not to end what the close is to end.
    await keeper.apply(id, { is: 'stay-once', on: true });
    return { is: 'begun' };
  };

  /** Within a job of the queue. Ends what the drill has opened; leaves as it was what was there before. */
  const callOff = async (): Promise<void> => {
    const drill = record.now();
    if (!drill) return;
    // Forgotten last, so that a worker which dies here leaves a drill that can be called off again.
    if (isWaiting(drill)) {
      const { session: id, whose, stayedOnce } = drill;
      if (whose === 'drill') await keeper.apply(id, { is: 'triggered', trigger: 'click', at: now() });
      else await keeper.apply(id, { is: 'stay-once', on: stayedOnce });
    }
    await record.set(undefined);
  };

  /** Within a job of the queue. The browser is back after a close: whatever the rules are, the drill's session ends. */
  const back = async (): Promise<void> => {
    const drill = record.now();
    if (!drill || drill.told || verdictOf(drill).is === 'other-way') return;
    const at = now();
    const session = keeper.session(drill.session);
    const isKept = session !== undefined && isOpen(session.state);
    await record.set({
      ...drill,
      // An end that was recorded after an earlier start was not reached before it.
      backAt: drill.end ? (drill.backAt ?? at) : at,
      keptByRules: drill.keptByRules || isKept,
    });
    if (isKept) await keeper.apply(session.id, { is: 'triggered', trigger: 'startup', at });
  };

  /** Within a job of the queue. Once. */
  const tell = async (): Promise<void> => {
    const drill = record.now();
    if (!drill || drill.backAt === undefined || drill.told) return;
    await ports.openOptions();
    await record.set({ ...drill, told: true });
  };

  /** A job that gives back what came of it. */
  const inTurn = async (job: () => Promise<DrillBegun>): Promise<DrillBegun> => {
    let begun: DrillBegun = { is: 'unfit', why: 'ended' };
    await keeper.enqueue(async () => {
      begun = await job();
    });
    return begun;
  };

  return {
    /** Whether this session's line is to be kept up for the drill, as it would be for a page of the site. */
    needs(id: string): boolean {
      const drill = record.now();
      return drill?.session === id && isWaiting(drill);
    },
    /** Opens a session for the drill. The password goes to the site and nowhere else. */
    async logOn({ site, email, password, window }: OpenDetails): Promise<DrillBegun> {
      if (window === 'private') return { is: 'unfit', why: 'private' };
      if (!rulesFor(keeper.settings(), site).browserClose) return { is: 'unfit', why: 'kept-by-rules' };
      const opened = await newcomers.open({ site, email, password, window });
      if (opened.is !== 'opened') return opened;
      const { id, before } = opened;
      return inTurn(async () => {
        const begun = await begin(id, before === 'unknown' ? 'drill' : 'user');
        // The rules may have changed while the server was asked; what was opened to be thrown away still is.
        if (begun.is !== 'begun' && before === 'unknown')
          await keeper.apply(id, { is: 'triggered', trigger: 'click', at: now() });
        return begun;
      });
    },
    /** Takes a session that is open anyway. */
    take: (id: string): Promise<DrillBegun> => inTurn(() => begin(id, 'user')),
    /** Calls the drill off, or puts its result away. */
    end: (): Promise<void> => keeper.enqueue(callOff),
    /** A run of the browser is over. Within a job of the queue, after its sessions are owed. */
    back,
    /** The browser has no window any more. It may live on, and no start is a next start then. */
    closed(): void {
      closed = true;
    },
    /** Tabs came, or a worker began. Within a job of the queue. */
    async look(): Promise<void> {
      const drill = record.now();
      // A browser may start without a window, and there is nobody to show anything to.
      if (!drill || !ports.hasWindow()) return;
      if (closed || verdictOf(drill).is === 'closing') await back();
      closed = false;
      await tell();
    },
    /** Whether it wants to know that tabs come. */
    listens(): boolean {
      const drill = record.now();
      return drill !== undefined && !drill.told && verdictOf(drill).is !== 'other-way';
    },
  };
}
