import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, logOnAtPage, pageOpens } from './ask.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const ada = { email: 'ada@example.com', password: 'demo' };
let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

const xml = (parameters: Record<string, string>) => ask(sandbox, '/api.asp', { form: parameters });
const json = async (body: object) => {
  const heard = await ask(sandbox, '/f/api/0/jsonapi', { json: body });
  return { status: heard.status, body: JSON.parse(heard.text) };
};
const born = () => sandbox.birth('acme.fogbugz.com', ada.email);

describe('the XML API', () => {
  it('is discovered without a token', async () => {
    const { text } = await ask(sandbox, '/api.xml');
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><response><version>8</version><minversion>1</minversion><url>api.asp?</url></response>',
    );
  });

  it('logs on with a password, checks the token, and logs off', async () => {
    const { text } = await xml({ cmd: 'logon', ...ada });
    const token = sandbox.tokens()[0]?.token ?? '';
    expect(text).toContain(`<token><![CDATA[${token}]]></token>`);
    expect(token).toMatch(/^[0-9a-v]{30}$/);
    expect((await xml({ cmd: 'logon', token })).text).toContain(token);
    expect((await xml({ cmd: 'logoff', token })).text).toMatch(/<response><\/response>$/);
    expect((await xml({ cmd: 'logon', token })).text).toContain('<error code="3">Not logged on</error>');
    expect(sandbox.life(token)).toMatchObject({ via: 'xml', diedBy: 'xml', logOffsAsked: 1, checksAsked: 2 });
  });

  it('answers errors with HTTP 200, or 400 by switch', async () => {
    expect(await xml({ cmd: 'viewPerson' })).toMatchObject({ status: 200 });
    sandbox.switch('xmlErrorStatus', '400');
    expect(await xml({ cmd: 'viewPerson' })).toMatchObject({ status: 400 });
  });

  it('names the people of an ambiguous logon, who then log on by full name', async () => {
    const { text } = await xml({ cmd: 'logon', email: 'shared@example.com', password: 'demo' });
    expect(text).toContain(
      '<error code="2">Ambiguous Logon</error><people><person>John Hancock</person><person>Fred Astaire</person></people>',
    );
    await xml({ cmd: 'logon', email: 'Fred Astaire', password: 'demo' });
    expect(sandbox.tokens()).toMatchObject([{ person: 'Fred Astaire' }]);
  });

  it('refuses a wrong password, two-factor and single sign-on', async () => {
    const code = async (email: string, password: string) =>
      /code="(\d+)"/.exec((await xml({ cmd: 'logon', email, password })).text)?.[1];
    expect(await code('ada@example.com', 'wrong')).toBe('1');
    expect(await code('sam@example.com', '')).toBe('1');
    expect(await code('tess@example.com', 'demo')).toBe('29');
    sandbox.switch('twoFactorCode', '1');
    expect(await code('tess@example.com', 'demo')).toBe('1');
  });

  it('refuses a logon with a stale token beside the right password', async () => {
    expect((await xml({ cmd: 'logon', token: 'stalestale', ...ada })).text).toContain('code="3"');
  });

  it.each(['api.php?', 'api.asp?id=xxxx&'] as const)('lives at %s by switch', async endpoint => {
    sandbox.switch('xmlEndpoint', endpoint);
    const url = `/${endpoint}cmd=viewPerson&token=${born()}`;
    expect((await ask(sandbox, '/api.xml')).text).toContain(endpoint.replace('&', '&#38;'));
    expect((await ask(sandbox, url)).text).toContain('Ada Lovelace');
    expect((await ask(sandbox, `/api.asp?cmd=viewPerson&token=${born()}`)).text).not.toContain('Ada');
  });

  it('changes content type and byte order mark by switch', async () => {
    sandbox.switch('xmlContentType', 'none');
    sandbox.switch('byteOrderMark', 'yes');
    const heard = await ask(sandbox, '/api.xml');
    expect(heard.headers['content-type']).toBeUndefined();
    expect(heard.text.charCodeAt(0)).toBe(0xfeff);
  });
});

describe('the JSON API', () => {
  it('answers in the envelope of the recorded replies', async () => {
    const token = born();
    const tail = {
      warnings: [],
      meta: { jsdbInvalidator: expect.any(String), clientVersionAllowed: { min: 822909000, max: 822909000 } },
      maxCacheAge: null,
    };
    expect(await json({ cmd: 'logon', token })).toEqual({
      status: 200,
      body: { data: { token }, errors: [], ...tail, errorCode: null },
    });
    expect(await json({ cmd: 'logon', token: 'nosuchtoken' })).toEqual({
      status: 400,
      body: {
        data: {},
        errors: [{ message: 'Error 3: Not logged in', detail: null, code: '3' }],
        ...tail,
        errorCode: 400,
      },
    });
  });

  it('logs off and knows the current person', async () => {
    const token = born();
    const { body } = await json({ cmd: 'viewPerson', token });
    expect(body.data.person).toMatchObject({ sFullName: 'Ada Lovelace', sEmail: 'ada@example.com' });
    expect((await json({ cmd: 'logoff', token })).body.data).toEqual({});
    expect(sandbox.life(token)).toMatchObject({ diedBy: 'json', logOffsAsked: 1 });
  });

  it('lists ambiguous people in data, or at the top level by switch', async () => {
    const logon = { cmd: 'logon', email: 'shared@example.com', password: 'demo' };
    const people = ['John Hancock', 'Fred Astaire'];
    expect((await json(logon)).body).toMatchObject({ data: { people }, errors: [{ code: '2' }] });
    sandbox.switch('ambiguousPeople', 'top-level');
    expect((await json(logon)).body).toMatchObject({ data: {}, people });
  });

  it('can be absent, or speak in every documented way', async () => {
    sandbox.switch('jsonErrorStatus', '200');
    sandbox.switch('jsonErrorCode', 'number');
    expect(await json({ cmd: 'nosuchcommand' })).toMatchObject({
      status: 200,
      body: { errors: [{ code: 27 }] },
    });
    sandbox.switch('jsonLogOffData', 'missing');
    expect((await json({ cmd: 'logoff', token: born() })).body).not.toHaveProperty('data');
    sandbox.switch('jsonPerson', 'people');
    expect((await json({ cmd: 'viewPerson', token: born() })).body.data.people).toHaveLength(1);
    sandbox.switch('jsonApi', 'no');
    expect(await ask(sandbox, '/f/api/0/jsonapi', { json: { cmd: 'logon' } })).toMatchObject({ status: 404 });
  });
});

describe('a token', () => {
  it('of the page opens the APIs, and an API logoff ends the browser session', async () => {
    const token = await logOnAtPage(sandbox);
    expect((await json({ cmd: 'viewPerson', token })).status).toBe(200);
    await json({ cmd: 'logoff', token });
    expect(await pageOpens(sandbox, token)).toBe(false);
  });

  it('of the page survives an API logoff by switch, until the web log-off', async () => {
    sandbox.switch('apiLogOffEndsWebSession', 'no');
    const token = await logOnAtPage(sandbox);
    await json({ cmd: 'logoff', token });
    expect(sandbox.life(token)).toMatchObject({ closedToApiAt: expect.any(Number), diedAt: undefined });
    expect((await json({ cmd: 'logon', token })).status).toBe(400);
    expect(await pageOpens(sandbox, token)).toBe(true);
    await ask(sandbox, '/default.asp?pre=preLogOff', { cookies: { fbToken: token } });
    expect(sandbox.life(token)?.diedBy).toBe('web');
  });

  it('belongs to one site', async () => {
    const token = sandbox.birth('beta.fogbugz.com', ada.email);
    expect((await json({ cmd: 'logoff', token })).body.errors).toMatchObject([{ code: '3' }]);
    expect(sandbox.life(token)?.diedAt).toBeUndefined();
  });

  it('that is dead makes logoff answer error 3, or nothing by switch', async () => {
    expect((await xml({ cmd: 'logoff', token: 'deaddead' })).text).toContain('code="3"');
    sandbox.switch('deadLogOff', 'empty');
    expect((await xml({ cmd: 'logoff', token: 'deaddead' })).text).toContain('<response></response>');
    expect((await json({ cmd: 'logoff', token: 'deaddead' })).status).toBe(200);
  });

  it('in the cookie is ignored by the APIs, or beats the one in the body by switch', async () => {
    const [inCookie, inBody] = [born(), born()];
    const logOff = () =>
      ask(sandbox, '/api/logoff', { json: { token: inBody }, cookies: { fbToken: inCookie } });
    sandbox.switch('cookieBeatsBody', 'yes');
    await logOff();
    expect([sandbox.life(inCookie)?.diedBy, sandbox.life(inBody)?.diedBy]).toEqual(['json', undefined]);
    sandbox.switch('cookieBeatsBody', 'no');
    await logOff();
    expect(sandbox.life(inBody)?.diedBy).toBe('json');
  });

  it('comes back or goes in the cookie of a log-off reply by switch', async () => {
    const logOff = async (token: string) =>
      (await ask(sandbox, '/api/logoff', { json: { token } })).cookies.fbToken;
    expect(await logOff(born())).toBeUndefined();
    sandbox.switch('logOffReplyCookie', 'sets');
    const token = born();
    expect(await logOff(token)).toBe(token);
    sandbox.switch('logOffReplyCookie', 'clears');
    expect(await logOff(born())).toBe('');
  });

  it('dies of age, of idleness, or by an administrator', async () => {
    const [old, key] = [born(), sandbox.birth('acme.fogbugz.com', ada.email, 'key')];
    const longAgo = sandbox.tokens().map(life => ({ ...life, createdAt: 0, usedAt: 0 }));
    const later = await startSandbox({ tokens: longAgo, switches: { idleTimeout: '20min' } });
    expect(later.life(old)?.diedBy).toBe('expiry');
    expect(later.life(key)?.diedAt).toBeUndefined();
    later.kill(key);
    expect(later.life(key)?.diedBy).toBe('administrator');
    await later.stop();
  });
});
