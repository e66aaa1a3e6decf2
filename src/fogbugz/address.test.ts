import { expect, it } from 'vitest';
import { parseAddress } from './address.ts';

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
