import { describe, expect, it } from 'vitest';
import { logOn } from './log-on.ts';
import type { Dialect } from './site.ts';
import { envelope, errorEnvelope, secret, serveReply, siteAt } from './stage/loopback.ts';

const password = 'pässword & "more"';

async function answered(dialect: Dialect, status: number, body: string, headers = {}) {
  const { origin, seen } = await serveReply(status, body, headers);
  return { outcome: await logOn(siteAt(origin, dialect), 'ada@example.com', password), seen };
}

describe('logging on', () => {
  it.each([
    ['json', envelope({ data: { token: secret } })],
    ['xml', `<response><token><![CDATA[${secret}]]></token></response>`],
    ['xml', `<response><token>\n  ${secret}\n</token></response>`],
  ] as const)('brings a token (%s)', async (dialect, body) => {
    const { outcome, seen } = await answered(dialect, 200, body);
    expect(outcome.is === 'logged-on' && outcome.token.reveal()).toBe(secret);
    const [{ url, body: sent } = { url: '', body: '' }] = seen;
    expect(url).not.toContain('ada');
    expect(sent).not.toContain('token');
  });

  it.each([
    ['no token', envelope()],
    ['what can not be one', envelope({ data: { token: 'two words' } })],
  ])('takes a yes with %s for no FogBugz', async (_, body) => {
    expect((await answered('json', 200, body)).outcome).toEqual({ is: 'not-fogbugz', status: 200 });
  });

  it.each([
    ['json', 400, errorEnvelope('1')],
    ['xml', 200, '<response><error code="1"><![CDATA[Incorrect password or username]]></error></response>'],
  ] as const)('names a wrong password (%s)', async (dialect, status, body) => {
    expect((await answered(dialect, status, body)).outcome).toEqual({ is: 'wrong-password' });
  });

  it('names two-factor authentication', async () => {
    expect((await answered('json', 400, errorEnvelope(29))).outcome).toEqual({ is: 'two-factor' });
  });

  it.each([
    ['json', errorEnvelope(2, '', { data: { people: ['John Hancock', 'Fred Astaire'] } })],
    ['json', errorEnvelope(2, '', { people: ['John Hancock', 'Fred Astaire'] })],
    [
      'xml',
      '<response><error code="2">Ambiguous Logon</error><people><person>John Hancock</person><person>Fred Astaire</person></people></response>',
    ],
  ] as const)('lists the people who share an e-mail address (%s)', async (dialect, body) => {
    expect((await answered(dialect, 200, body)).outcome).toEqual({
      is: 'ambiguous',
      people: ['John Hancock', 'Fred Astaire'],
    });
  });

  it('shows no password that the server repeats', async () => {
    expect((await answered('json', 400, errorEnvelope('0', `No ${password}`))).outcome).toEqual({
      is: 'refused',
      code: 0,
      message: 'No ••••',
    });
  });

  it('refuses to carry the password along a redirect', async () => {
    const elsewhere = await serveReply(200, envelope({ data: { token: secret } }));
    const { outcome } = await answered('json', 308, '', { Location: `${elsewhere.origin}/` });
    expect(outcome).toEqual({ is: 'redirected' });
    expect(elsewhere.seen).toEqual([]);
  });
});
