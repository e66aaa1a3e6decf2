import { Agent, type AgentOptions, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Way } from './ways.ts';

/** How long a proxy may take to let a connection through, in ms: as long as a whole request may take. */
const patienceMs = 10_000;

/** Connections over TLS that a proxy lets through without a look into them, by CONNECT. */
export class Tunnels extends Agent {
  readonly #toProxy: Way;

  /** `options`: of the connections inside. */
  constructor(toProxy: Way, options: AgentOptions) {
    super(options);
    this.#toProxy = toProxy;
  }

  override createConnection(
    inside: RequestOptions,
    callback: (error: Error | null, stream?: Duplex) => void,
  ): undefined {
    const host = inside.host?.includes(':') ? `[${inside.host}]` : inside.host;
    const target = `${host}:${inside.port}`;
    const { begin, options } = this.#toProxy;
    const asking = begin({
      ...options,
      method: 'CONNECT',
      path: target,
      headers: { ...options.headers, Host: target },
      timeout: patienceMs,
    });
    asking.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode < 200 || statusCode >= 300) {
        socket.destroy();
        return callback(new Error('The proxy lets no connection through'));
      }
      const over: RequestOptions & { readonly socket: Duplex } = { ...inside, socket };
      callback(null, super.createConnection(over) ?? undefined);
    });
    asking.once('timeout', () => asking.destroy(new Error('The proxy says nothing')));
    asking.once('error', error => callback(error));
    asking.end();
  }
}
