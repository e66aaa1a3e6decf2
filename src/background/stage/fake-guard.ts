import * as v from 'valibot';
import type { GuardLine } from '../../browser/guard-port.ts';
import {
  fitOf,
  type GuardReply,
  type GuardRequest,
  mostSessions,
  type Probe,
  type Receipt,
  requestSchema,
} from '../../guard-messages.ts';

/** What the computer has under the Guard's name. `starting`: it reads what it is told when it becomes another. */
type Program = 'installed' | 'missing' | 'starting' | 'refuses' | { readonly protocol: number };

/**
 * A Guard in memory that keeps the protocol's rules and has a memory: who is armed, what was announced and not heard
 * of, receipts until they are acknowledged. What it still holds when its line ends it would log off: `wouldLogOff`.
 */
export function createFakeGuard() {
  let program: Program = 'installed';
  let probe: (endpoint: string) => Probe = () => ({ is: 'ok' });
  let receipts: readonly Receipt[] = [];
  let starts = 0;
  let taken = 0;
  let end: () => void = () => undefined;
  let unread: (() => void)[] = [];
  const armed = new Map<string, Extract<GuardRequest, { do: 'arm' }>>();
  const awaited = new Set<string>();
  const heard: GuardRequest[] = [];
  const wouldLogOff: string[] = [];

  const connect = (say: (reply: GuardReply) => void, gone: () => void): GuardLine => {
    starts += 1;
    let line: 'open' | 'ended' = 'open';
    let greeted: 'no' | 'fits' | 'outdated' = 'no';
    armed.clear();
    awaited.clear();
    /** In a turn of its own, as across a pipe; nothing comes out of one that has ended. */
    const later = (act: () => void) => void Promise.resolve().then(() => line === 'open' && act());
    const close = () => {
      line = 'ended';
      wouldLogOff.push(...armed.keys());
      armed.clear();
    };
    end = () => {
      if (line === 'ended') return;
      close();
      gone();
    };
    if (program === 'missing') later(end);
    if (program === 'refuses') later(() => say({ is: 'refused', why: 'caller' }));

    const serve = (request: GuardRequest): GuardReply | undefined => {
      if (request.do === 'hello') {
        const fit = typeof program === 'object' ? reversed(fitOf(program.protocol)) : fitOf(request.protocol);
        greeted = fit === 'fits' ? 'fits' : 'outdated';
        for (const id of request.sessions) awaited.add(id);
        return { is: 'hello', protocol: request.protocol, version: '1.2', fit };
      }
      if (request.do === 'which-browser') return { is: 'browser', run: 'boot 42 1000' };
      if (greeted !== 'fits') throw new Error(`${request.do} before a hello that fits`);
      switch (request.do) {
        case 'arm':
          armed.set(request.session, request);
          if (armed.size > mostSessions) throw new Error('The Guard is full');
          if (awaited.delete(request.session) && awaited.size === 0) taken += 1;
          return { is: 'armed', session: request.session, probe: probe(request.site.endpoint) };
        case 'disarm':
          armed.delete(request.session);
          if (awaited.delete(request.session) && awaited.size === 0) taken += 1;
          return undefined;
        case 'receipts':
          return { is: 'receipts', receipts: [...receipts] };
        case 'acknowledge':
          receipts = receipts.filter(({ session }) => !request.sessions.includes(session));
          return undefined;
        case 'status':
          return { is: 'status', armed: [...armed.keys()] };
        default:
          return request satisfies never;
      }
    };

    return {
      send(message) {
        if (line === 'ended') return;
        const request = v.parse(requestSchema, message);
        heard.push(request);
        if (program === 'missing' || program === 'refuses') return;
        const read = () => {
          const reply = serve(request);
          if (reply) later(() => say(reply));
        };
        if (program === 'starting') unread.push(read);
        else later(read);
      },
      close,
    };
  };

  return {
    connect,
    become(next: Program): void {
      program = next;
      for (const read of unread) read();
      unread = [];
    },
    /** How it finds sites from now on. */
    finds(how: typeof probe): void {
      probe = how;
    },
    leave(...left: readonly Receipt[]): void {
      receipts = [...receipts, ...left];
    },
    /** Its process dies. */
    die: () => end(),
    starts: () => starts,
    armed: (): readonly string[] => [...armed.keys()],
    armedAt: (session: string) => armed.get(session)?.site.endpoint,
    tokenOf: (session: string) => armed.get(session)?.token,
    /** How often everything that a hello announced was armed or disarmed. */
    taken: () => taken,
    receipts: () => receipts,
    heard: (): readonly GuardRequest[] => heard,
    wouldLogOff: (): readonly string[] => wouldLogOff,
  };
}

/** Who is outdated, seen from the other side. */
function reversed(fit: ReturnType<typeof fitOf>): ReturnType<typeof fitOf> {
  if (fit === 'fits') return fit;
  return fit === 'guard-outdated' ? 'extension-outdated' : 'guard-outdated';
}
