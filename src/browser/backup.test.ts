import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../session/settings.ts';
import { longestBackup, readBackup, writeBackup } from './backup.ts';

const settings = {
  ...defaultSettings,
  lock: true,
  dailyAt: '18:00',
  ownSites: ['https://intranet/bugs/'],
  exceptions: { 'https://acme.fogbugz.com/': { idleMinutes: 5 } },
};
const file = (content: object): string =>
  JSON.stringify({ format: 'logoff-on-close-settings', version: 1, settings: content });

describe('a file with settings', () => {
  it('brings back what was exported', () => {
    expect(readBackup(writeBackup(settings, new Date(0)))).toEqual({ is: 'settings', settings, unknown: [] });
  });

  it('may leave out and add', () => {
    expect(readBackup(file({ lock: true, sound: 'loud', token: 'x' }))).toEqual({
      is: 'settings',
      settings: { lock: true },
      unknown: ['sound', 'token'],
    });
  });

  it.each([
    ['', 'not-a-backup'],
    ['{', 'not-a-backup'],
    ['[]', 'not-a-backup'],
    ['{"lock":true}', 'not-a-backup'],
    [JSON.stringify({ format: 'other', version: 1, settings: {} }), 'not-a-backup'],
    [JSON.stringify({ format: 'logoff-on-close-settings', version: 2, settings: {} }), 'newer'],
    [' '.repeat(longestBackup + 1), 'too-large'],
  ])('is refused: %.40j', (text, is) => {
    expect(readBackup(text)).toEqual({ is });
  });

  it.each([
    [{ lock: true, idleMinutes: 'x' }, 'idleMinutes'],
    [{ ownSites: ['javascript:alert(1)'] }, 'ownSites'],
    [{ ownSites: ['https://*/'] }, 'ownSites'],
    [{ exceptions: { 'https://x/': { graceSeconds: -1 } } }, 'exceptions'],
  ])('is refused as a whole for one value: %j', (content, name) => {
    expect(readBackup(file(content))).toEqual({ is: 'unreadable', name });
  });

  it('has no way to the prototype of anything', () => {
    const text = '{"format":"logoff-on-close-settings","version":1,"settings":{"__proto__":{"lock":true}}}';
    expect(readBackup(text)).toMatchObject({ is: 'settings', settings: {} });
    expect(Object.hasOwn(Object.prototype, 'lock')).toBe(false);
  });
});
