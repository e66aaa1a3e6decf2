import { describe, expect, it } from 'vitest';
import { isAt, isOnDemand, isSentTo, parseAddress } from './address.ts';

it.each([
  ['acme.fogbugz.com', 'https://acme.fogbugz.com/'],
  [' https://acme.fogbugz.com ', 'https://acme.fogbugz.com/'],
  ['http://acme.fogbugz.com/f/cases/123/Moth?x=1#y', 'https://acme.fogbugz.com/'],
  ['HTTP://ACME.Manuscript.com/login?dest=%2Ff', 'https://acme.manuscript.com/'],
  ['http://acme.fogbugz.com./', 'https://acme.fogbugz.com./'],
  ['http://evilfogbugz.com', 'http://evilfogbugz.com/'],
  ['https://intranet.example.com/fogbugz/default.asp?pre=preLogOff', 'https://intranet.example.com/fogbugz/'],
  ['http://intranet/fogbugz/default.php', 'http://intranet/fogbugz/'],
  ['http://intranet:8080/Bugs/Default.asp?123', 'http://intranet:8080/Bugs/'],
  ['intranet:8080/fogbugz', 'https://intranet:8080/fogbugz/'],
  ['localhost:8080', 'https://localhost:8080/'],
  ['https://intranet/fogbugz/api.xml', 'https://intranet/fogbugz/'],
  ['https://intranet/a/b//login/', 'https://intranet/a/b/'],
  ['https://intranet/logins/ffs', 'https://intranet/logins/ffs/'],
  ['http://[::1]:81/', 'http://[::1]:81/'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
])('tidies %s into %s', (address, base) => {
  expect(parseAddress(address)).toEqual({ is: 'address', base });
});

it('takes a URL', () => {
  expect(parseAddress(new URL('http://intranet/f/'))).toEqual({ is: 'address', base: 'http://intranet/' });
});

it.each([
  ['', 'not-a-url'],
  ['two words', 'not-a-url'],
  ['https://', 'not-a-url'],
  ['http://intranet:99999/', 'not-a-url'],
  ['javascript:alert(1)', 'not-a-url'],
  ['ftp://intranet/', 'not-http'],
  ['file:///etc/passwd', 'not-a-url'],
  ['chrome-extension://abcdef/popup.html', 'not-http'],
  ['https://ada:demo@intranet/', 'credentials'],
  ['ada@example.com', 'credentials'],
])('refuses %j: %s', (address, why) => {
  expect(parseAddress(address)).toEqual({ is: 'bad-address', why });
});

describe('a host on demand', () => {
  it.each(['acme.fogbugz.com', 'acme.manuscript.com', 'a.b.fogbugz.com', 'my-support.fogbugz.com'])(
    'is a customer of the vendor: %s',
    host => {
      expect(isOnDemand(host)).toBe(true);
    },
  );

  it.each([
    'fogbugz.com',
    'www.fogbugz.com',
    'support.fogbugz.com',
    'www.manuscript.com',
    'notfogbugz.com',
    'acme.fogbugz.com.example.org',
    'acme.fogbugz.org',
    'acme.fogbugz.com.',
    'intranet',
    '',
  ])('is not %j', host => {
    expect(isOnDemand(host)).toBe(false);
  });
});

describe('a page', () => {
  it.each([
    ['https://intranet/fogbugz/', 'https://intranet/fogbugz/'],
    ['https://intranet/fogbugz/', 'https://intranet/fogbugz'],
    ['https://intranet/fogbugz/', 'https://intranet/fogbugz/default.asp?pg=pgList#x'],
    ['https://acme.fogbugz.com/', 'https://acme.fogbugz.com/f/cases/1'],
    ['http://intranet:8080/', 'http://intranet:8080/login'],
  ])('of the installation at %s is %s', (base, url) => {
    expect(isAt(base, url)).toBe(true);
  });

  it.each([
    ['https://intranet/fogbugz/', 'https://intranet/'],
    ['https://intranet/fogbugz/', 'https://intranet/wiki/fogbugz/'],
    ['https://intranet/fogbugz/', 'https://intranet/fogbugz2/'],
    ['https://intranet/fogbugz/', 'http://intranet/fogbugz/'],
    ['https://intranet/', 'https://intranet:8443/'],
    ['https://intranet/', 'https://intranet.example.org/'],
    ['https://acme.fogbugz.com/', 'https://other.fogbugz.com/'],
  ])('of another program than the one at %s is %s', (base, url) => {
    expect(isAt(base, url)).toBe(false);
  });
});

describe('a cookie', () => {
  const acme = { domain: 'acme.fogbugz.com', hostOnly: true, path: '/' };
  const wide = { domain: '.fogbugz.com', hostOnly: false, path: '/' };
  const deep = { domain: 'intranet', hostOnly: true, path: '/fogbugz' };

  it.each([
    ['its host, whatever port and scheme', acme, 'http://acme.fogbugz.com:8080/f'],
    ['every host of its domain', wide, 'https://acme.fogbugz.com/'],
    ['its domain itself', wide, 'https://fogbugz.com/'],
    ['its path', deep, 'https://intranet/fogbugz'],
    ['what is below its path', deep, 'https://intranet/fogbugz/f/1'],
    ['its path with a slash', { ...deep, path: '/fogbugz/' }, 'https://intranet/fogbugz/'],
  ])('is sent to %s', (_, cookie, url) => {
    expect(isSentTo(cookie, url)).toBe(true);
  });

  it.each([
    ['another host', acme, 'https://other.fogbugz.com/'],
    ['a host below its own', acme, 'https://a.acme.fogbugz.com/'],
    ['a domain that only ends like its own', wide, 'https://notfogbugz.com/'],
    ['another path', deep, 'https://intranet/wiki'],
    ['a path that only begins like its own', deep, 'https://intranet/fogbugz2'],
    ['a path above its own', deep, 'https://intranet/'],
    ['its path without the slash that it has', { ...deep, path: '/fogbugz/' }, 'https://intranet/fogbugz'],
  ])('is not sent to %s', (_, cookie, url) => {
    expect(isSentTo(cookie, url)).toBe(false);
  });
});
