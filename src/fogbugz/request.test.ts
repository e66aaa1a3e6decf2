import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  checkRequest,
  logOffAsCurl,
  logOffRequest,
  logOnRequest,
  probeRequest,
  viewPersonRequest,
} from './request.ts';
import { send } from './send.ts';
import { type Seen, secret, serve, siteAt, token, tokenOf } from './stage/loopback.ts';

const json = siteAt('https://acme.fogbugz.com', 'json');
const xml = {
  ...siteAt('https://acme.fogbugz.com', 'xml'),
  endpoint: 'https://acme.fogbugz.com/api.asp?id=x&',
};

describe('a request', () => {
  it('logs off in JSON exactly as the reference has it', () => {
    expect(logOffRequest(json, token)).toEqual({
      url: 'https://acme.fogbugz.com/f/api/0/jsonapi',
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `{"cmd":"logoff","token":"${secret}"}`,
    });
  });

  it('logs off in XML as a form, sent to the endpoint as it is', () => {
    expect(logOffRequest(xml, token)).toEqual({
      url: 'https://acme.fogbugz.com/api.asp?id=x&',
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `cmd=logoff&token=${secret}`,
    });
  });

  it('checks with the token alone', () => {
    expect(checkRequest(json, token).body).toBe(`{"cmd":"logon","token":"${secret}"}`);
    expect(checkRequest(xml, token).body).toBe(`cmd=logon&token=${secret}`);
  });

  it('asks whose token it is', () => {
    expect(viewPersonRequest(json, token).body).toBe(`{"cmd":"viewPerson","token":"${secret}"}`);
    expect(viewPersonRequest(xml, token).body).toBe(`cmd=viewPerson&token=${secret}`);
  });

  it('logs on without a token, whatever the password is made of', () => {
    expect(JSON.parse(logOnRequest(json, 'ada@example.com', '"ü &=\\').body)).toEqual({
      cmd: 'logon',
      email: 'ada@example.com',
      password: '"ü &=\\',
    });
    expect([...new URLSearchParams(logOnRequest(xml, 'Ada Lovelace', 'ü &=+%').body)]).toEqual([
      ['cmd', 'logon'],
      ['email', 'Ada Lovelace'],
      ['password', 'ü &=+%'],
    ]);
  });

  it('probes with nothing but a command that only reads', () => {
    expect(probeRequest(json).body).toBe('{"cmd":"viewPerson"}');
    expect(probeRequest(xml).body).toBe('cmd=viewPerson');
  });

  it('never has a secret in its URL or its headers', () => {
    for (const site of [json, xml]) {
      for (const request of [
        logOffRequest(site, token),
        checkRequest(site, token),
        viewPersonRequest(site, token),
        logOnRequest(site, 'ada@example.com', secret),
      ]) {
        expect(JSON.stringify([request.url, request.headers])).not.toContain(secret);
        expect(request.body).toContain(secret);
      }
    }
  });
});

/** What a server reads: where, what, and how it is to be understood. */
const asRead = ({ method, url, headers, body }: Seen) => ({
  method,
  url,
  type: headers['content-type'],
  body,
});

describe('the log-off as a command line', () => {
  const run = (command: string) =>
    promisify(execFile)('sh', ['-c', command], { env: { ...process.env, NO_PROXY: '*' } });

  it.each([
    ['JSON', secret],
    ['XML', secret],
    ['JSON', `it's-"hard"-$HOME-\\-token`],
    ['XML', `it's-"hard"-$HOME-&-%41-+token`],
  ])('sends exactly what the extension sends, in %s, with the token %s', async (dialect, text) => {
    const { origin, seen } = await serve((_, response) => response.end('done'));
    const site =
      dialect === 'JSON'
        ? siteAt(origin, 'json')
        : { ...siteAt(origin, 'xml'), endpoint: `${origin}/it's/api.asp?id=x&` };
    await send(logOffRequest(site, tokenOf(text)));
    const { stdout } = await run(logOffAsCurl(site, text));
    expect(stdout).toBe('done');
    const [ours, theirs] = seen.map(asRead);
    expect(theirs).toEqual(ours);
  });

  it('has its placeholder where the token goes, once', () => {
    for (const site of [json, xml]) {
      const command = logOffAsCurl(site, 'TOKEN');
      expect(command.split('TOKEN')).toHaveLength(2);
      expect(command).toMatch(/^curl /);
    }
  });
});
