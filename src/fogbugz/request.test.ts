import { describe, expect, it } from 'vitest';
import { secret, siteAt, token } from './loopback.ts';
import { checkRequest, logOffRequest, logOnRequest, probeRequest, viewPersonRequest } from './request.ts';

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
