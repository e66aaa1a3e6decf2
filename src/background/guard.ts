import type { GuardLine } from '../browser/guard-port.ts';
import type { Site } from '../fogbugz/site.ts';
import { type GuardReply, mostSessions, protocolVersion, type Receipt } from '../guard-messages.ts';
import type { Guarded, Guarding } from '../session/guarding.ts';
import type { Session } from '../session/session.ts';

export type GuardPorts = {
  readonly isOn: () => boolean;
  /** The sessions that are not to outlive the browser. */
  readonly wanted: () => readonly Session[];
  /** As far as the site is known; the usual endpoint before that. */
  readonly siteOf: (base: string) => Site;
  readonly isPermitted: () => Promise<boolean>;
  readonly connect: (heard: (reply: GuardReply) => void, gone: () => void) => GuardLine;
  /** A random id of this browser profile, the same at every start. */
  readonly profile: () => Promise<string>;
  readonly version: string;
  readonly show: (guarding: Guarding) => void;
  readonly receive: (receipts: readonly Receipt[]) => Promise<void>;
};

/** How long to wait before another try at a Guard that went, in ms; doubled each time, five times. */
const againAfterMs = 1_000;
const mostTries = 5;

/**
 * Hands every session that is not to outlive the browser to the Guard, and takes it back when it has ended otherwise.
 * Connected only while there is one: an idle extension needs no program beside it.
 */
export function createGuard(ports: GuardPorts) {
  type Armed = { readonly endpoint: string; readonly probe: Guarded };
  type Connection = {
    readonly line: GuardLine;
    /** What the Guard was told of: each of them has to be armed or disarmed. */
    readonly told: Map<string, Armed | 'announced'>;
    version: string | undefined;
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
  let shown = '';

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
    if (!connection) return connecting ? { is: 'connecting' } : { is: 'resting' };
    if (connection.version === undefined) return { is: 'connecting' };
    const sessions = [...connection.told].map(([id, armed]): [string, Guarded] => [
      id,
      armed === 'announced' ? 'asking' : armed.probe,
    ]);
    return { is: 'connected', version: connection.version, sessions: Object.fromEntries(sessions) };
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
    if (connecting) return;
    connecting = true;
    trouble = undefined;
    show();
    try {
      if (!(await ports.isPermitted())) return fail({ is: 'not-permitted' });
      const profile = await ports.profile();
      const wanted = wantedNow();
      if (wanted.length === 0 || !ports.isOn()) return;
      const line = ports.connect(heard, gone);
      connection = { line, told: new Map(wanted.map(({ id }) => [id, 'announced'])), version: undefined };
      const { version } = ports;
      line.send({
        do: 'hello',
        protocol: protocolVersion,
        version,
        profile,
        sessions: wanted.map(({ id }) => id),
      });
    } catch (error) {
      console.error('No line to the Guard', error);
      fail({ is: 'missing' });
    } finally {
      connecting = false;
      show();
    }
  };
  const wantedNow = (): readonly Session[] => ports.wanted().slice(0, mostSessions);

  const heard = (reply: GuardReply): void => {
    if (!connection) return;
    switch (reply.is) {
      case 'hello':
        if (reply.fit !== 'fits') return fail({ is: reply.fit, version: reply.version });
        connection.version = reply.version;
        tries = 0;
        inVain.clear();
        connection.line.send({ do: 'receipts' });
        return sync();
      case 'armed': {
        const { session, probe } = reply;
        const armed = connection.told.get(session);
        if (armed === undefined || armed === 'announced') return;
        connection.told.set(session, { ...armed, probe: probe.is === 'ok' ? 'ok' : probe.why });
        return show();
      }
      case 'receipts':
        return void acknowledge(reply.receipts);
      case 'refused':
        if (reply.why === 'caller') return fail({ is: 'refuses' });
        console.error('The Guard refused a message', reply.why);
        return;
      case 'status':
        return;
      default:
        reply satisfies never;
    }
  };

  const acknowledge = async (receipts: readonly Receipt[]): Promise<void> => {
    if (receipts.length === 0) return;
    // Not before they are stored: a receipt that is gone proves nothing to anybody.
    await ports.receive(receipts);
    connection?.line.send({ do: 'acknowledge', sessions: receipts.map(({ session }) => session) });
  };

  const gone = (): void => {
    const greeted = connection?.version !== undefined;
    connection = undefined;
    tries += 1;
    if (!greeted || tries > mostTries) return fail({ is: 'missing' });
    setTimeout(changed, againAfterMs * 2 ** tries);
    show();
  };

  /** Brings what the Guard holds in step with what there is. */
  const sync = (): void => {
    if (connection?.version === undefined) return;
    const { line, told } = connection;
    const wanted = new Map(wantedNow().map(session => [session.id, session]));
    for (const id of told.keys()) {
      if (wanted.has(id)) continue;
      told.delete(id);
      line.send({ do: 'disarm', session: id });
    }
    for (const [id, { site: base, token }] of wanted) {
      const { dialect, endpoint, redirected, base: at } = ports.siteOf(base);
      const armed = told.get(id);
      if (armed !== undefined && armed !== 'announced' && armed.endpoint === endpoint) continue;
      told.set(id, { endpoint, probe: 'asking' });
      line.send({
        do: 'arm',
        session: id,
        site: { base: at, dialect, endpoint, redirected },
        token: token.reveal(),
      });
    }
    if (told.size === 0) close();
    show();
  };

  /** Sessions, sites or settings changed. */
  const changed = (): void => {
    const wanted = ports.isOn() ? wantedNow() : [];
    if (wanted.length === 0) {
      trouble = undefined;
      sync();
      close();
      return show();
    }
    if (connection) return sync();
    if (trouble && wanted.every(({ id }) => inVain.has(id))) return show();
    void connect();
  };

  return {
    changed,
    /** Whether a crash is covered for this session: its Guard holds it and has reached its site. */
    covers(id: string): boolean {
      const armed = connection?.told.get(id);
      return armed !== undefined && armed !== 'announced' && armed.probe === 'ok';
    },
    /** The user installed it, permitted it, or wants to know. */
    tryAgain(): void {
      trouble = undefined;
      inVain.clear();
      tries = 0;
      changed();
    },
  };
}
