import { describe, expect, it } from 'vitest';
import { viewPerson } from './person.ts';
import type { Dialect } from './site.ts';
import { envelope, errorEnvelope, secret, serveReply, siteAt, token } from './stage/loopback.ts';

async function answered(dialect: Dialect, status: number, body: string) {
  const { origin } = await serveReply(status, body);
  return viewPerson(siteAt(origin, dialect), token);
}

const ada = { ixPerson: 2, sFullName: ' Ada Lovelace ', sEmail: ' ada@example.com, lovelace@example.com' };
const adaInXml =
  '<person><ixPerson>2</ixPerson><sFullName><![CDATA[ Ada Lovelace ]]></sFullName><sEmail>ada@example.com,lovelace@example.com</sEmail></person>';

describe('whose token it is', () => {
  it.each([
    ['json', envelope({ data: { person: ada } })],
    ['json', envelope({ data: { person: [ada] } })],
    ['json', envelope({ data: { people: [ada] } })],
    ['xml', `<response>${adaInXml}</response>`],
    ['xml', `<response><people>${adaInXml}</people></response>`],
  ] as const)('is read, trimmed, with the first e-mail address (%s: %s)', async (dialect, body) => {
    expect(await answered(dialect, 200, body)).toEqual({
      is: 'person',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
    });
  });

  it('may come without an e-mail address', async () => {
    expect(
      await answered('json', 200, envelope({ data: { person: { sFullName: 'Ada', sEmail: null } } })),
    ).toEqual({ is: 'person', name: 'Ada', email: '' });
  });

  it('is no longer than a name can be', async () => {
    const person = await answered(
      'json',
      200,
      envelope({ data: { person: { sFullName: 'x'.repeat(9999) } } }),
    );
    expect(person).toMatchObject({ name: 'x'.repeat(256) });
  });

  it.each([envelope(), envelope({ data: { person: [] } }), envelope({ data: { person: {} } })])(
    'is not seen in a yes without a person',
    async body => {
      expect(await answered('json', 200, body)).toEqual({ is: 'not-fogbugz', status: 200 });
    },
  );

  it.each([
    ['json', errorEnvelope(3)],
    ['xml', '<response><error code="3"/></response>'],
  ] as const)('is nobody when the token is dead (%s)', async (dialect, body) => {
    expect(await answered(dialect, 200, body)).toEqual({ is: 'not-logged-on' });
  });

  it('passes on a no without the token, and a failure', async () => {
    expect(await answered('json', 400, errorEnvelope(13, secret))).toMatchObject({
      code: 13,
      message: '••••',
    });
    expect(await answered('xml', 502, 'Bad gateway')).toMatchObject({ is: 'unavailable' });
  });
});
