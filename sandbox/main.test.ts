import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

const children: ChildProcess[] = [];
const start = (...args: string[]) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...args]);
  children.push(child);
  return child;
};
const ended = (child: ChildProcess) => new Promise<number | null>(resolve => child.once('exit', resolve));
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

it('prints one line of JSON, serves, and ends at SIGTERM', { timeout: 20_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const file = join(folder, 'authority.pem');
  const child = start(
    '--tls',
    'http2',
    '--authority',
    file,
    '--switch',
    'deadLogOff=empty',
    '--base-path',
    '/fb',
  );
  let printed = '';
  child.stdout?.on('data', chunk => {
    printed += chunk;
  });
  await expect.poll(() => printed, { timeout: 15_000 }).toContain('\n');
  const about = JSON.parse(printed);
  expect(about.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/fb\/$/);
  expect(about.logOn).toBe(`${about.url}login`);
  expect(about.users[0]).toMatchObject({ email: 'ada@example.com', password: 'demo' });
  expect(await readFile(about.authority, 'utf8')).toContain('BEGIN CERTIFICATE');
  const exit = ended(child);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  await rm(folder, { recursive: true });
});

it('ends with 1 and says how to go on after a mistake', { timeout: 20_000 }, async () => {
  const child = start('--switch', 'nonsense=1');
  let complaint = '';
  child.stderr?.on('data', chunk => {
    complaint += chunk;
  });
  expect(await ended(child)).toBe(1);
  expect(complaint).toMatch(/No switch "nonsense".*--help/s);
});

it.each([
  [['--port', '-1'], /--port/],
  [['--port', '99999'], /65535/],
  [['--tls', 'http3'], /off, http1, http2/],
  [['--idle-limit', 'long'], /--idle-limit takes a whole number/],
  [['--base-path', 'fogbugz/'], /such as \/fogbugz/],
  [['--switch', 'deadLogOff'], /name=value/],
  [['--switch', 'deadLogOff=x'], /Values: error-3, empty/],
  [['--nonsense'], /Unknown option '--nonsense'/],
])('refuses %j', (args, message) => {
  expect(readCommandLine(args)).toEqual({ is: 'mistake', message: expect.stringMatching(message) });
});

it('reads every option', () => {
  const args = [
    '--port',
    '8080',
    '--tls',
    'http1',
    '--idle-limit',
    '5',
    '--round-trip',
    '80',
    '--base-path',
    '/a/b',
  ];
  expect(
    readCommandLine([...args, '--switch', 'cookieBeatsBody=yes', '--switch', 'lifetime=8h']),
  ).toMatchObject({
    is: 'start',
    options: {
      port: 8080,
      tls: 'http/1.1',
      idleLimitMs: 5000,
      roundTripMs: 80,
      basePath: '/a/b',
      switches: { cookieBeatsBody: 'yes', lifetime: '8h', deadLogOff: 'error-3' },
    },
  });
  expect(readCommandLine(['--help'])).toMatchObject({
    is: 'help',
    text: expect.stringContaining('cookieBeatsBody'),
  });
});
