import { describe, expect, it } from 'vitest';
import { parseAddress } from './address.ts';
import { readJson } from './json.ts';
import { logOn } from './log-on.ts';
import { viewPerson } from './person.ts';
import { send } from './send.ts';
import { envelope, errorEnvelope, secret, serve, serveReply, siteAt, token } from './stage/loopback.ts';
import { pageLogOffForm, readPage } from './web-page.ts';
import { readXml } from './xml.ts';

/** A server that means harm. What it says is only data; none of it may cost more than a moment. */

const mebibyte = 1024 * 1024;

describe('a hostile reply in XML', () => {
  it.each([
    [
      'entities that grow',
      '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><response>&b;</response>',
    ],
    [
      'an entity from a file',
      '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><response><token>&a;</token></response>',
    ],
    [
      'a parameter entity',
      '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]><response>&a;</response>',
    ],
  ])('is refused for %s', (_, text) => {
    expect(readXml(text)).toBeUndefined();
  });

  it('may hold a harmless document type, of which nothing is fetched', () => {
    expect(readXml('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd"><response/>')).toMatchObject({ is: 'yes' });
  });

  // Each of these took the parser or a search seconds to minutes; the test's own limit would notice.
  it.each([
    ['carriage returns', `<response>${'\r'.repeat(mebibyte)}</response>`],
    ['elements', `<response>${'<a/>'.repeat(mebibyte / 4)}</response>`],
    ['depth', `<response>${'<a>'.repeat(mebibyte / 3)}`],
    ['brackets', `<response>${'<'.repeat(mebibyte)}`],
    ['references', `<response>${'&#x'.repeat(mebibyte / 3)}</response>`],
  ])('is read or refused at once for a mebibyte of %s', (_, text) => {
    expect(['yes', undefined]).toContain(readXml(text)?.is);
  });

  it('is still read with lines that end as on Windows', () => {
    expect(
      readXml(`<?xml version="1.0"?>\r\n<response>\r\n<token>${secret}</token>\r\n</response>`),
    ).toMatchObject({
      is: 'yes',
      token: secret,
    });
  });
});

describe('a hostile page', () => {
  it('is read at once, though it is a mebibyte of fields that never end', () => {
    const text = '<input '.repeat(mebibyte / 7);
    const url = 'https://acme.fogbugz.com/f/cases';
    expect(readPage({ url, status: 200, text })).toBe('something');
    expect(pageLogOffForm(text)).toBe('');
  });

  it('is still known as a log-on page by its field', () => {
    const text = '<form><p><input type="password"\n name="sPassword" id=x></form>';
    expect(readPage({ url: 'https://acme.fogbugz.com/', status: 200, text })).toBe('logged-off');
  });
});

describe('a hostile reply in JSON', () => {
  it('reaches no prototype', () => {
    const text = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},
      "data":{"__proto__":{"polluted":1,"token":"${secret}"}},"errors":[]}`;
    expect(readJson(text)).toEqual({ is: 'yes', token: undefined, person: undefined });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    ['brackets', '['.repeat(mebibyte)],
    [
      'errors',
      `{"data":{},"errors":[${Array(mebibyte / 8)
        .fill('{}')
        .join(',')}]}`,
    ],
    ['depth', `{"errors":[],"data":${'{"data":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  ])('is read or refused at once for a mebibyte of %s', (_, text) => {
    expect(['yes', 'no', undefined]).toContain(readJson(text)?.is);
  });
});

describe('words of a hostile server', () => {
  const rightToLeft = '\u202Egnp.exe\u2066';

  it('stay on one line and in their own direction: names', async () => {
    const person = { sFullName: `Ada\nYou are logged off ${rightToLeft}`, sEmail: 'ada@example.com\u0007' };
    const { origin } = await serveReply(200, envelope({ data: { person } }));
    expect(await viewPerson(siteAt(origin, 'json'), token)).toEqual({
      is: 'person',
      name: 'Ada You are logged off  gnp.exe',
      email: 'ada@example.com',
    });
  });

  it('stay on one line and in their own direction: errors', async () => {
    const { origin } = await serveReply(400, errorEnvelope(7, `No\r\n\u001b[31m${rightToLeft}`));
    expect(await viewPerson(siteAt(origin, 'json'), token)).toEqual({
      is: 'refused',
      code: 7,
      message: 'No [31m gnp.exe',
    });
  });

  it('are no choice between people if they are none: sent back, they would not be what was shown', async () => {
    const people = ['Ada Lovelace', `Ada ${rightToLeft}`, 'Ada\nHopper', 'רחל'];
    const { origin } = await serveReply(400, errorEnvelope(2, 'Ambiguous', { data: { people } }));
    expect(await logOn(siteAt(origin, 'json'), 'a@example.com', 'demo')).toEqual({
      is: 'ambiguous',
      people: ['Ada Lovelace', 'רחל'],
    });
  });

  it('are markup to nobody: they are kept as they are, and shown as text', async () => {
    const sFullName = '<img src=x onerror=alert(1)>';
    const { origin } = await serveReply(200, envelope({ data: { person: { sFullName, sEmail: '' } } }));
    expect(await viewPerson(siteAt(origin, 'json'), token)).toMatchObject({ name: sFullName });
  });
});

describe('a reply that never ends', () => {
  it.each(['json', 'xml'] as const)(
    'is cut off after a mebibyte, though a gigabyte is on its way: %s',
    async dialect => {
      let sent = 0;
      let cut: (() => void) | undefined;
      const closed = new Promise<void>(resolve => {
        cut = resolve;
      });
      const { origin } = await serve((_, response) => {
        const chunk = Buffer.alloc(65_536, 'x');
        const more = (): void => {
          while (!response.destroyed && sent < 1024 * mebibyte) {
            sent += chunk.length;
            if (!response.write(chunk)) return;
          }
        };
        response.on('drain', more);
        response.on('close', () => cut?.());
        more();
      });
      expect(await viewPerson(siteAt(origin, dialect), token)).toEqual({ is: 'too-large' });
      await closed;
      expect(sent).toBeLessThan(64 * mebibyte);
    },
  );
});

describe('an address that looks like another', () => {
  it.each([
    ['https://acme.fogbugz.com@evil.test/', 'credentials'],
    ['javascript:alert(1)', 'not-a-url'],
    ['data:text/html,x', 'not-a-url'],
    ['file:///etc/passwd', 'not-a-url'],
  ])('is refused: %s', (address, why) => {
    expect(parseAddress(address)).toEqual({ is: 'bad-address', why });
  });

  it('is taken for the host that browsers go to, and shown as that', () => {
    expect(parseAddress('https://evil.test\\@acme.fogbugz.com/')).toMatchObject({
      base: expect.stringMatching(/^https:\/\/evil\.test\//),
    });
  });

  it('is shown as what is asked for: letters of other scripts in their ASCII form', () => {
    // Its first two letters are Cyrillic.
    expect(parseAddress('https://асme.fogbugz.com/')).toEqual({
      is: 'address',
      base: 'https://xn--me-6kc2e.fogbugz.com/',
    });
  });
});

it('a redirect gets neither token nor password, over http or https', async () => {
  const elsewhere = await serveReply(200, envelope({ data: { token: secret } }));
  for (const status of [301, 302, 303, 307, 308]) {
    const { origin } = await serveReply(status, '', { Location: `${elsewhere.origin}/f/api/0/jsonapi` });
    const site = siteAt(origin, 'json');
    expect(await viewPerson(site, token)).toEqual({ is: 'redirected' });
    expect(await logOn(site, 'ada@example.com', 'a password')).toEqual({ is: 'redirected' });
    expect(await send({ url: site.endpoint, method: 'GET' })).toEqual({ is: 'redirected' });
  }
  expect(elsewhere.seen).toEqual([]);
});
