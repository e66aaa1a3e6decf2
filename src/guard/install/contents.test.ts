import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launcherScript } from './contents.ts';

const ids = { chromium: ['abcdefghijklmnopabcdefghijklmnop'], firefox: ['one@example.com'] };

/** Runs a launcher whose program prints how it was started. */
function launch(platform: 'linux' | 'darwin', node = process.execPath) {
  const folder = mkdtempSync(join(tmpdir(), "guard it's "));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'guard.mjs');
  writeFileSync(program, 'console.log(JSON.stringify([process.argv.slice(2), process.ppid]))');
  const launcher = join(folder, 'guard');
  writeFileSync(launcher, launcherScript({ platform }, { node, program }, ids));
  chmodSync(launcher, 0o755);
  const { stdout } = spawnSync(launcher, ['chrome-extension://x/', 'a b'], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

describe('the launcher', () => {
  const args = [
    'host',
    '--extension-id=abcdefghijklmnopabcdefghijklmnop',
    '--extension-id=one@example.com',
    '--',
    'chrome-extension://x/',
    'a b',
  ];

  it.each(['linux', 'darwin'] as const)('leaves no process between browser and Guard (%s)', platform => {
    expect(launch(platform)).toEqual([args, process.pid]);
  });

  it('finds another Node when the one it was installed with is gone', () => {
    expect(launch('linux', '/nowhere/node')).toEqual([args, process.pid]);
  });

  it('on Windows quotes its paths and passes everything on', () => {
    const paths = { node: 'C:\\Program Files\\node.exe', program: 'C:\\Users\\100%\\guard.mjs' };
    expect(launcherScript({ platform: 'win32' }, paths, ids).split('\r\n')).toEqual([
      '@echo off',
      'chcp 65001 >nul 2>&1 <nul',
      '"C:\\Program Files\\node.exe" "C:\\Users\\100%%\\guard.mjs" "host" ' +
        '"--extension-id=abcdefghijklmnopabcdefghijklmnop" "--extension-id=one@example.com" -- %*',
      '',
    ]);
  });
});
