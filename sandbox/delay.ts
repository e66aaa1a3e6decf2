import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type DelayOptions = {
  /** Port on 127.0.0.1 that everything goes to. */
  readonly target: number;
  /** The round trip to simulate, in ms. */
  readonly roundTripMs: number;
  /** The port to listen on; a free one if absent or 0. */
  readonly port?: number;
};

export type Delay = { readonly port: number; readonly stop: () => Promise<void> };

/**
 * A stretch of network: listens on 127.0.0.1 and passes every connection on, each chunk half a round trip later, in
 * order and one by one.
 *
 * The TCP handshake: a server in user space cannot hold it back, so the client believes itself connected at once. On a
 * network it would have learned that one round trip after it began, and could not have sent a byte before. So nothing
 * that it sends leaves before one round trip after the connection was made, and then travels half a round trip: the
 * server has the first bytes 1.5 round trips after the client began to connect, as on a network. The server itself is
 * connected to after half a round trip, when the SYN would have arrived.
 *
 * What a client has sent before it closed, or before its process died, still arrives, followed by its end (FIN or RST).
 * Not simulated: bandwidth, loss, TCP's slow start. If nothing listens at the target, the client sees a reset where a
 * network would have refused.
 */
export async function startDelay({ target, roundTripMs, port = 0 }: DelayOptions): Promise<Delay> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, client => {
    const connectedAt = performance.now() + roundTripMs;
    const toServer = createLine(roundTripMs / 2);
    const toClient = createLine(roundTripMs / 2);
    keep(client);
    let upstream: Socket | undefined;
    toServer.send(performance.now(), () => {
      upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
      keep(upstream);
      carry(upstream, () => client, toClient, performance.now());
    });
    carry(client, () => upstream, toServer, connectedAt);
  });
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The delay has no port');
  return {
    port: address.port,
    stop: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Puts on the line what `from` says, and how it ends; nothing leaves before `earliest`. */
function carry(from: Socket, to: () => Socket | undefined, line: Line, earliest: number): void {
  const send = (act: (socket: Socket) => void) => {
    line.send(Math.max(performance.now(), earliest), () => {
      const socket = to();
      if (socket && !socket.destroyed) act(socket);
    });
  };
  from.on('data', chunk => send(socket => socket.write(chunk)));
  from.on('end', () => send(socket => socket.end()));
  from.on('error', () => send(socket => socket.write('', () => socket.resetAndDestroy())));
}

type Line = { send(leavesAt: number, arrive: () => void): void };

/** One direction: what is sent arrives `delayMs` after it left, in order, never earlier, each on its own. */
function createLine(delayMs: number): Line {
  const queue: { readonly due: number; readonly arrive: () => void }[] = [];
  let waiting = false;
  const wait = () => {
    const next = queue[0];
    if (!next || waiting) return;
    waiting = true;
    setTimeout(deliver, Math.max(0, Math.ceil(next.due - performance.now())));
  };
  const deliver = () => {
    waiting = false;
    for (let next = queue[0]; next && next.due <= performance.now(); next = queue[0]) {
      queue.shift();
      next.arrive();
    }
    wait();
  };
  return {
    send(leavesAt, arrive) {
      queue.push({ due: leavesAt + delayMs, arrive });
      wait();
    },
  };
}
