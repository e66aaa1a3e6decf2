import { expect, test } from 'vitest';
import { defaultSettings } from '../session/settings.ts';
import { endingWords } from './ending.ts';
import { english } from './english.ts';

const open = { kind: 'session', private: false, staysOnce: false, inUse: true } as const;
const neither = { ...defaultSettings, lastTab: false, browserClose: false };

const ends = (changed: Partial<Parameters<typeof endingWords>[0]>, settings = defaultSettings) =>
  endingWords({ ...open, ...changed }, settings, english);

test('a session ends with its last tab, at once or after the wait that the user set', () => {
  expect(ends({}, { ...defaultSettings, graceSeconds: 0 })).toBe('Ends when you close the last FogBugz tab');
  expect(ends({})).toMatch(/^Ends 10 secs? after the last FogBugz tab closes$/);
});

test('it ends with the browser when the last tab does not count', () => {
  expect(ends({}, { ...defaultSettings, lastTab: false })).toBe('Ends when the browser closes');
});

test('a session that no tab uses has no last tab to close', () => {
  expect(ends({ inUse: false })).toBe('Ends when the browser closes');
});

test('a private session ends with its window', () => {
  expect(ends({ private: true, inUse: false })).toBe('Ends when you close the last private window');
});

test('"Stay logged on this time" spares it the last tab, never the close', () => {
  expect(ends({ staysOnce: true })).toBe(
    'Stays on after the last tab this time, and ends when the browser closes',
  );
  expect(ends({ staysOnce: true }, { ...defaultSettings, browserClose: false })).toBe(
    'Stays on after the last tab this time, and ends only when you log off',
  );
  expect(ends({ staysOnce: true }, { ...defaultSettings, lastTab: false })).toBe(
    'Ends when the browser closes',
  );
});

test('with every trigger off it is up to the user, and the page says so', () => {
  expect(ends({}, neither)).toBe('Ends only when you log off');
});

test('an API key is kept, whatever the settings', () => {
  expect(ends({ kind: 'api-key' })).toBe('Kept: nothing here logs off an API key');
});
