/**
 * Leads a browser's `https://*.fogbugz.com` and `https://*.manuscript.com` to a server on this machine and the
 * rest of the internet nowhere, so that the shipped manifest is tested unchanged.
 */
import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

export type ConnectProxy = {
  readonly port: number;
  /** Targets that were asked for and refused, such as `example.org:443`. */
  readonly refused: readonly string[];
  close(): Promise<void>;
};

const site = /^[a-z0-9.-]+\.(?:fogbugz|manuscript)\.com:443$/i;
const requestLine = /^CONNECT (\S+) HTTP\/1\.[01]\r\n/;
const longestRequest = 16_384;

/** @param target the port on 127.0.0.1 that stands for every site. */
export async function startConnectProxy(target: number): Promise<ConnectProxy> {
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.setNoDelay(true);
  };

  const join = (client: Socket, first: Buffer) => {
    const server = dial({ port: target, host: '127.0.0.1' });
    keep(server);
    server.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (first.length > 0) server.write(first);
      client.pipe(server).pipe(client);
      client.resume();
    });
    // What was already sent still goes through when the other side has died: end, not destroy.
    client.once('close', () => server.end());
    server.once('close', () => client.end());
    server.on('error', () => client.destroy());
  };

  const listener = createServer(client => {
    keep(client);
    client.on('error', () => client.destroy());
    let head = Buffer.alloc(0);
    const read = (data: Buffer) => {
      head = Buffer.concat([head, data]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length < longestRequest) return;
      client.off('data', read);
      client.pause();
      const asked = requestLine.exec(head.toString('latin1'))?.[1] ?? 'something that is not CONNECT';
      if (end >= 0 && site.test(asked)) return join(client, head.subarray(end + 4));
      refused.push(asked);
      client.end('HTTP/1.1 403 Not in this test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      client.resume();
    };
    client.on('data', read);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');

  return {
    port: address.port,
    refused,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>(resolve => listener.close(() => resolve()));
    },
  };
}
