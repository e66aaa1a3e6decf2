import { describe, expect, it } from 'vitest';
import { hostName } from '../../guard-messages.ts';
import type { Machine } from '../folders.ts';
import { layoutOf, planInstall, planUninstall } from './plan.ts';

const linux: Machine = { platform: 'linux', env: {}, home: '/home/ada' };
const mac: Machine = { platform: 'darwin', env: {}, home: '/Users/ada' };
const windows: Machine = { platform: 'win32', env: {}, home: 'C:\\Users\\ada' };
const machines = { linux, mac, windows };

const ids = { chromium: ['abcdefghijklmnopabcdefghijklmnop'], firefox: ['one@example.com'] };
const from = { program: '/somewhere/guard.mjs', node: '/usr/bin/node' };

function install(machine: Machine, scope: 'user' | 'system' = 'user') {
  const layout = layoutOf(machine, scope);
  return planInstall(machine, layout, layout.places, from, ids);
}

const written = (steps: ReturnType<typeof install>) =>
  steps.flatMap(step => (step.do === 'write' || step.do === 'copy' ? [step.path] : []));

describe('an installation', () => {
  it('on Linux puts a manifest into each browser’s folder', () => {
    expect(written(install(linux))).toEqual([
      '/home/ada/.local/share/logoff-on-close/guard.mjs',
      '/home/ada/.local/share/logoff-on-close/guard',
      `/home/ada/.config/google-chrome/NativeMessagingHosts/${hostName}.json`,
      `/home/ada/.config/chromium/NativeMessagingHosts/${hostName}.json`,
      `/home/ada/.config/microsoft-edge/NativeMessagingHosts/${hostName}.json`,
      `/home/ada/.config/BraveSoftware/Brave-Browser/NativeMessagingHosts/${hostName}.json`,
      `/home/ada/.config/vivaldi/NativeMessagingHosts/${hostName}.json`,
      `/home/ada/.mozilla/native-messaging-hosts/${hostName}.json`,
    ]);
  });

  it('on Linux follows the XDG folders, if they are absolute', () => {
    const env = { XDG_CONFIG_HOME: '/config', XDG_DATA_HOME: '/data', XDG_STATE_HOME: 'relative' };
    const moved = { ...linux, env };
    expect(layoutOf(moved, 'user')).toMatchObject({
      folder: '/data/logoff-on-close',
      state: '/home/ada/.local/state/logoff-on-close',
    });
    expect(written(install(moved))).toContain(`/config/chromium/NativeMessagingHosts/${hostName}.json`);
  });

  it('for a whole Linux machine keeps out of everybody’s home', () => {
    const paths = written(install(linux, 'system'));
    expect(paths).toContain(`/etc/chromium/native-messaging-hosts/${hostName}.json`);
    expect(paths).toContain(`/usr/lib/mozilla/native-messaging-hosts/${hostName}.json`);
    expect(paths).toContain('/usr/local/lib/logoff-on-close/guard.mjs');
    expect(paths.filter(path => path.startsWith('/home'))).toEqual([]);
  });

  it('on macOS goes into Application Support', () => {
    const support = '/Users/ada/Library/Application Support';
    const paths = written(install(mac));
    expect(paths[0]).toBe(`${support}/logoff-on-close/guard.mjs`);
    expect(paths).toContain(`${support}/Google/Chrome/NativeMessagingHosts/${hostName}.json`);
    expect(paths).toContain(`${support}/Mozilla/NativeMessagingHosts/${hostName}.json`);
  });

  it('on Windows writes one manifest for each family, and leads to it from the registry', () => {
    const folder = 'C:\\Users\\ada\\AppData\\Local\\logoff-on-close';
    const steps = install(windows);
    expect(written(steps)).toEqual([
      `${folder}\\guard.mjs`,
      `${folder}\\guard.bat`,
      `${folder}\\${hostName}.chromium.json`,
      `${folder}\\${hostName}.firefox.json`,
    ]);
    const keys = steps.flatMap(step => (step.do === 'register' ? [`${step.key} = ${step.path}`] : []));
    const key = (vendor: string, family: string) =>
      `HKCU\\Software\\${vendor}\\NativeMessagingHosts\\${hostName} = ${folder}\\${hostName}.${family}.json`;
    expect(keys).toEqual([
      key('Google\\Chrome', 'chromium'),
      key('Chromium', 'chromium'),
      key('Microsoft\\Edge', 'chromium'),
      key('Mozilla', 'firefox'),
    ]);
  });

  it('allows each family its own extensions, by the launcher’s absolute path', () => {
    const manifests = install(linux).flatMap(step =>
      step.do === 'write' && step.path.endsWith('.json') ? [JSON.parse(step.text)] : [],
    );
    const common = { name: hostName, type: 'stdio', path: '/home/ada/.local/share/logoff-on-close/guard' };
    expect(manifests[0]).toMatchObject({
      ...common,
      allowed_origins: ['chrome-extension://abcdefghijklmnopabcdefghijklmnop/'],
    });
    expect(manifests.at(-1)).toMatchObject({ ...common, allowed_extensions: ['one@example.com'] });
    expect(manifests.at(-1)).not.toHaveProperty('allowed_origins');
  });

  it('does not copy a Guard onto itself', () => {
    const layout = layoutOf(linux, 'user');
    const steps = planInstall(linux, layout, layout.places, { ...from, program: layout.program }, ids);
    expect(steps.filter(step => step.do === 'copy')).toEqual([]);
  });
});

describe('an uninstallation', () => {
  it.each(Object.entries(machines))('takes away all that an installation has made (%s)', (_, machine) => {
    const removed = planUninstall(machine, layoutOf(machine, 'user'), 'remove-state');
    const gone = removed.map(step => (step.do === 'unregister' ? step.key : step.path));
    const steps = install(machine);
    for (const path of written(steps)) expect(gone).toContain(path);
    for (const step of steps) if (step.do === 'register') expect(gone).toContain(step.key);
    expect(gone).toContain(layoutOf(machine, 'user').state);
  });

  it('leaves a watcher its folder', () => {
    const steps = planUninstall(linux, layoutOf(linux, 'user'), 'keep-state');
    expect(steps.filter(step => step.do === 'remove-folder')).toEqual([]);
  });
});
