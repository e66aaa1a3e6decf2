import { describe, expect, it } from 'vitest';
import { logOff, readLogOffReply } from './log-off.ts';
import type { Dialect } from './site.ts';
import { envelope, errorEnvelope, secret, serve, serveReply, siteAt, token } from './stage/loopback.ts';

const maintenance = '<!DOCTYPE html><html><body>Back soon<br></body></html>';
const dead = '<response><error code="3">Not logged on</error></response>';

async function answered(dialect: Dialect, status: number, body: string, headers = {}) {
  const { origin } = await serveReply(status, body, headers);
  return logOff(siteAt(origin, dialect), token);
}

describe('logging off', () => {
  it('sends the token once, in the body of a POST, and in no other place', async () => {
    for (const [dialect, body] of [
      ['json', envelope()],
      ['xml', '<response></response>'],
    ] as const) {
      const { origin, seen } = await serveReply(200, body);
      expect(await logOff(siteAt(origin, dialect), token)).toEqual({ is: 'logged-off' });
      expect(seen).toMatchObject([{ method: 'POST', body: expect.stringContaining(secret) }]);
      expect(JSON.stringify(seen.map(({ url, headers }) => [url, headers]))).not.toContain(secret);
    }
  });

  it.each([
    ['data null', envelope({ data: null })],
    ['data missing', envelope({ data: undefined })],
    ['a byte order mark', `\uFEFF${envelope()}`],
  ])('takes an envelope with %s for a yes', async (_, body) => {
    expect(await answered('json', 200, body)).toEqual({ is: 'logged-off' });
  });

  it('takes XML for a yes, with a byte order mark and whatever its content type', async () => {
    expect(
      await answered('xml', 200, '\uFEFF<?xml version="1.0" encoding="UTF-8"?><response></response>', {
        'Content-Type': 'application/octet-stream',
      }),
    ).toEqual({ is: 'logged-off' });
  });

  it.each([
    ['HTTP 400 with an envelope', 'json', 400, errorEnvelope('3', 'Error 3: Not logged in')],
    ['200 with errors', 'json', 200, errorEnvelope('3')],
    ['a code that is a number', 'json', 400, errorEnvelope(3)],
    ['an XML error with 200', 'xml', 200, dead],
    ['an XML error with 400', 'xml', 400, dead],
    ['an XML error in CDATA', 'xml', 200, '<response><error code="3"><![CDATA[No]]></error></response>'],
  ] as const)('takes error 3 for already off: %s', async (_, dialect, status, body) => {
    expect(await answered(dialect, status, body)).toEqual({ is: 'already-off' });
  });

  it.each(['json', 'xml'] as const)('does not take a captive portal for a yes (%s)', async dialect => {
    for (const page of [maintenance, '<html></html>', 'OK', '{}', '"ok"', '[]', 'null', '{"success":true}']) {
      expect(await answered(dialect, 200, page)).toEqual({ is: 'not-fogbugz', status: 200 });
    }
  });

  it('does not take the other dialect for a yes', async () => {
    expect(await answered('json', 200, '<response></response>')).toMatchObject({ is: 'not-fogbugz' });
    expect(await answered('xml', 200, envelope())).toMatchObject({ is: 'not-fogbugz' });
  });

  it('does not take a success with an HTTP error for a yes', async () => {
    expect(await answered('json', 404, envelope())).toEqual({ is: 'not-fogbugz', status: 404 });
    expect(await answered('xml', 500, '<response/>')).toMatchObject({ is: 'unavailable', status: 500 });
  });

  it('says that a site is unavailable, and for how long it asked to be left alone', async () => {
    expect(await answered('json', 503, maintenance, { 'Retry-After': '120' })).toEqual({
      is: 'unavailable',
      status: 503,
      retryAfterMs: 120_000,
    });
    expect(await answered('xml', 429, '', { 'Retry-After': 'Thu, 01 Jan 1970 00:00:00 GMT' })).toEqual({
      is: 'unavailable',
      status: 429,
      retryAfterMs: 0,
    });
    expect(await answered('xml', 502, '<html>')).toEqual({
      is: 'unavailable',
      status: 502,
      retryAfterMs: undefined,
    });
  });

  it('says that a page not found is not FogBugz', async () => {
    expect(await answered('json', 404, maintenance)).toEqual({ is: 'not-fogbugz', status: 404 });
  });

  it('passes on any other no, without the token that the server repeats', async () => {
    expect(await answered('json', 400, errorEnvelope('28', `Error 28: Maintenance (${secret})`))).toEqual({
      is: 'refused',
      code: 28,
      message: 'Error 28: Maintenance (••••)',
    });
    expect(await answered('xml', 200, `<response><error code="26">${secret}</error></response>`)).toEqual({
      is: 'refused',
      code: 26,
      message: '••••',
    });
  });

  it('refuses a redirect', async () => {
    expect(await answered('json', 307, '', { Location: '/elsewhere' })).toEqual({ is: 'redirected' });
  });

  it('gives up on a reply that is too large', async () => {
    expect(await answered('xml', 200, `<response>${' '.repeat(1024 * 1024)}</response>`)).toEqual({
      is: 'too-large',
    });
  });

  it('asks whether the token is dead when the reply is empty', async () => {
    const { origin, seen } = await serve(({ body }, response) =>
      response.end(body.includes('cmd=logoff') ? '' : dead),
    );
    expect(await logOff(siteAt(origin, 'xml'), token)).toEqual({ is: 'already-off' });
    expect(seen.map(one => one.body)).toEqual([`cmd=logoff&token=${secret}`, `cmd=logon&token=${secret}`]);
  });

  it('does not believe a server that answers everything with nothing', async () => {
    expect(await answered('xml', 200, '')).toEqual({ is: 'not-fogbugz', status: 200 });
  });
});

describe('the reply to a log-off that somebody else sent', () => {
  it('is judged alike', () => {
    expect(readLogOffReply('json', 200, envelope())).toEqual({ is: 'logged-off' });
    expect(readLogOffReply('xml', 200, dead)).toEqual({ is: 'already-off' });
    expect(readLogOffReply('xml', 200, '')).toEqual({ is: 'not-fogbugz', status: 200 });
    expect(readLogOffReply('xml', 0, '')).toEqual({ is: 'not-fogbugz', status: 0 });
    expect(readLogOffReply('json', 503, '')).toMatchObject({ is: 'unavailable', retryAfterMs: undefined });
    expect(readLogOffReply('json', 400, errorEnvelope('26', secret), token)).toMatchObject({
      message: '••••',
    });
  });
});
