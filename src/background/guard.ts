import type { GuardLine } from '../browser/guard-port.ts';
import type { Site } from '../fogbugz/site.ts';
import {
  type GuardReply,
  mostSessions,
  protocolVersion,
  type Receipt,
  returnWithinMs,
} from '../guard-messages.ts';
import type { Guarding } from '../session/guarding.ts';
import type { Session } from '../session/session.ts';
import { createHeld, type Held } from './guard-held.ts';

export type GuardPorts = {
  readonly isOn: () => boolean;
  /** The sessions that are not to outlive the browser. */
  readonly wanted: () => readonly Session[];
  /** As far as the site is known; the usual endpoint before that. */
  readonly siteOf: (base: string) => Site;
  readonly isPermitted: () => Promise<boolean>;
  /** Whether this worker can connect where it may. */
  readonly canConnect: () => boolean;
  /** Has another worker take this one's place, as soon as nothing is under way. */
  readonly renew: () => void;
  readonly connect: (heard: (reply: GuardReply) => void, gone: () => void) => GuardLine;
  /** A random id of this browser profile, the same at every start. */
  readonly profile: () => Promise<string>;
  readonly version: string;
  readonly show: (guarding: Guarding) => void;
  /** The browser's process, by which the next worker may know that the browser lived on. */
  readonly remember: (run: string) => void;
  /** Resolves when they are stored. */
  readonly receive: (receipts: readonly Receipt[]) => Promise<void>;
  readonly now: () => number;
};

/** How long to wait before another try at a Guard that went, in ms: twice this, doubled each time, five times. */
const againAfterMs = 1_000;
const mostTries = 5;
/** A Guard that has stayed so long, in ms, is sound: when it goes, the tries begin anew. */
const soundAfterMs = 300_000;
/** Half of the time for which a Guard waits for its extension: a worker that crashed is woken in time. */
const lookEveryMs = returnWithinMs / 2;

const permissionUnknown = (error: unknown): void =>
  console.error('The permission for the Guard is unknown', error);

/**
 * Hands every session that is not to outlive the browser to the Guard, and takes it back when it has ended otherwise.
 * Connected only while there is one: an idle extension needs no program beside it.
 */
export function createGuard(ports: GuardPorts) {
  type Connection = {
    readonly line: GuardLine;
    readonly held: Held;
    readonly since: number;
    version: string | undefined;
    receipts: 'asked' | 'read';
  };
  let connection: Connection | undefined;
  let trouble:
    | Extract<
        Guarding,
        { is: 'missing' | 'guard-outdated' | 'extension-outdated' | 'refuses' | 'not-permitted' }
      >
    | undefined;
  /** Sessions for which a connection was tried in vain: a new one is a reason to try again. */
  const inVain = new Set<string>();
  let tries = 0;
  let connecting = false;
  /** The user agreed while this worker was there. */
  let granted = false;
  let renewing = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let nextLook = 0;
  let shown = '';

  /** What the Guard is to hold now. */
  const wantedNow = (): readonly Session[] =>
    ports.isOn() && trouble === undefined ? ports.wanted().slice(0, mostSessions) : [];

  const show = (): void => {
    const guarding = state();
    const text = JSON.stringify(guarding);
    if (text === shown) return;
    shown = text;
    ports.show(guarding);
  };
  const state = (): Guarding => {
    if (!ports.isOn()) return { is: 'off' };
    if (trouble) return trouble;
    if (!connection)
      return connecting || renewing || again !== undefined ? { is: 'connecting' } : { is: 'resting' };
    if (connection.version === undefined) return { is: 'connecting' };
    return { is: 'connected', version: connection.version, sessions: connection.held.probes() };
  };

  const close = (): void => {
    const { line } = connection ?? {};
    connection = undefined;
    line?.close();
  };
  const fail = (why: NonNullable<typeof trouble>): void => {
    trouble = why;
    for (const { id } of ports.wanted()) inVain.add(id);
    close();
    show();
  };

  const connect = async (): Promise<void> => {
    if (connecting || renewing) return;
    connecting = true;
    trouble = undefined;
    show();
    try {
      if (!(await ports.isPermitted())) return fail({ is: 'not-permitted' });
      if (granted && !ports.canConnect()) return;
      const profile = await ports.profile();
      // Though nothing may be left to guard by now: at a start, what the Guard did is answered before it is asked.
      if (!ports.isOn()) return;
      const sessions = wantedNow().map(({ id }) => id);
      const line = ports.connect(heard, gone);
      connection = {
        line,
        held: createHeld(line, sessions, ports.siteOf),
        since: ports.now(),
        version: undefined,
        receipts: 'asked',
      };
      const { version } = ports;
      line.send({ do: 'hello', protocol: protocolVersion, version, profile, sessions });
    } catch (error) {
      console.error('No line to the Guard', error);
      fail({ is: 'missing' });
    } finally {
      connecting = false;
      show();
    }
  };

  const heard = (reply: GuardReply): void => {
    if (!connection) return;
    switch (reply.is) {
      case 'hello':
        if (reply.fit !== 'fits') return fail({ is: reply.fit, version: reply.version });
        connection.version = reply.version;
        inVain.clear();
        connection.line.send({ do: 'receipts' });
        connection.line.send({ do: 'which-browser' });
        return sync();
      case 'armed': {
        const { session, probe } = reply;
        connection.held.probed(session, probe.is === 'ok' ? 'ok' : probe.why);
        return show();
      }
      case 'receipts':
        return void acknowledge(connection, reply.receipts);
      case 'browser':
        return reply.run === undefined ? undefined : ports.remember(reply.run);
      case 'refused':
        if (reply.why === 'caller') return fail({ is: 'refuses' });
        console.error('The Guard refused a message', reply.why);
        return;
      case 'status':
        if (connection.held.isEmpty() && reply.armed.length === 0) close();
        return show();
      default:
        reply satisfies never;
    }
  };

  const acknowledge = async (from: Connection, receipts: readonly Receipt[]): Promise<void> => {
    try {
      // Not before they are stored: a receipt that is gone proves nothing to anybody.
      if (receipts.length > 0) {
        await ports.receive(receipts);
        from.line.send({ do: 'acknowledge', sessions: receipts.map(({ session }) => session) });
      }
    } catch (error) {
      console.error('What the Guard did could not be stored; it will be asked again', error);
    }
    from.receipts = 'read';
    changed();
  };

  const gone = (): void => {
    if (!connection) return;
    const { version, since } = connection;
    connection = undefined;
    tries = ports.now() - since >= soundAfterMs ? 1 : tries + 1;
    if (version === undefined || tries > mostTries) return fail({ is: 'missing' });
    again = setTimeout(
      () => {
        again = undefined;
        changed();
      },
      againAfterMs * 2 ** tries,
    );
    show();
  };

  /** Brings what the Guard holds in step with what there is. */
  const sync = (): void => {
    // What changes before its hello is told after it: a Guard that was told of a session waits to hear of it.
    if (connection?.version === undefined) return show();
    const { line, held, receipts } = connection;
    held.sync(wantedNow());
    // Its answer says that it has let go of everything: what it still held at the line's end it would log off.
    if (held.isEmpty() && receipts === 'read') line.send({ do: 'status' });
    show();
  };

  /** Sessions, sites or settings changed. */
  const changed = (): void => {
    if (!ports.isOn() || ports.wanted().length === 0) {
      trouble = undefined;
      clearTimeout(again);
      again = undefined;
    }
    if (connection) return sync();
    void renewIfGranted().catch(permissionUnknown);
    const wanted = ports.isOn() ? ports.wanted() : [];
    if (wanted.length === 0 || again !== undefined) return show();
    if (trouble && wanted.every(({ id }) => inVain.has(id))) return show();
    void connect();
  };

  /** What the user has just agreed to may be out of this worker's reach: then another one does it. */
  const renewIfGranted = async (): Promise<void> => {
    if (renewing || !granted || !ports.isOn() || ports.canConnect() || !(await ports.isPermitted())) return;
    renewing = true;
    show();
    ports.renew();
  };

  /** Lets go of everything if the permission was taken away: the browser may leave the line open. */
  const lookAtPermission = async (): Promise<void> => {
    if (!connection || (await ports.isPermitted())) return;
    trouble = { is: 'not-permitted' };
    for (const { id } of ports.wanted()) inVain.add(id);
    changed();
  };

  const tryAgain = (): void => {
    trouble = undefined;
    inVain.clear();
    tries = 0;
    clearTimeout(again);
    again = undefined;
    connection?.held.askAgain();
    changed();
    void lookAtPermission().catch(permissionUnknown);
  };

  return {
    changed,
    /** Whether a crash is covered for this session: its Guard holds it and has reached its site. */
    covers: (id: string): boolean => connection?.held.covers(id) ?? false,
    /** When a worker has to be there again, if this one has gone: in ms since the epoch. */
    lookAt(): number | undefined {
      if (!connection || connection.held.isEmpty()) return undefined;
      const now = ports.now();
      // A clock that was set back must not put it off.
      if (nextLook <= now || nextLook > now + lookEveryMs) nextLook = now + lookEveryMs;
      return nextLook;
    },
    /** The user installed it, or wants to know; or something else has changed that may make a difference. */
    tryAgain,
    /** The user agreed to something that the browser asked. */
    granted(): void {
      granted = true;
      tryAgain();
    },
  };
}
