import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { envelope, errorEnvelope, secret, serve, serveReply, siteAt, token } from './stage/loopback.ts';

describe('checking a token', () => {
  it.each([
    ['json', envelope({ data: { token: secret } })],
    ['xml', `<response><token><![CDATA[${secret}]]></token></response>`],
  ] as const)('finds it alive (%s)', async (dialect, body) => {
    const { origin, seen } = await serveReply(200, body);
    expect(await check(siteAt(origin, dialect), token)).toEqual({ is: 'alive' });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['json', 400, errorEnvelope('3')],
    ['xml', 200, '<response><error code="3">Not logged on</error></response>'],
  ] as const)('finds it dead (%s)', async (dialect, status, body) => {
    const { origin } = await serveReply(status, body);
    expect(await check(siteAt(origin, dialect), token)).toEqual({ is: 'dead' });
  });

  it.each(['1', '4', '29'])('asks another way when the server talks of passwords: error %s', async code => {
    const site = async (last: string) => {
      const { origin } = await serve(({ body }, response) =>
        response.end(body.includes('viewPerson') ? last : errorEnvelope(code)),
      );
      return siteAt(origin, 'json');
    };
    expect(await check(await site(envelope()), token)).toEqual({ is: 'alive' });
    expect(await check(await site(errorEnvelope(3)), token)).toEqual({ is: 'dead' });
    expect(await check(await site(errorEnvelope(13, secret)), token)).toEqual({
      is: 'refused',
      code: 13,
      message: '••••',
    });
  });

  it('leaves it open when the server can not be asked', async () => {
    const portal = await serveReply(200, '<html>Log on to the wireless network</html>');
    expect(await check(siteAt(portal.origin, 'json'), token)).toEqual({ is: 'not-fogbugz', status: 200 });
    const moved = await serveReply(302, '', { Location: '/login' });
    expect(await check(siteAt(moved.origin, 'xml'), token)).toEqual({ is: 'redirected' });
    const closed = await serveReply(400, errorEnvelope('28', 'Maintenance'));
    expect(await check(siteAt(closed.origin, 'json'), token)).toMatchObject({ is: 'refused', code: 28 });
  });
});
