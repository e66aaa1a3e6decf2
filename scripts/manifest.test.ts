import { describe, expect, it } from 'vitest';
import { type BrowserBuild, manifestFor, readServers } from './manifest.ts';

const browsers: readonly BrowserBuild[] = ['chrome', 'firefox'];
const intranet = 'https://intranet.example/fogbugz/';

describe('the manifest of a store build', () => {
  it('offers to keep running in Chromium alone', () => {
    expect(manifestFor('chrome').optional_permissions).toContain('background');
    expect(manifestFor('firefox').optional_permissions).not.toContain('background');
  });

  it.each(browsers)('reaches on-demand sites and nobody else at installation, in %s', browser => {
    const { host_permissions, permissions } = manifestFor(browser);
    expect(host_permissions).toEqual(['*://*.fogbugz.com/*', '*://*.manuscript.com/*']);
    expect(permissions).not.toContain('nativeMessaging');
  });
});

describe("the manifest of an administrator's build", () => {
  it.each(browsers)('requires what a policy could not grant, in %s', browser => {
    const { host_permissions, permissions, optional_permissions } = manifestFor(browser, {
      servers: [intranet, 'http://intranet.example:8080/', 'https://bugs.example/'],
    });
    expect(host_permissions).toEqual([
      '*://*.fogbugz.com/*',
      '*://*.manuscript.com/*',
      '*://intranet.example/*',
      '*://bugs.example/*',
    ]);
    expect(permissions).toContain('nativeMessaging');
    expect(optional_permissions).not.toContain('nativeMessaging');
  });

  it('differs in nothing else', () => {
    const { host_permissions, permissions, optional_permissions, ...rest } = manifestFor('chrome', {
      servers: [intranet],
    });
    expect(manifestFor('chrome')).toMatchObject(rest);
  });
});

describe('OWN_SERVERS', () => {
  it.each([
    ['https://intranet.example/fogbugz/', [intranet]],
    ['intranet.example/fogbugz/default.asp', [intranet]],
    [' https://bugs.example, http://intranet:8080 ', ['https://bugs.example/', 'http://intranet:8080/']],
    ['https://bugs.example https://BUGS.example/', ['https://bugs.example/']],
  ])('%j', (text, servers) => {
    expect(readServers(text)).toEqual(servers);
  });

  it.each([
    [undefined, 'names no server'],
    [' , ', 'names no server'],
    ['https://', '"https://" is no address'],
    ['ftp://intranet/', '"ftp://intranet/" begins with something else'],
    ['https://ada:demo@intranet/', 'a password'],
    ['https://bugs.example/ acme.fogbugz.com', '"acme.fogbugz.com" works in every build'],
  ])('%j is refused, and the error says why', (text, why) => {
    expect(() => readServers(text)).toThrow(why);
  });
});
