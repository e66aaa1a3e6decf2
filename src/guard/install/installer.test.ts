import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hostName } from '../../guard-messages.ts';
import { chromiumId, useBuiltGuard } from '../stage/stage.ts';
import { confinedBrowsers } from './confined.ts';

const { program } = useBuiltGuard();

/** A user with these browsers, who types commands. */
function user(...folders: string[]) {
  const home = mkdtempSync(join(tmpdir(), 'guard user '));
  onTestFinished(() => rmSync(home, { recursive: true }));
  for (const folder of folders) mkdirSync(join(home, folder), { recursive: true });
  const env = { HOME: home, PATH: process.env.PATH };
  const guard = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
  return { home, guard };
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();

describe('the installer', () => {
  it('writes through no link, and removes no more than the link', () => {
    const { home, guard } = user('.config/chromium/Default');
    const folder = join(home, '.local/share/logoff-on-close');
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(home, '.local/state'), { recursive: true });
    mkdirSync(join(home, 'precious'));
    writeFileSync(join(home, 'precious/one'), 'precious');
    for (const name of ['guard', 'guard.new', 'guard.mjs', 'guard.mjs.new'])
      symlinkSync(join(home, 'precious/one'), join(folder, name));
    symlinkSync(join(home, 'precious'), join(home, '.local/state/logoff-on-close'));
    expect(guard('install')).toMatchObject({ status: 0 });
    expect(guard('test')).toMatchObject({ status: 0 });
    expect(guard('uninstall')).toMatchObject({ status: 0 });
    expect(readFileSync(join(home, 'precious/one'), 'utf8')).toBe('precious');
    expect(existsSync(folder)).toBe(false);
  });

  it('makes files that others may read and nobody else may change, whatever the mask is', () => {
    const { home } = user('.config/chromium/Default');
    const env = { HOME: home, PATH: process.env.PATH };
    const install = `umask 0 && exec "$0" "$@"`;
    expect(spawnSync('sh', ['-c', install, process.execPath, program, 'install'], { env })).toMatchObject({
      status: 0,
    });
    const folder = join(home, '.local/share/logoff-on-close');
    for (const path of [folder, join(folder, 'guard'), join(folder, 'guard.mjs')])
      expect(statSync(path).mode & 0o022).toBe(0);
  });

  it('installs, answers, tells and leaves nothing', () => {
    const { home, guard } = user('.config/chromium/Default', '.mozilla/firefox');
    const installed = guard('install', '--extension-id', chromiumId);
    expect([installed.stderr, installed.status]).toEqual(['', 0]);
    for (const path of filesIn(home)) expect(installed.stdout).toContain(`wrote ${path}\n`);
    expect(filesIn(home)).toContain(join(home, '.mozilla/native-messaging-hosts', `${hostName}.json`));
    expect(filesIn(home)).toContain(join(home, '.config/chromium/NativeMessagingHosts', `${hostName}.json`));

    const manifest = JSON.parse(
      readFileSync(join(home, '.config/chromium/NativeMessagingHosts', `${hostName}.json`), 'utf8'),
    );
    expect(manifest.allowed_origins).toContain(`chrome-extension://${chromiumId}/`);
    expect(guard('test')).toMatchObject({ stdout: 'The Guard answers.\n', status: 0 });
    expect(guard('status').stdout).toMatch(/Chromium: installed, .*Firefox: installed, /s);

    const removed = guard('uninstall');
    expect([removed.stderr, removed.status]).toEqual(['', 0]);
    expect(filesIn(home)).toEqual([]);
    expect(readdirSync(join(home, '.config/chromium'))).toEqual(['Default']);
    expect(readdirSync(join(home, '.mozilla'))).toEqual(['firefox']);
    expect(existsSync(join(home, '.local/share/logoff-on-close'))).toBe(false);
    expect(guard('test')).toMatchObject({ stderr: 'The Guard is not installed.\n', status: 1 });
  });

  it('can be installed again, over itself', () => {
    const { home, guard } = user('.mozilla');
    guard('install');
    expect(guard('status').stdout).not.toContain('not the version');
    appendFileSync(join(home, '.local/share/logoff-on-close/guard.mjs'), '// of another version');
    expect(guard('status').stdout).toContain('not the version');
    guard('install');
    expect(guard('status').stdout).not.toContain('not the version');
    const installed = join(home, '.local/share/logoff-on-close/guard.mjs');
    const again = spawnSync(process.execPath, [installed, 'install'], {
      env: { HOME: home, PATH: process.env.PATH },
      encoding: 'utf8',
    });
    expect([again.stderr, again.status]).toEqual(['', 0]);
    expect(guard('test').status).toBe(0);
  });

  it('does not touch another program’s host', () => {
    const { home, guard } = user('.mozilla/native-messaging-hosts');
    const other = join(home, '.mozilla/native-messaging-hosts/org.example.json');
    writeFileSync(other, '{}');
    guard('install');
    guard('uninstall');
    expect(filesIn(home)).toEqual([other]);
  });

  it.each([
    [['frobnicate'], 'There is no command "frobnicate".'],
    [['install', '--browser', 'lynx'], 'Not: lynx.'],
    [['install', '--extension-id', '"; rm -rf /'], 'That is not the id of an extension.'],
    [['install', '--all'], "Unknown option '--all'"],
  ])('says what is wrong with %j', (args, message) => {
    const { guard } = user('.mozilla');
    const { stderr, status } = guard(...args);
    expect(stderr).toContain(message);
    expect(status).toBe(1);
  });

  it('says what is possible with Snap and Flatpak', () => {
    const { guard } = user('.mozilla', 'snap/firefox', '.var/app/com.google.Chrome');
    const { stdout } = guard('install');
    expect(stdout).toContain('Firefox (Snap): it starts the Guard through the desktop portal');
    expect(stdout).toContain('Chrome (Flatpak): it may start no program outside its sandbox');
    expect(confinedBrowsers({ platform: 'darwin', env: {}, home: '/' }, () => true)).toEqual([]);
  });
});
