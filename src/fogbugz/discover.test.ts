import { describe, expect, it } from 'vitest';
import { discover } from './discover.ts';
import { envelope, errorEnvelope, type Seen, serve, serveReply } from './stage/loopback.ts';

const page = '<!DOCTYPE html><html><body>Nothing here<br></body></html>';
const notLoggedOn = '<response><error code="3">Not logged on</error></response>';
const apiXml = (url: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><response><version>8</version><minversion>1</minversion><url>${url}</url></response>`;

type Page = readonly [status: number, body: string, headers?: Readonly<Record<string, string>>];

/** A server that has these pages, and HTML with 404 for the rest. Node's fetch leaves out a `?` with nothing behind it. */
function serving(pages: Readonly<Record<string, Page | ((seen: Seen) => Page)>>) {
  return serve((seen, response) => {
    const found = pages[seen.url] ?? ([404, page] as const);
    const [status, body, headers] = typeof found === 'function' ? found(seen) : found;
    response.writeHead(status, headers).end(body);
  });
}

const jsonPath = '/f/api/0/jsonapi';
const postOnly = (one: Seen): Page => (one.method === 'POST' ? [400, errorEnvelope('3')] : [404, page]);

describe('discovery', () => {
  it('finds a site that speaks JSON, with one question that carries nothing', async () => {
    const { origin, seen } = await serving({ [jsonPath]: [400, errorEnvelope('3')] });
    expect(await discover(`${origin}/f/cases/17?x=1#y`)).toEqual({
      is: 'site',
      site: { base: `${origin}/`, dialect: 'json', endpoint: `${origin}${jsonPath}`, redirected: false },
    });
    expect(seen).toMatchObject([{ method: 'POST', url: jsonPath, body: '{"cmd":"viewPerson"}' }]);
  });

  it.each([
    ['200 with errors', 200, errorEnvelope(3)],
    ['an error it did not expect', 400, errorEnvelope('28')],
    ['a yes', 200, envelope()],
    ['an error without a code, and a byte order mark', 400, `\uFEFF${errorEnvelope(null)}`],
  ])('takes any envelope for JSON: %s', async (_, status, body) => {
    const { origin } = await serving({ [jsonPath]: [status, body] });
    expect(await discover(origin)).toMatchObject({ is: 'site', site: { dialect: 'json' } });
  });

  it('falls back to XML, below the path of the installation', async () => {
    const { origin, seen } = await serving({
      '/fogbugz/api.xml': [200, `\uFEFF${apiXml('api.asp?')}`],
      '/fogbugz/api.asp': [200, notLoggedOn],
    });
    expect(await discover(`${origin}/fogbugz/default.asp?pre=preLogon`)).toEqual({
      is: 'site',
      site: {
        base: `${origin}/fogbugz/`,
        dialect: 'xml',
        endpoint: `${origin}/fogbugz/api.asp?`,
        redirected: false,
      },
    });
    expect(seen.map(one => `${one.method} ${one.url} ${one.body}`)).toEqual([
      `POST /fogbugz${jsonPath} {"cmd":"viewPerson"}`,
      'GET /fogbugz/api.xml ',
      'POST /fogbugz/api.asp cmd=viewPerson',
    ]);
  });

  it.each([
    ['api.php?', 'api.php?'],
    ['api.asp?id=xxxx&amp;', 'api.asp?id=xxxx&'],
    ['api.asp?id=xxxx', 'api.asp?id=xxxx&'],
    ['<![CDATA[ api.asp ]]>', 'api.asp?'],
    ['/other/api.asp?#x', 'other/api.asp?'],
  ])('makes an endpoint of %s', async (url, endpoint) => {
    const { origin } = await serving({ '/api.xml': [200, apiXml(url)] });
    expect(await discover(origin)).toMatchObject({ site: { endpoint: `${origin}/${endpoint}` } });
  });

  it.each(['https://evil.example/api.asp?', '//evil.example/api.asp?', 'javascript:alert(1)', 'http://'])(
    'never lets a reply point tokens at another origin: %s',
    async url => {
      const { origin } = await serving({ '/api.xml': [200, apiXml(url)] });
      expect(await discover(origin)).toEqual({ is: 'not-fogbugz', status: 404 });
    },
  );

  it('marks an XML site whose endpoint redirects', async () => {
    const { origin } = await serving({
      '/api.xml': [200, apiXml('api.asp?')],
      '/api.asp': [302, '', { Location: '/api.asp?again=1' }],
    });
    expect(await discover(origin)).toMatchObject({ is: 'site', site: { dialect: 'xml', redirected: true } });
  });

  it.each([301, 302, 307, 308])(
    'follows a redirect within the origin (%i) and marks the site as redirected',
    async status => {
      const { origin } = await serving({
        [jsonPath]: [status, '', { Location: `/bugs${jsonPath}` }],
        [`/bugs${jsonPath}`]: postOnly,
      });
      expect(await discover(origin)).toEqual({
        is: 'site',
        site: {
          base: `${origin}/bugs/`,
          dialect: 'json',
          endpoint: `${origin}/bugs${jsonPath}`,
          redirected: true,
        },
      });
    },
  );

  it('follows a redirect of api.xml', async () => {
    const { origin } = await serving({
      '/api.xml': [302, '', { Location: '/bugs/api.xml?from=root' }],
      '/bugs/api.xml': [200, apiXml('api.asp?')],
      '/bugs/api.asp': [200, notLoggedOn],
    });
    expect(await discover(origin)).toMatchObject({
      site: { base: `${origin}/bugs/`, endpoint: `${origin}/bugs/api.asp?`, redirected: true },
    });
  });

  it('takes a redirect to a log-on page for no FogBugz, whatever stands there', async () => {
    const { origin } = await serving({
      [jsonPath]: [302, '', { Location: '/login' }],
      '/api.xml': [302, '', { Location: '/login' }],
      '/login': [200, envelope()],
    });
    expect(await discover(origin)).toEqual({ is: 'not-fogbugz', status: 200 });
  });

  it('says where a site has moved, and does not count it as found', async () => {
    const target = await serving({ [`/bugs${jsonPath}`]: [400, errorEnvelope('3')] });
    const { origin } = await serving({
      [jsonPath]: [307, '', { Location: `${target.origin}/bugs${jsonPath}` }],
    });
    expect(await discover(origin)).toEqual({ is: 'moved', to: `${target.origin}/bugs/` });
    expect(target.seen.map(one => one.body)).toEqual(['{"cmd":"viewPerson"}']);
  });

  it('says so too when everything there leads to a log-on page elsewhere', async () => {
    const target = await serveReply(200, page);
    const { origin } = await serveReply(302, '', { Location: `${target.origin}/login?back=1` });
    expect(await discover(origin)).toEqual({ is: 'moved', to: `${target.origin}/` });
  });

  it('says that a site has moved even if it may not look where to', async () => {
    // In a browser without permission for the target, following fails like a dead network.
    const { origin } = await serveReply(301, '', { Location: 'http://fogbugz.invalid/' });
    expect(await discover(origin)).toEqual({ is: 'moved', to: undefined });
  });

  it('still finds XML where unknown pages lead elsewhere', async () => {
    const target = await serveReply(200, page);
    const { origin } = await serving({
      [jsonPath]: [302, '', { Location: `${target.origin}/login` }],
      '/api.xml': [200, apiXml('api.asp?')],
      '/api.asp': [200, notLoggedOn],
    });
    expect(await discover(origin)).toMatchObject({ is: 'site', site: { dialect: 'xml', redirected: false } });
  });

  it.each([
    ['a web site of another kind', 404, page, { is: 'not-fogbugz', status: 404 }],
    ['a captive portal', 200, page, { is: 'not-fogbugz', status: 200 }],
    ['an XML service of another kind', 200, '<response/>', { is: 'not-fogbugz', status: 200 }],
    ['a JSON service of another kind', 200, '{"data":{}}', { is: 'not-fogbugz', status: 200 }],
    ['maintenance', 503, page, { is: 'unavailable', status: 503, retryAfterMs: undefined }],
    ['an endless page', 200, 'x'.repeat(2 * 1024 * 1024), { is: 'too-large' }],
  ])('names %s', async (_, status, body, outcome) => {
    const { origin } = await serveReply(status, body);
    expect(await discover(origin)).toEqual(outcome);
  });

  it('names a site that does not answer', async () => {
    const silent = await serve(() => {});
    expect(await discover(silent.origin, { timeLimitMs: 50 })).toEqual({ is: 'timed-out', afterMs: 50 });
    expect(await discover('http://fogbugz.invalid')).toMatchObject({ is: 'unreachable' });
  });

  it('names a bad address, and asks nobody', async () => {
    const { origin, seen } = await serveReply(200, page);
    const withName = origin.replace('http://', 'http://ada:demo@');
    expect(await discover(withName)).toEqual({ is: 'bad-address', why: 'credentials' });
    expect(seen).toEqual([]);
  });
});
