import { envelope, errorEnvelope, type Seen, secret, serve } from '../../fogbugz/stage/loopback.ts';

/** How an installation behaves. All of it can change while it runs, as installations do. */
export type Manners = {
  dialect: 'json' | 'xml';
  /** Whether the pages' session ends as the API logs its token off. */
  pages: 'end-too' | 'live-on';
  /** What its pages' log-off wants. */
  logOff: 'get' | 'post' | 'post-with-field' | 'nothing-helps';
  /** What that does to the cookie. */
  cookie: 'kept' | 'cleared';
  /** What somebody gets to see who is not logged on. */
  strangers: 'log-on-page' | 'same-page';
  /** Where the log-on page is. */
  logOnAt: string;
  /** Where the pages' log-off leads. */
  farewellLeadsTo: string;
  answers: 'all' | 'the-api-alone' | 'with-errors' | 'nothing';
  /** Called as a request arrives, before it is answered. */
  arrived: (one: Seen) => void;
};

const field = 'q8-field_1';
/** Everybody's password at the JSON API. Who is who: `twins@…` is two people, `two-factor@…` needs a code. */
export const pass = 'correct horse "battery"';
type Answered = { readonly status: number; readonly text: string };
const html = (body: string) => `<!DOCTYPE html><body>${body}</body>`;

/** A FogBugz on loopback with pages and one of the APIs. It remembers who is logged on where. */
export async function startSite(changes: Partial<Manners> = {}) {
  const manners: Manners = {
    dialect: 'json',
    pages: 'end-too',
    logOff: 'get',
    cookie: 'kept',
    strangers: 'log-on-page',
    logOnAt: '/login',
    farewellLeadsTo: '/login',
    answers: 'all',
    arrived: () => undefined,
    ...changes,
  };
  const alive = new Set<string>();
  const onPages = new Set<string>();
  let logOns = 0;

  const command = (cmd: string, token: string): boolean => {
    const known = alive.has(token);
    if (cmd === 'logoff') {
      alive.delete(token);
      if (manners.pages === 'end-too') onPages.delete(token);
    }
    return known;
  };
  const birth = (where: 'api' | 'pages'): string => {
    const token = `${secret.slice(0, -4)}${String(++logOns).padStart(4, '0')}`;
    alive.add(token);
    if (where === 'pages' || manners.pages === 'end-too') onPages.add(token);
    return token;
  };
  const no = (code: string, more = {}): Answered => ({ status: 400, text: errorEnvelope(code, 'No', more) });
  const json = ({ cmd = '', token = '', email, password }: Readonly<Record<string, string>>): Answered => {
    if (email !== undefined) {
      if (email === 'twins@example.com') return no('2', { people: ['John Hancock', 'Fred Astaire'] });
      if (email === 'two-factor@example.com') return no('29');
      return password === pass ? { status: 200, text: envelope({ data: { token: birth('api') } }) } : no('1');
    }
    const data = { token, person: { sFullName: 'Ada Lovelace', sEmail: 'ada@example.com' } };
    return command(cmd, token) ? { status: 200, text: envelope({ data }) } : no('3');
  };
  const api = ({ method, url, body }: Seen): Answered | undefined => {
    if (url === '/f/api/0/jsonapi' && manners.dialect === 'json') {
      return method === 'POST' ? json(JSON.parse(body)) : no('3');
    }
    if (manners.dialect === 'json') return undefined;
    if (url === '/api.xml') return { status: 200, text: '<response><url>api.asp?</url></response>' };
    if (!/^\/api\.asp\??$/.test(url)) return undefined;
    const form = new URLSearchParams(body);
    const token = form.get('token') ?? '';
    return command(form.get('cmd') ?? '', token)
      ? { status: 200, text: `<response><token>${token}</token></response>` }
      : { status: 200, text: '<response><error code="3">Not logged on</error></response>' };
  };

  const endsPages = ({ method, body }: Seen): boolean => {
    const posted = method === 'POST';
    switch (manners.logOff) {
      case 'get':
        return true;
      case 'post':
        return posted;
      case 'post-with-field':
        return posted && new URLSearchParams(body).get('__RequestVerificationToken') === field;
      case 'nothing-helps':
        return false;
      default:
        return manners.logOff satisfies never;
    }
  };

  const { origin, seen } = await serve((one, response, request) => {
    manners.arrived(one);
    if (manners.answers === 'nothing') return void request.socket.destroy();
    if (manners.answers === 'with-errors') return void response.writeHead(503).end('Maintenance');
    const answered = api(one);
    if (answered) return void response.writeHead(answered.status).end(answered.text);
    if (/^\/(f\/api|api\.)/.test(one.url)) return void response.writeHead(404).end(html('Not found'));
    if (manners.answers === 'the-api-alone') return void request.socket.destroy();

    const [, token = ''] = /fbToken=([^;]+)/.exec(one.headers.cookie ?? '') ?? [];
    if (one.url === '/login') return void response.end(html('<input name="sPassword">'));
    if (one.url === '/default.asp?pre=preLogOff') {
      if (!endsPages(one)) {
        return void response.end(html(`<input name="__RequestVerificationToken" value="${field}">`));
      }
      onPages.delete(token);
      if (manners.cookie === 'cleared') response.setHeader('Set-Cookie', 'fbToken=; path=/');
      return void response.writeHead(302, { Location: manners.farewellLeadsTo }).end();
    }
    if (onPages.has(token) || manners.strangers === 'same-page') return void response.end(html('Cases'));
    response.writeHead(302, { Location: manners.logOnAt }).end();
  });

  return {
    base: `${origin}/`,
    manners,
    seen,
    /** Somebody logs on at the pages. */
    logOn: (): string => birth('pages'),
    isAlive: (token: string): boolean => alive.has(token),
    isOnPages: (token: string): boolean => onPages.has(token),
    /** Somebody, another program most likely, logs it off through the API. */
    end: (token: string): boolean => command('logoff', token),
    /** Requests for its pages, and those that carried cookies. */
    pageRequests: (): readonly Seen[] => seen.filter(({ url }) => !/^\/(f\/api|api\.)/.test(url)),
    withCookies: (): readonly Seen[] => seen.filter(({ headers }) => headers.cookie !== undefined),
  };
}
