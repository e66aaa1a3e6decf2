import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RequestRecord } from '../sandbox/record.ts';
import { type AreaName, leaksInFiles, leaksInRequest, leaksInStorage } from './secrets.ts';

const token = 'ku7fkmvbr3hq9ed1s52p0lnc4ta8go';
const other = 'a17fkmvbr3hq9ed1s52p0lnc4ta8go';
const password = 'demo-5b1e';
const host = 'acme.fogbugz.com';
const secrets = [{ text: token, host }, { text: other, host }, { text: password }];

const request = (changes: Partial<RequestRecord>): RequestRecord => ({
  id: 1,
  at: 0,
  atMonotonic: 0,
  method: 'POST',
  host,
  path: '/f/api/0/jsonapi',
  query: '',
  headers: {},
  cookies: {},
  body: '',
  protocol: 'http/1.1',
  api: 'json',
  command: 'logoff',
  token: undefined,
  connection: 1,
  reused: false,
  status: 200,
  outcome: 'logged-off',
  answeredAt: 1,
  ...changes,
});

describe('a request', () => {
  it.each<[string, Partial<RequestRecord>]>([
    ['a log-off', { token, body: `{"token":"${token}"}` }],
    ['a log-off with its own cookie, as a beacon has', { token, body: token, cookies: { fbToken: token } }],
    ['a page with its cookie', { method: 'GET', api: 'web', command: 'page', cookies: { fbToken: token } }],
    ['a log-off where the API was before', { path: '/api.asp', api: 'web', command: undefined, body: token }],
    ['a log-on', { api: 'web', command: 'log-on', body: `sPassword=${password}` }],
    ['a log-on by the API', { command: 'logon', body: `{"password":"${password}"}` }],
  ])('may be %s', (_, changes) => {
    expect(leaksInRequest(request(changes), secrets)).toEqual([]);
  });

  it.each<[string, Partial<RequestRecord>]>([
    ['a token in its address', { query: `token=${token}` }],
    ['a token in its path', { path: `/x/${token}` }],
    ['a token in a header', { headers: { referer: `https://${host}/?${token}` } }],
    ['a token that is not what it asks about', { token, body: `${token} ${other}`.replace(token, '') }],
    ['a token for another host', { host: 'evil.test', token, body: token }],
    ['a token by GET', { method: 'GET', token, body: token }],
    ['a token to a page', { api: 'web', token, body: token }],
    ['a cookie of another session with a log-off', { token, body: token, cookies: { fbToken: other } }],
    ['a token in another cookie', { api: 'web', cookies: { planted: token } }],
    ['a password elsewhere than in a log-on', { body: password }],
    ['a password in its address', { command: 'logon', query: `password=${password}` }],
  ])('may not have %s', (_, changes) => {
    expect(leaksInRequest(request(changes), secrets)).toHaveLength(1);
  });
});

describe('stored', () => {
  it.each<[AreaName, string, unknown]>([
    ['local', 'session:one', { id: 'one', token }],
    ['session', 'session:one', { id: 'one', token }],
    ['local', 'aside', [{ key: 'session:one', value: { token } }]],
  ])('in %s, %s may hold a token', (area, key, value) => {
    expect(leaksInStorage(area, { [key]: value }, secrets)).toEqual([]);
  });

  it.each<[AreaName, string, unknown]>([
    ['local', 'session:one', { token, obstacle: { message: `No ${token}` } }],
    ['local', 'session:one', { token, person: { name: password } }],
    ['local', 'history', [{ person: token }]],
    ['local', 'aside', [{ key: 'settings', value: token }]],
    ['local', 'sites', { [`https://${host}/?${token}`]: {} }],
    ['session', 'view:one', { token }],
    ['session', 'aside', [token]],
    ['sync', 'session:one', { token }],
    ['managed', 'ownSites', [token]],
  ])('in %s, %s may not: %j', (area, key, value) => {
    expect(leaksInStorage(area, { [key]: value }, secrets)).toHaveLength(1);
  });
});

describe('files', () => {
  async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'e2e-secrets-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return folder;
  }

  it('are found with a token in them, or in their names', async () => {
    const folder = await folderWith({
      'Default/History': `x${token}x`,
      'state/receipts/one.json': Buffer.from(other, 'utf16le'),
      [`downloads/${password}.csv`]: 'x',
    });
    expect(await leaksInFiles(folder, secrets)).toHaveLength(3);
  });

  it('are found as well where hundreds are looked for at once', async () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      text: `${String(index).padStart(3, '0')}${token.slice(3)}`,
      host,
    }));
    const odd = { text: 'pass word: §' };
    const folder = await folderWith({
      'Default/History': `x${token}x and ${many[7]?.text}${many[8]?.text}`,
      'Default/utf-16': Buffer.from(`\u0001${many[9]?.text}x`, 'utf16le'),
      'Default/other': `\u0000${odd.text}`,
    });
    const leaks = await leaksInFiles(folder, [...secrets, odd, ...many]);
    expect(leaks.map(leak => leak.split('…')[0]).sort()).toEqual([
      'password pass ',
      'token 007fk',
      'token 008fk',
      'token 009fk',
      'token ku7fk',
    ]);
  });

  it('are left alone where they are the browser’s own, and where they say nothing', async () => {
    const folder = await folderWith({
      'Default/Cookies': token,
      'cookies.sqlite': token,
      'Default/Local Extension Settings/abc/000003.log': token,
      'Default/Preferences': 'nothing',
    });
    expect(await leaksInFiles(folder, secrets)).toEqual([]);
    expect(await leaksInFiles(join(folder, 'not there'), secrets)).toEqual([]);
  });

  it('are reported where they are there and cannot be read', async () => {
    const file = join(await folderWith({ 'no-folder': 'x' }), 'no-folder');
    const [trouble, ...more] = await leaksInFiles(file, secrets);
    expect([trouble, more]).toEqual(['the folder no-folder could not be looked at: ENOTDIR', []]);
  });
});
