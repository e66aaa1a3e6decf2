/**
 * A small client of Marionette, Firefox's remote control: TCP, each message as `length:json`.
 * https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
 */
import { connect, type Socket } from 'node:net';
import * as v from 'valibot';

export type Marionette = {
  send(command: string, parameters?: object): Promise<unknown>;
};

/** Firefox answered a command with an error. `kind` is the WebDriver name of it, such as `no such window`. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly kind: string;
  constructor(kind: string, message: string, stack: string) {
    super(`${message} (${kind})\n${stack}`);
    this.kind = kind;
  }
}

/** The browser ended, or closed the connection, before it answered. */
export class LineCut extends Error {
  override readonly name = 'LineCut';
}

const failure = v.object({ error: v.string(), message: v.string(), stacktrace: v.optional(v.string(), '') });
const reply = v.tuple([v.literal(1), v.number(), v.nullable(failure), v.unknown()]);
const greeting = v.object({ marionetteProtocol: v.literal(3) });

type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

export async function connectMarionette(port: number): Promise<Marionette> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.setNoDelay(true);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let cut = false;

  const greeted = new Promise<void>((resolve, reject) => {
    readMessages(socket, message => {
      if (v.is(greeting, message)) return resolve();
      const [, id, error, value] = v.parse(reply, message);
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) asked?.reject(new RemoteError(error.error, error.message, error.stacktrace));
      else asked?.resolve(value);
    });
    socket.once('close', () => {
      cut = true;
      const end = new LineCut('Firefox closed the connection before it answered');
      reject(end);
      for (const asked of waiting.values()) asked.reject(end);
      waiting.clear();
    });
  });
  socket.on('error', () => socket.destroy());
  await greeted;

  return {
    send(command, parameters = {}) {
      if (cut) return Promise.reject(new LineCut(`Firefox is gone: ${command} was not sent`));
      last += 1;
      const id = last;
      const body = Buffer.from(JSON.stringify([0, id, command, parameters]));
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        socket.write(Buffer.concat([Buffer.from(`${body.length}:`), body]));
      });
    },
  };
}

function readMessages(socket: Socket, take: (message: unknown) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', data => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const colon = rest.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(rest.toString('latin1', 0, colon));
      if (rest.length < end) return;
      const message = rest.toString('utf8', colon + 1, end);
      rest = rest.subarray(end);
      take(JSON.parse(message));
    }
  });
}
