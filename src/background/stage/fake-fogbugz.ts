import { envelope, errorEnvelope, serve } from '../../fogbugz/stage/loopback.ts';
import { secret } from '../../session/stage/samples.ts';
import type { Wire } from '../wire.ts';

/** What a FogBugz was asked, by whose token, and at which host. */
export type Asked = { readonly host: string; readonly cmd: string; readonly token: string };

/** The tokens of a FogBugz: which are alive, where each belongs, and all that was ever asked with one. */
function createTokens() {
  const homes = new Map<string, string>();
  const alive = new Set<string>();
  const asked: Asked[] = [];

  return {
    /** Somebody logs on; the token is alive from now on. */
    logOn(host = 'acme.fogbugz.com'): string {
      const token = `${secret.slice(0, -4)}${String(homes.size + 1).padStart(4, '0')}`;
      homes.set(token, host);
      alive.add(token);
      return token;
    },
    isAlive: (token: string): boolean => alive.has(token),
    allAlive: (): readonly string[] => [...alive],
    kill: (token: string): boolean => alive.delete(token),
    ask(one: Asked): 'yes' | 'not-logged-on' {
      asked.push(one);
      const answer = alive.has(one.token) && homes.get(one.token) === one.host ? 'yes' : 'not-logged-on';
      if (one.cmd === 'logoff' && answer === 'yes') alive.delete(one.token);
      return answer;
    },
    asked: (cmd: string): readonly Asked[] => asked.filter(one => one.cmd === cmd),
    /** Tokens that were sent to a host that is not theirs. */
    strays: (): readonly Asked[] =>
      asked.filter(({ token, host }) => token !== '' && homes.get(token) !== host),
  };
}

/** `held`: requests arrive and are answered when the mood changes. `lies`: says yes and does nothing. */
export type Mood = 'honest' | 'unreachable' | 'held' | 'lies';

/** A FogBugz behind the keeper's port, without a network: it answers in the next turn, by its mood. */
export function createFakeWire(heard: (asked: Asked) => void = () => undefined) {
  const tokens = createTokens();
  let mood: Mood = 'honest';
  let waiting: (() => void)[] = [];

  const ask = async <T>(base: string, cmd: string, token: string, reply: (yes: boolean) => T, lost: T) => {
    const one = { host: new URL(base).hostname, cmd, token };
    await undefined;
    if (mood === 'held') await new Promise<void>(resolve => waiting.push(resolve));
    if (mood === 'unreachable') return lost;
    heard(one);
    if (mood === 'lies' && cmd === 'logoff') return reply(true);
    return reply(tokens.ask(one) === 'yes');
  };

  const wire: Wire = {
    logOff: ({ site: base, token }) =>
      ask<Awaited<ReturnType<Wire['logOff']>>>(
        base,
        'logoff',
        token.reveal(),
        yes => (yes ? 'logged-off' : 'already-off'),
        { is: 'unreachable', why: 'no connection' },
      ),
    check: (base, token) =>
      ask<Awaited<ReturnType<Wire['check']>>>(
        base,
        'logon',
        token.reveal(),
        yes => (yes ? 'alive' : 'dead'),
        'unknown',
      ),
    person: (base, token) =>
      ask<Awaited<ReturnType<Wire['person']>>>(
        base,
        'viewPerson',
        token.reveal(),
        yes => (yes ? { name: 'Ada Lovelace', email: 'ada@example.com' } : undefined),
        undefined,
      ),
  };
  return {
    ...tokens,
    wire,
    become(next: Mood): void {
      mood = next;
      const released = waiting;
      waiting = [];
      for (const release of released) release();
    },
  };
}

/** Everybody's password. */
export const pass = 'correct horse "battery"';

/**
 * A FogBugz on loopback, speaking JSON, and a `fetch` by which every host name leads to it. A host's name has the port
 * and the path of its installation in it, if there are any: `intranet:8443/bugs`.
 */
export async function startFogBugz() {
  const tokens = createTokens();
  const network = globalThis.fetch;
  let down = false;
  let flying = 0;
  const { origin, seen } = await serve((one, response, request) => {
    if (down) return void request.socket.destroy();
    const [, host] = /^\/(.+?)\/f\/api\/0\/jsonapi$/.exec(one.url) ?? [];
    if (host === undefined || one.method !== 'POST') return void response.writeHead(404).end();
    const { cmd = '', password, ...asked }: Readonly<Record<string, string>> = JSON.parse(one.body);
    const token = password === pass ? tokens.logOn(host) : (asked.token ?? '');
    const person = { sFullName: 'Ada Lovelace', sEmail: 'ada@example.com' };
    const yes = tokens.ask({ host, cmd, token }) === 'yes';
    response
      .writeHead(yes ? 200 : 400, { 'Content-Type': 'application/json' })
      .end(yes ? envelope({ data: { token, person } }) : errorEnvelope('3', 'Not logged on'));
  });

  return {
    ...tokens,
    seen,
    /** Cuts every connection, or takes them again. */
    reachable(is: 'yes' | 'no'): void {
      down = is === 'no';
    },
    /** Requests that wait for their answer. */
    flying: (): number => flying,
    async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const request = new Request(input, init);
      const { host, pathname, search } = new URL(request.url);
      const { method, headers, redirect, signal } = request;
      flying += 1;
      try {
        const body = method === 'POST' ? await request.text() : null;
        return await network(`${origin}/${host}${pathname}${search}`, {
          method,
          headers,
          redirect,
          signal,
          body,
        });
      } finally {
        flying -= 1;
      }
    },
  };
}
