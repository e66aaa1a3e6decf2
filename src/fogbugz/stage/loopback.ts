import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { Token } from '../../token.ts';
import type { Dialect, Site } from '../site.ts';

/** A request as a real server on loopback saw it. */
export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

type Handler = (seen: Seen, response: ServerResponse, request: IncomingMessage) => void;

/** Starts a server for one test. `origin` has no slash at its end. */
export async function serve(handle: Handler): Promise<{ readonly origin: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    seen.push(one);
    handle(one, response, request);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** A server that always answers the same. */
export function serveReply(
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
) {
  return serve((_, response) => response.writeHead(status, headers).end(body));
}

export function siteAt(origin: string, dialect: Dialect): Site {
  const endpoint = dialect === 'json' ? `${origin}/f/api/0/jsonapi` : `${origin}/api.asp?`;
  return { base: `${origin}/`, dialect, endpoint, redirected: false };
}

export const secret = 'ku7fkmvbr3hq9ed1s52p0lnc4ta8go';

export function tokenOf(text: string): Token {
  const token = Token.parse(text);
  if (!token) throw new TypeError('not a token');
  return token;
}

export const token = tokenOf(secret);

/** An envelope with every field, as recorded from a real server. */
export function envelope(changes: object = {}): string {
  return JSON.stringify({
    data: {},
    errors: [],
    warnings: [],
    meta: { jsdbInvalidator: '26ea1', clientVersionAllowed: { min: 822909000, max: 822909000 } },
    errorCode: null,
    maxCacheAge: null,
    ...changes,
  });
}

export function errorEnvelope(code: unknown, message = 'Error: no', changes: object = {}): string {
  return envelope({ errors: [{ message, detail: null, code }], errorCode: 400, ...changes });
}
