import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A proxy that leads every name to this machine, and remembers what it was asked for. */
export async function startProxy() {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { port, pathname } = new URL(request.url ?? '');
    const { method, headers } = request;
    const onward = ask({ host: '127.0.0.1', port, path: pathname, method, headers }, reply => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, client: Socket, head) => {
    const target = request.url ?? '';
    asked.push(`CONNECT ${target}`);
    const upstream = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked: (): readonly string[] => [...asked],
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
