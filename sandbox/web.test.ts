import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, logOnAtPage, pageOpens } from './ask.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ tls: 'http/1.1' });
});
afterEach(() => sandbox.stop());

const hidden = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
const fbTokenOf = (setCookies: readonly string[]) => setCookies.find(cookie => cookie.startsWith('fbToken='));

describe('the log-on page', () => {
  it('is where pages lead without a session, and sets cookies that mean nothing', async () => {
    const page = await ask(sandbox, '/f/cases/1');
    expect(page).toMatchObject({ status: 302, headers: { location: '/login?dest=%2Ff%2Fcases%2F1' } });
    expect(page.cookies.fb_SessionId).toMatch(/^[0-9a-v]{30}$/);
    expect(page.setCookies[0]).toMatch(/; Secure; HttpOnly$/);
    expect(Object.keys(page.cookies)).toEqual(['fb_SessionId', '__RequestVerificationToken', 'sUniqueID']);
    const { text } = await ask(sandbox, '/login');
    expect(text).toMatch(/name="sPerson"[\s\S]*name="sPassword"[\s\S]*Remember me at this computer/);
    expect(hidden(text, '__RequestVerificationToken')).not.toBe('');
  });

  it('sets fbToken, whose value opens the pages', async () => {
    const token = await logOnAtPage(sandbox);
    const { text } = await ask(sandbox, '/', { cookies: { fbToken: token } });
    expect(text).toContain('<title>acme.fogbugz.com - Cases</title>');
    expect(text).toContain('Ada Lovelace');
    expect(sandbox.life(token)).toMatchObject({ via: 'web', host: 'acme.fogbugz.com', diedAt: undefined });
  });

  it('leads back to the page that was wanted, never to another host', async () => {
    const wayBack = async (dest: string) =>
      (await ask(sandbox, '/login', { form: { sPerson: 'ada@example.com', sPassword: 'demo', dest } }))
        .headers.location;
    expect(await wayBack('/f/filters')).toBe('/f/filters');
    expect(await wayBack('//evil.example')).toBe('/f/cases');
  });

  it('asks two-factor people for a code', async () => {
    const first = await ask(sandbox, '/login', { form: { sPerson: 'tess@example.com', sPassword: 'demo' } });
    const sPending = hidden(first.text, 'sPending');
    expect(first.cookies.fbToken).toBeUndefined();
    const wrong = await ask(sandbox, '/login', { form: { sPending, sTwoFactorCode: '000000' } });
    expect(wrong.cookies.fbToken).toBeUndefined();
    const right = await ask(sandbox, '/login', { form: { sPending, sTwoFactorCode: '123456' } });
    expect(await pageOpens(sandbox, right.cookies.fbToken ?? '')).toBe(true);
  });

  it('sends single sign-on people to their identity provider', async () => {
    const first = await ask(sandbox, '/login', { form: { sPerson: 'sam@example.com', sPassword: '' } });
    const form = { sPending: hidden(first.text, 'sPending'), sSignOn: 'confirmed' };
    const second = await ask(sandbox, '/login', { form });
    expect(await pageOpens(sandbox, second.cookies.fbToken ?? '')).toBe(true);
  });

  it('lets people with one address choose who they are', async () => {
    const { text } = await ask(sandbox, '/login', {
      form: { sPerson: 'shared@example.com', sPassword: 'demo' },
    });
    expect(text).toContain('<option>John Hancock</option><option>Fred Astaire</option>');
  });

  it('has the address of old releases by switch', async () => {
    sandbox.switch('logOnPage', 'default.asp?pre=preLogon');
    expect((await ask(sandbox, '/f/cases')).headers.location).toBe(
      '/default.asp?pre=preLogon&dest=%2Ff%2Fcases',
    );
    const { cookies } = await ask(sandbox, '/default.asp?pre=preLogon', {
      form: { sPerson: 'ada@example.com', sPassword: 'demo' },
    });
    expect(cookies.fbToken).toBeDefined();
  });
});

describe('the fbToken cookie', () => {
  const cookie = async (form: Record<string, string> = {}, host = 'acme.fogbugz.com') =>
    fbTokenOf(
      (
        await ask(sandbox, '/login', {
          host,
          form: { sPerson: 'ada@example.com', sPassword: 'demo', ...form },
        })
      ).setCookies,
    )?.replace(/^fbToken=\w+; /, '');

  it('is host-only, Secure, HttpOnly and for the session unless remembering is ticked', async () => {
    expect(await cookie()).toBe('Path=/; Secure; HttpOnly');
    expect(await cookie({ fRememberMe: '1' })).toBe('Path=/; Secure; HttpOnly; Max-Age=1209600');
  });

  it('takes every other attribute by switch', async () => {
    sandbox.switch('fbTokenHttpOnly', 'no');
    sandbox.switch('fbTokenSecure', 'no');
    sandbox.switch('fbTokenDomain', 'domain-wide');
    sandbox.switch('fbTokenExpiry', 'persistent');
    expect(await cookie()).toBe('Path=/; Domain=fogbugz.com; Max-Age=1209600');
    expect(await cookie({}, '127.0.0.1')).toBe('Path=/; Max-Age=1209600');
    sandbox.switch('fbTokenExpiry', 'session');
    expect(await cookie({ fRememberMe: '1' })).toBe('Path=/; Domain=fogbugz.com');
    sandbox.switch('fbTokenExpiry', '3s');
    expect(await cookie()).toBe('Path=/; Domain=fogbugz.com; Max-Age=3');
  });

  it('comes again with every page, by switch, and from a page that is late even when it is dead', async () => {
    const fbToken = await logOnAtPage(sandbox);
    const show = () => ask(sandbox, '/f/cases', { cookies: { fbToken } });
    expect((await show()).cookies.fbToken).toBeUndefined();
    sandbox.switch('pageRefreshesCookie', 'yes');
    expect((await show()).cookies.fbToken).toBe(fbToken);
    sandbox.fault({ is: 'latency', ms: 500, command: 'page' });
    const late = show();
    await expect.poll(() => sandbox.requests().at(-1)).toMatchObject({ command: 'page', outcome: 'pending' });
    await ask(sandbox, '/api/logoff', { json: { token: fbToken } });
    expect(sandbox.requests().at(-2)?.outcome).toBe('pending');
    expect(sandbox.life(fbToken)?.diedBy).toBe('json');
    expect((await late).cookies.fbToken).toBe(fbToken);
    expect((await show()).cookies.fbToken).toBeUndefined();
  });
});

describe('the web log-off', () => {
  it('ends this token only, and clears the cookie', async () => {
    const [mine, other] = [await logOnAtPage(sandbox), await logOnAtPage(sandbox)];
    const heard = await ask(sandbox, '/default.asp?pre=preLogOff', { cookies: { fbToken: mine } });
    expect(fbTokenOf(heard.setCookies)).toMatch(/^fbToken=; .*1970/);
    expect([sandbox.life(mine)?.diedBy, sandbox.life(other)?.diedBy]).toEqual(['web', undefined]);
  });

  it('keeps the dead cookie by switch', async () => {
    sandbox.switch('webLogOffCookie', 'keeps');
    const cookies = { fbToken: await logOnAtPage(sandbox) };
    expect(
      fbTokenOf((await ask(sandbox, '/default.asp?pre=preLogOff', { cookies })).setCookies),
    ).toBeUndefined();
  });

  it('wants a POST, and with it the verification token, by switch', async () => {
    const cookies = { fbToken: await logOnAtPage(sandbox), __RequestVerificationToken: 'verified' };
    const logOff = (form?: Record<string, string>) =>
      ask(sandbox, '/default.asp?pre=preLogOff', { cookies, ...(form ? { form } : {}) });
    sandbox.switch('webLogOff', 'post-with-verification');
    expect(hidden((await logOff()).text, '__RequestVerificationToken')).toBe('verified');
    await logOff({ sAnything: '1' });
    expect(sandbox.life(cookies.fbToken)?.diedAt).toBeUndefined();
    await logOff({ __RequestVerificationToken: 'verified' });
    expect(sandbox.life(cookies.fbToken)?.diedBy).toBe('web');
  });
});

it('makes API tokens under User options', async () => {
  const cookies = { fbToken: await logOnAtPage(sandbox) };
  const { text } = await ask(sandbox, '/f/userOptions', { cookies, form: { sAction: 'createApiToken' } });
  const token = /id="apiToken">(\w+)</.exec(text)?.[1] ?? '';
  expect(sandbox.life(token)).toMatchObject({ via: 'key', person: 'Ada Lovelace' });
});

it('can move, and redirects what is asked of its old path, method and body kept', async () => {
  const fbToken = await logOnAtPage(sandbox);
  sandbox.move('/fogbugz');
  expect(sandbox.url).toBe(`https://127.0.0.1:${sandbox.port}/fogbugz/`);
  const logOff = (path: string) => ask(sandbox, path, { json: { cmd: 'logoff', token: fbToken } });
  const asked = await logOff('/f/api/0/jsonapi?a=1');
  expect(asked).toMatchObject({ status: 308, headers: { location: '/fogbugz/f/api/0/jsonapi?a=1' } });
  expect(sandbox.requests().at(-1)).toMatchObject({ command: 'logoff', token: fbToken, outcome: 'moved' });
  expect(sandbox.life(fbToken)?.diedAt).toBeUndefined();
  const page = await ask(sandbox, '/fogbugz/f/cases', { cookies: { fbToken } });
  expect(page.text).toContain('href="/fogbugz/f/cases"');
  expect((await logOff('/fogbugz/f/api/0/jsonapi')).status).toBe(200);
  expect(sandbox.life(fbToken)?.diedBy).toBe('json');

  sandbox.move('', 307);
  const back = await ask(sandbox, '/fogbugz');
  expect(back).toMatchObject({ status: 307, headers: { location: '/' } });
  expect((await ask(sandbox, '/api.xml')).status).toBe(200);
});

it('can live at a path', async () => {
  const deep = await startSandbox({ basePath: '/fogbugz' });
  expect(deep.url).toBe(`http://127.0.0.1:${deep.port}/fogbugz/`);
  expect((await ask(deep, '/fogbugz/api.xml')).text).toContain('api.asp?');
  expect((await ask(deep, '/fogbugz')).headers.location).toBe('/fogbugz/login?dest=%2Ffogbugz%2F');
  expect((await ask(deep, '/api.xml')).status).toBe(404);
  await deep.stop();
});
