import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Certificate } from './certificate.ts';
import type { ConnectionRecord } from './record.ts';

export type Request = http.IncomingMessage | http2.Http2ServerRequest;
export type Response = http.ServerResponse | http2.Http2ServerResponse;
export type Tls = 'off' | 'http/1.1' | 'http/2';

/** A live connection: its record, and a way to end it at once. */
export type Connection = {
  readonly record: { -readonly [Key in keyof ConnectionRecord]: ConnectionRecord[Key] };
  readonly destroy: () => void;
};

/** A connection with what its idle limit needs. */
type Watched = Connection & {
  /** Requests without a reply yet. */
  open: number;
  idle: NodeJS.Timeout | undefined;
  /** Says goodbye first where the protocol can (HTTP/2's GOAWAY). */
  close: () => void;
};

export type ServerOptions = {
  readonly port: number;
  readonly tls: Tls;
  readonly certificate: Certificate | undefined;
  readonly idleLimitMs: number;
  readonly opened: (record: Connection['record']) => void;
  readonly handle: (request: Request, response: Response, connection: Connection) => void;
};

export type OpenServer = { readonly port: number; readonly close: () => Promise<void> };

let lastConnection = 0;

/** Listens on 127.0.0.1, numbers the connections, and closes those that idle. */
export async function openServer(options: ServerOptions): Promise<OpenServer> {
  const connections = new Map<number | undefined, Watched>();
  // Node's own limit is a second longer than asked, begins with the first request, and is HTTP/1.1's alone.
  const watch = (connection: Watched) => {
    clearTimeout(connection.idle);
    if (connection.open === 0) connection.idle = setTimeout(() => connection.close(), options.idleLimitMs);
  };
  const listener = (request: Request, response: Response) => {
    const session = 'stream' in request ? request.stream.session : undefined;
    const connection = connections.get((session?.socket ?? request.socket).remotePort);
    if (!connection) {
      response.end();
      return;
    }
    if (session) connection.close = () => session.close();
    connection.open += 1;
    watch(connection);
    response.on('close', () => {
      connection.open -= 1;
      watch(connection);
    });
    options.handle(request, response, connection);
  };
  const server = createServer(options, listener);
  server.on('connection', (socket: Socket) => {
    lastConnection += 1;
    const { remotePort } = socket;
    const record = { id: lastConnection, remotePort, openedAt: Date.now(), closedAt: undefined, requests: 0 };
    const destroy = () => {
      socket.destroy();
    };
    const connection: Watched = { record, destroy, open: 0, idle: undefined, close: destroy };
    connections.set(remotePort, connection);
    options.opened(record);
    watch(connection);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      // Whatever is still open on it has no one to answer: no new limit may begin.
      connection.open = Number.POSITIVE_INFINITY;
      clearTimeout(connection.idle);
      connection.record.closedAt = Date.now();
      if (connections.get(remotePort) === connection) connections.delete(remotePort);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    port: address.port,
    close: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const { destroy } of connections.values()) destroy();
      await closed;
    },
  };
}

function createServer(
  options: ServerOptions,
  listener: (request: Request, response: Response) => void,
): Server {
  const { tls, certificate } = options;
  const unlimited = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 };
  if (tls === 'off') return http.createServer(unlimited, listener);
  const pems = { key: certificate?.key ?? '', cert: certificate?.certificate ?? '' };
  if (tls === 'http/1.1') return https.createServer({ ...unlimited, ...pems }, listener);
  const server = http2.createSecureServer({ ...unlimited, ...pems, allowHTTP1: true }, listener);
  server.on('session', session => session.on('error', () => undefined));
  return server;
}
