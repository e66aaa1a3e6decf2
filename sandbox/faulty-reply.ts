import type { Fault } from './faults.ts';
import { jsonReply } from './json-api.ts';
import { html, notFound, type Reply, redirect } from './reply.ts';
import type { Request, Response } from './server.ts';
import type { Site } from './site.ts';
import { xmlReply } from './xml-api.ts';

/** What stands in for a real reply. For faults that send none (`hang`, `reset`) only the outcome counts. */
export function faultyReply(
  fault: Exclude<Fault, { is: 'latency' | 'lose-reply' | 'cut' }>,
  api: 'json' | 'xml' | 'web',
  site: Site,
): Reply {
  const outcome = `fault: ${fault.is}`;
  switch (fault.is) {
    case 'status':
      return html(`<h1>${fault.status}</h1>`, outcome, {
        status: fault.status,
        headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
      });
    case 'says':
      return html(fault.body, outcome, { status: fault.status, contentType: 'application/json' });
    case 'html':
      return html(
        '<!DOCTYPE html><title>Welcome</title><p>Please accept the terms of this network.</p>',
        outcome,
      );
    case 'maintenance': {
      if (fault.as === 'not-xml' || api === 'web') {
        return html('FogBugz is down for maintenance. Please come back in a few minutes.', outcome);
      }
      const error = { is: 'error', code: 28, people: [] } as const;
      return api === 'json' ? jsonReply(error, site) : xmlReply(error, site);
    }
    case 'no-json':
      return notFound();
    case 'redirect':
      return redirect(fault.to, outcome, { status: fault.status });
    case 'too-large':
      return html(' '.repeat(fault.bytes ?? 8 * 1024 * 1024), outcome, { contentType: 'text/xml' });
    case 'endless':
      return html('<?xml version="1.0" encoding="UTF-8"?><response>', outcome, { contentType: 'text/xml' });
    case 'hang':
    case 'reset':
      return html('', outcome);
    default:
      return fault satisfies never;
  }
}

/** Hands a reply to the network. */
export function write(reply: Reply, request: Request, response: Response): void {
  writeHead(reply, request, response);
  response.end(request.method === 'HEAD' ? '' : reply.body);
}

/** Starts a reply and goes on with blanks until the client has had enough. */
export function writeEndlessly(reply: Reply, request: Request, response: Response): void {
  writeHead(reply, request, response);
  writePart(response, reply.body);
  const timer = setInterval(() => writePart(response, ' '.repeat(1024)), 50);
  response.on('close', () => clearInterval(timer));
}

/** Announces a whole reply, hands over the first half, and calls `then` once that is on its way. */
export function writeHalf(reply: Reply, request: Request, response: Response, then: () => void): void {
  const body = Buffer.from(reply.body);
  writeHead(reply, request, response);
  // One byte more, so that an empty one is cut as well.
  response.setHeader('content-length', body.length + 1);
  writePart(response, body.toString('utf8', 0, body.length / 2) || ' ', then);
}

/** Calls `then` once that is on its way. The same words for two types, whose union cannot be called. */
function writePart(response: Response, text: string, then?: () => void): void {
  if ('stream' in response) response.write(text, then);
  else response.write(text, then);
}

function writeHead(reply: Reply, request: Request, response: Response): void {
  response.on('error', () => undefined);
  response.statusCode = reply.status;
  response.setHeader('server', 'Microsoft-IIS/10.0');
  response.setHeader('cache-control', 'private');
  // Given explicitly, or Node adds a "Keep-Alive: timeout" that IIS does not send.
  if (request.httpVersionMajor === 1) response.setHeader('connection', 'keep-alive');
  if (reply.contentType !== undefined) response.setHeader('content-type', reply.contentType);
  if (reply.location !== undefined) response.setHeader('location', reply.location);
  if (reply.cookies && reply.cookies.length > 0) response.setHeader('set-cookie', [...reply.cookies]);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
}
