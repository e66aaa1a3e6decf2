import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, type CallHead, readBody, readForm, readHead } from './call.ts';
import { run } from './commands.ts';
import type { Faults } from './faults.ts';
import { faultyReply, write, writeEndlessly, writeHalf } from './faulty-reply.ts';
import { jsonReply } from './json-api.ts';
import type { Place } from './place.ts';
import type { RequestRecord, SandboxEvent } from './record.ts';
import { notFound, type Reply, redirect } from './reply.ts';
import { type Route, routeOf } from './routes.ts';
import type { Connection, Request, Response } from './server.ts';
import { clearedFbTokenCookie, fbTokenCookie, type Site } from './site.ts';
import type { SwitchValues } from './switches.ts';
import type { TokenStore } from './tokens.ts';
import { type PendingLogOns, webReply } from './web.ts';
import { discovery, xmlReply } from './xml-api.ts';

/** A record while its request is under way. */
type OpenRecord = { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] };

/** What every exchange of one sandbox shares. */
export type World = {
  readonly place: Place;
  readonly secure: boolean;
  readonly switches: () => SwitchValues;
  readonly tokens: TokenStore;
  readonly faults: Faults;
  readonly pending: PendingLogOns;
  readonly requests: OpenRecord[];
  readonly tell: (event: SandboxEvent) => void;
};

/** One request from its headers to its reply. */
export async function exchange(
  request: Request,
  response: Response,
  connection: Connection,
  world: World,
): Promise<void> {
  let gone = false;
  response.on('close', () => {
    gone = true;
  });
  const head = readHead(request);
  const record = openRecord(head, request, connection);
  world.requests.push(record);
  const body = await readBody(request).catch(() => undefined);
  if (!body) {
    record.outcome = 'cut off';
    world.tell({ is: 'answered', request: { ...record } });
    return;
  }
  const form = await readForm(head.headers['content-type'], body);
  const call: Call = { ...head, body: body.toString(), form };
  const switches = world.switches();
  const moved = world.place.forward(call.path);
  const route = routeOf(call, moved?.from ?? world.place.base, switches);
  Object.assign(record, { body: call.body, ...description(route, call) });
  count(record, world.tokens);
  world.tell({ is: 'request', request: { ...record } });

  const site: Site = {
    host: call.host,
    base: world.place.base,
    secure: world.secure,
    switches,
    tokens: world.tokens,
    connection: record.connection,
  };
  const { latencyMs, fault } = world.faults.hit(record);
  const instead = fault && fault.is !== 'lose-reply' && fault.is !== 'cut' ? fault : undefined;
  const real = () =>
    moved
      ? redirect(withQuery(moved.to, call.query), 'moved', { status: moved.status })
      : answer(route, call, site, world.pending);
  const reply = instead ? faultyReply(instead, record.api, site) : real();
  if (latencyMs > 0) await sleep(latencyMs);
  record.outcome = fault ? `fault: ${fault.is}` : reply.outcome;
  if (fault?.is === 'reset' || fault?.is === 'lose-reply') connection.destroy();
  else if (fault?.is === 'cut') writeHalf(reply, request, response, connection.destroy);
  else if (fault?.is !== 'hang' && !gone) {
    record.answeredAt = Date.now();
    record.status = reply.status;
    if (fault?.is === 'endless') writeEndlessly(reply, request, response);
    else write(reply, request, response);
  }
  world.tell({ is: 'answered', request: { ...record } });
}

function withQuery(path: string, query: URLSearchParams): string {
  return query.size > 0 ? `${path}?${query}` : path;
}

function openRecord(head: CallHead, request: Request, connection: Connection): OpenRecord {
  connection.record.requests += 1;
  lastRequest += 1;
  return {
    id: lastRequest,
    at: Date.now(),
    atMonotonic: performance.now(),
    method: head.method,
    host: head.host,
    path: head.path,
    query: head.query.toString(),
    headers: head.headers,
    cookies: head.cookies,
    body: '',
    protocol: request.httpVersionMajor === 2 ? 'http/2' : 'http/1.1',
    api: 'web',
    command: undefined,
    token: undefined,
    connection: connection.record.id,
    reused: connection.record.requests > 1,
    status: undefined,
    outcome: 'pending',
    answeredAt: undefined,
  };
}

let lastRequest = 0;

function description(route: Route, call: Call): Pick<RequestRecord, 'api' | 'command' | 'token'> {
  switch (route.is) {
    case 'discovery':
      return { api: 'xml', command: 'discovery', token: undefined };
    case 'api': {
      const { dialect, command, parameter } = route.ask;
      return { api: dialect, command, token: parameter('token') };
    }
    case 'web':
      return { api: 'web', command: route.command, token: call.cookies.fbToken };
    case 'not-found':
      return { api: 'web', command: undefined, token: undefined };
    default:
      return route satisfies never;
  }
}

function count(record: OpenRecord, tokens: TokenStore): void {
  const { api, command, token } = record;
  if (api !== 'web' && (command === 'logoff' || command === 'logon')) tokens.asked(token, command);
}

function answer(route: Route, call: Call, site: Site, pending: PendingLogOns): Reply {
  switch (route.is) {
    case 'discovery':
      return discovery(site);
    case 'api': {
      const result = run(route.ask, site);
      const reply = route.ask.dialect === 'json' ? jsonReply(result, site) : xmlReply(result, site);
      const cookies = result.is === 'logged-off' ? logOffCookies(result.token, site) : [];
      return { ...reply, cookies };
    }
    case 'web':
      return webReply(call, route.command, route.page, site, pending);
    case 'not-found':
      return notFound();
    default:
      return route satisfies never;
  }
}

function logOffCookies(token: string | undefined, site: Site): readonly string[] {
  switch (site.switches.logOffReplyCookie) {
    case 'none':
      return [];
    case 'sets':
      return token === undefined ? [] : [fbTokenCookie(site, token, 'not-ticked')];
    case 'clears':
      return [clearedFbTokenCookie(site)];
    default:
      return site.switches.logOffReplyCookie satisfies never;
  }
}
