/**
 * The debugging protocol over a pipe. Nothing stays attached: an attached worker never sleeps, and an attached
 * page may end in another way than one in real life.
 */
import type { Readable, Writable } from 'node:stream';
import { type CDPSession, Connection, type ConnectionTransport, type Protocol } from 'puppeteer-core';
import { callOf } from '../function-body.ts';
import { within } from '../until.ts';

export type Target = Protocol.Target.TargetInfo;
export type Session = CDPSession;

export type Devtools = {
  readonly send: Connection['send'];
  targets(): Promise<readonly Target[]>;
  /** Attaches to a target for as long as `use` runs. */
  attached<T>(target: Target, use: (session: Session) => Promise<T>): Promise<T>;
  /** Tells the pending calls that there is no browser any more. */
  close(): void;
};

export function devtoolsOver(toBrowser: Writable, fromBrowser: Readable): Devtools {
  const transport = pipe(toBrowser, fromBrowser);
  const connection = new Connection('', transport);
  const send: Connection['send'] = (method, parameters, options) =>
    within(`the browser's answer to ${method}`, connection.send(method, parameters, options), 30_000);

  return {
    send,
    async targets() {
      return (await send('Target.getTargets')).targetInfos;
    },
    async attached(target, use) {
      const session = await within(`a session with ${target.url}`, connection.createSession(target));
      try {
        return await use(session);
      } finally {
        await session.detach().catch(() => undefined); // the target may be gone by now
      }
    },
    close: () => transport.onclose?.(),
  };
}

/** Runs an expression or async function body; throws what it throws. */
export async function evaluate<T>(session: Session, body: string, argument?: unknown): Promise<T> {
  const call = session.send('Runtime.evaluate', {
    expression: callOf(body, argument),
    awaitPromise: true,
    returnByValue: true,
    userGesture: true,
  });
  const { result, exceptionDetails } = await within(`an answer to ${body.slice(0, 80)}`, call, 60_000);
  if (exceptionDetails) {
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }
  return result.value;
}

function pipe(toBrowser: Writable, fromBrowser: Readable): ConnectionTransport {
  const transport: ConnectionTransport = {
    send: message => void toBrowser.write(`${message}\0`),
    close: () => undefined,
  };
  let rest = '';
  fromBrowser.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) transport.onmessage?.(message);
  });
  fromBrowser.once('close', () => transport.onclose?.());
  toBrowser.on('error', () => undefined); // the browser went away; `onclose` tells
  fromBrowser.on('error', () => undefined);
  return transport;
}
