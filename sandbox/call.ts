import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import busboy from 'busboy';

/** The largest request body that is read, in bytes. */
const bodyLimit = 8 * 1024 * 1024;

/** A request that has arrived whole. */
export type Call = {
  readonly method: string;
  /** The host it was sent to, without port: the name of the site. */
  readonly host: string;
  /** Host and port as the client wrote them. */
  readonly authority: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly body: string;
  /** The fields of a form, url-encoded or multipart. */
  readonly form: URLSearchParams;
};

/** What is known of a request as soon as its headers are there. */
export type CallHead = Omit<Call, 'body' | 'form'>;

export function readHead(request: IncomingMessage | Http2ServerRequest): CallHead {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    // HTTP/2 sends cookies in several headers; RFC 9113, 8.2.3 has them joined by "; ".
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join('; ') : value;
  }
  const authority = (headers[':authority'] ?? headers.host ?? 'localhost').toLowerCase();
  const url = new URL(`http://sandbox${(request.url ?? '/').replace(/^[^/]*/, '')}`);
  return {
    method: request.method ?? 'GET',
    host: authority.replace(/:\d+$/, ''),
    authority,
    path: url.pathname.replace(/\/{2,}/g, '/'),
    query: url.searchParams,
    headers,
    cookies: readCookies(headers.cookie ?? ''),
  };
}

/** @throws if the client goes away before all of it has come, or if it is too much. */
export async function readBody(request: IncomingMessage | Http2ServerRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > bodyLimit) throw new RangeError('The body is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The fields of a url-encoded or multipart form; none if the body is something else or broken. */
export async function readForm(contentType: string | undefined, body: Buffer): Promise<URLSearchParams> {
  const type = contentType?.toLowerCase() ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams(body.toString());
  const form = new URLSearchParams();
  if (!contentType || !type.startsWith('multipart/form-data')) return form;
  await new Promise<void>(resolve => {
    try {
      const parser = busboy({ headers: { 'content-type': contentType }, defParamCharset: 'utf8' });
      parser.on('field', (name, value) => form.append(name, value));
      parser.on('file', (_name, stream) => stream.resume());
      parser.on('close', resolve);
      parser.on('error', () => resolve());
      parser.end(body);
    } catch {
      resolve();
    }
  });
  return form;
}

function readCookies(header: string): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of header.split(';')) {
    const [name, ...value] = pair.split('=');
    // The first one of a name counts: browsers send the most specific path first (RFC 6265, 5.4).
    if (name?.trim() && value.length > 0) cookies[name.trim()] ??= value.join('=').trim();
  }
  return cookies;
}
