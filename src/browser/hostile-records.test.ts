import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionWith } from '../session/stage/samples.ts';
import { readBackup } from './backup.ts';
import { readPolicy } from './policy.ts';
import { readSessions, readSettings, readSites, sessionKey, writeSession } from './records.ts';
import { FakeBrowser } from './stage/fake-browser.ts';

/** Records, settings files and policies that somebody has tampered with, or that another version has written. */

const acme = 'https://acme.fogbugz.com/';
const site = { base: acme, dialect: 'json', endpoint: `${acme}f/api/0/jsonapi`, redirected: false };

describe('a stored site', () => {
  it('is believed where tokens would stay on its own origin', () => {
    expect([...readSites({ sites: { [acme]: site } }).keys()]).toEqual([acme]);
  });

  it.each([
    ['an endpoint elsewhere', acme, { ...site, endpoint: 'https://evil.test/f/api/0/jsonapi' }],
    ['an endpoint without TLS', acme, { ...site, endpoint: 'http://acme.fogbugz.com/f/api/0/jsonapi' }],
    ['an endpoint at another port', acme, { ...site, endpoint: 'https://acme.fogbugz.com:8443/x' }],
    ['an endpoint that is a script', acme, { ...site, base: 'data:,', endpoint: 'javascript:alert(1)' }],
    ['the place of another', 'https://other.fogbugz.com/', site],
    ['no address for its name', '__proto__', site],
  ])('is not, with %s', (_, base, value) => {
    expect(readSites({ sites: Object.fromEntries([[base, value]]) }).size).toBe(0);
  });
});

describe('a stored session', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/'])(
    'at %s is set aside, not sent',
    where => {
      const stored = writeSession(sessionWith());
      const hostile = { ...Object(stored[sessionKey('one')]), site: where };
      const { sessions, unreadable } = readSessions({ [sessionKey('one')]: hostile });
      expect([sessions.length, unreadable.length]).toEqual([0, 1]);
    },
  );
});

describe('servers that come with settings', () => {
  it.each([
    ['every host', 'https://*/'],
    ['all customers', 'https://*.fogbugz.com/'],
    ['a name that passes for a host', 'https://acme.fogbugz.com@evil.test/'],
    ['a password', 'https://ada:secret@intranet.test/'],
    ['a customer without TLS', 'http://acme.fogbugz.com/'],
    ['a script', 'javascript:alert(1)'],
    ['a file', 'file:///etc/'],
  ])('are refused in a file: %s', (_, address) => {
    const file = { format: 'logoff-on-close-settings', version: 1, settings: { ownSites: [address] } };
    expect(readBackup(JSON.stringify(file))).toEqual({ is: 'unreadable', name: 'ownSites' });
    expect(readSettings({ settings: { ownSites: [address] } }).ownSites).toEqual([]);
  });

  it('are taken as they were found out', () => {
    const ownSites = ['http://intranet:8080/fogbugz/', 'https://bugs.example.com/', 'https://intranet//odd/'];
    expect(readSettings({ settings: { ownSites } }).ownSites).toEqual(ownSites);
  });
});

describe('a hostile settings file', () => {
  it('reaches no prototype and sets nothing that is no setting', () => {
    const text = `{"format":"logoff-on-close-settings","version":1,"settings":{
      "__proto__":{"lastTab":false},"constructor":{"prototype":{"lastTab":false}},"graceSeconds":5,
      "exceptions":{"__proto__":{"lastTab":false},"${acme}":{"__proto__":{"lock":true},"lastTab":false}}}}`;
    const read = readBackup(text);
    expect(read).toMatchObject({ is: 'settings', unknown: [] });
    if (read.is !== 'settings') return;
    expect(Object.keys(read.settings)).toEqual(['graceSeconds', 'exceptions']);
    expect(Object.keys(read.settings.exceptions ?? {})).toEqual([acme]);
    expect('lastTab' in {}).toBe(false);
  });
});

describe('a policy', () => {
  it('that names a password has it neither shown nor logged', () => {
    const bad = 'https://ada:secret@intranet.test/';
    const { unreadable, settings } = readPolicy({
      ownSites: [bad],
      exceptions: { [bad]: { lastTab: false } },
    });
    expect(unreadable).toEqual([
      'ownSites: https://…@intranet.test/',
      'exceptions: https://…@intranet.test/',
    ]);
    expect(settings).toEqual({ ownSites: [], exceptions: {} });
  });
});

describe('what another version has set aside', () => {
  let browser: FakeBrowser;
  let storage: typeof import('./storage.ts');
  const record = writeSession(sessionWith());
  const key = sessionKey('one');
  const newer = { key: sessionKey('two'), value: { version: 2, token: 'of-a-newer-version' }, at: 1 };

  beforeEach(async () => {
    browser = new FakeBrowser();
    vi.resetModules();
    vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
    storage = await import('./storage.ts');
    browser.disk = { aside: [{ key, value: record[key], at: 1 }, newer] };
  });

  it('is a session again for one that can read it, and the rest waits on', async () => {
    const { sessions } = await storage.load();
    expect(sessions.map(({ id }) => id)).toEqual(['one']);
    expect(browser.disk).toMatchObject({ [key]: record[key], aside: [newer] });
    expect((await storage.load()).sessions).toHaveLength(1);
  });

  it('is one though the disk is full, and stays where it is', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    browser.diskIs = 'full';
    expect((await storage.load()).sessions).toHaveLength(1);
    expect(browser.disk.aside).toHaveLength(2);
    error.mockRestore();
  });

  it('does not come over one that is there by now', async () => {
    const now = { ...Object(record[key]), staysOnce: true };
    browser.disk = { ...browser.disk, [key]: now };
    expect(await storage.load()).toMatchObject({ sessions: [{ staysOnce: true }] });
    expect(browser.disk[key]).toEqual(now);
  });
});
