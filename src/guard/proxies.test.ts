import { describe, expect, it } from 'vitest';
import { addressOf, authorization, createProxies, proxyAddress } from './proxies.ts';

describe('a proxy’s address', () => {
  it.each([
    ['http://proxy:3128', 'http://proxy:3128/'],
    ['proxy:3128', 'http://proxy:3128/'],
    [' proxy.example ', 'http://proxy.example/'],
    ['https://name:word@proxy', 'https://name:word@proxy/'],
  ])('is taken as people write it: %s', (text, address) => {
    expect(proxyAddress(text)?.href).toBe(address);
  });

  it.each([undefined, '', '  ', 'http://', 'not a proxy'])('that makes no sense is none: %s', text => {
    expect(proxyAddress(text)).toBeUndefined();
  });

  it('says where to connect to, and for whom the name and the password are', () => {
    expect(addressOf(new URL('http://[::1]'))).toEqual({ hostname: '::1', port: '80' });
    expect(addressOf(new URL('https://proxy'))).toEqual({ hostname: 'proxy', port: '443' });
    expect(authorization(new URL('http://proxy'))).toEqual({});
    expect(authorization(new URL('http://ada:l%40velace@proxy'))).toEqual({
      'Proxy-Authorization': `Basic ${btoa('ada:l@velace')}`,
    });
  });
});

describe('the proxy for an address', () => {
  const proxyOf = (env: Record<string, string>, url: string) => createProxies(env)(new URL(url))?.hostname;

  it.each([
    [{ HTTPS_PROXY: 'a' }, 'https://acme.fogbugz.com/', 'a'],
    [{ HTTPS_PROXY: 'a' }, 'http://acme.example/', undefined],
    [{ HTTPS_PROXY: 'a', https_proxy: 'b' }, 'https://acme.fogbugz.com/', 'b'],
    [{ HTTP_PROXY: 'a' }, 'https://acme.fogbugz.com/', 'a'],
    [{ HTTP_PROXY: 'a', HTTPS_PROXY: 'b' }, 'http://acme.example/', 'a'],
    [{}, 'https://acme.fogbugz.com/', undefined],
  ])('with %j at %s', (env, url, proxy) => {
    expect(proxyOf({ ...env }, url)).toBe(proxy);
  });

  it.each([
    ['*', 'https://acme.fogbugz.com/'],
    ['fogbugz.com', 'https://acme.fogbugz.com/'],
    ['.fogbugz.com', 'https://fogbugz.com/'],
    ['*.fogbugz.com', 'https://acme.fogbugz.com/'],
    ['other, ACME.fogbugz.com', 'https://acme.fogbugz.com/'],
    ['other acme.fogbugz.com:443', 'https://acme.fogbugz.com/'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['[::1]', 'http://[::1]:8080/'],
    ['[::1]:8080', 'http://[::1]:8080/'],
  ])('is none where NO_PROXY is %s: %s', (spared, url) => {
    expect(proxyOf({ HTTP_PROXY: 'a', NO_PROXY: spared }, url)).toBeUndefined();
    expect(proxyOf({ HTTP_PROXY: 'a', no_proxy: spared, NO_PROXY: '' }, url)).toBeUndefined();
  });

  it.each([
    ['*.bugz.com', 'https://acme.fogbugz.com/'],
    ['bugz.com', 'https://acme.fogbugz.com/'],
    ['acme.fogbugz.com:80', 'https://acme.fogbugz.com/'],
    ['other', 'https://acme.fogbugz.com/'],
    ['', 'https://acme.fogbugz.com/'],
  ])('is there where NO_PROXY is %s: %s', (spared, url) => {
    expect(proxyOf({ HTTP_PROXY: 'a', NO_PROXY: spared }, url)).toBe('a');
  });
});
