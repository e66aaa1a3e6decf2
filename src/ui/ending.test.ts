import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../session/settings.ts';
import { alsoForAll, alsoWords, canStayOnce, endingWords } from './ending.ts';
import { english } from './english.ts';

const noon = Date.UTC(2026, 2, 14, 12);
const hour = 3_600_000;
const open = {
  kind: 'session',
  source: 'web',
  private: false,
  since: noon - hour,
  staysOnce: false,
  inUse: true,
} as const;
const neither = { ...defaultSettings, lastTab: false, browserClose: false };

type Changed = Partial<Parameters<typeof endingWords>[0]>;
const ends = (changed: Changed, rules = defaultSettings) =>
  endingWords({ ...open, ...changed }, rules, english);
const also = (changed: Changed, rules = defaultSettings) =>
  alsoWords({ ...open, ...changed }, rules, noon, english);

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

test('one that was logged on here never had a tab, and says so', () => {
  expect(ends({ inUse: false, source: 'logon' })).toBe('Has no tab: ends when the browser closes');
  expect(ends({ inUse: false, source: 'pasted' })).toBe('Has no tab: ends when the browser closes');
});

test('a private session ends with its window, even where others outlive the browser', () => {
  expect(ends({ private: true, inUse: false })).toBe('Ends when you close the last private window');
  expect(ends({ private: true }, neither)).toBe('Ends when you close the last private window');
});

test('"Stay logged on this time" spares it the last tab, never the close', () => {
  expect(ends({ staysOnce: true })).toBe('Stays on this time, and ends when the browser closes');
  expect(ends({ staysOnce: true, private: true })).toBe(
    'Stays on this time, and ends when you close the last private window',
  );
  expect(ends({ staysOnce: true }, { ...defaultSettings, browserClose: false })).toBe(
    'Stays on this time, and ends when you log off',
  );
  expect(ends({ staysOnce: true }, { ...defaultSettings, lastTab: false })).toBe(
    'Ends when the browser closes',
  );
});

test('with every trigger off it is up to the user, and the page says so', () => {
  expect(ends({}, neither)).toBe('Ends only when you log off');
  expect(ends({}, { ...neither, maxHours: 8 })).toBe('Ends when you log off');
});

test('an API key is kept, whatever the settings', () => {
  const strict = { ...defaultSettings, idleMinutes: 15, lock: true, maxHours: 1 };
  expect(ends({ kind: 'api-key' }, strict)).toBe('Kept: nothing here logs off an API key');
  expect(also({ kind: 'api-key' }, strict)).toBeUndefined();
  expect(canStayOnce({ ...open, kind: 'api-key' }, strict)).toBe(false);
});

describe('what else ends it', () => {
  test('is nothing, unless the user asked for it', () => {
    expect(also({})).toBeUndefined();
  });

  test('is being away, a locked screen and its age, in one line', () => {
    expect(also({}, { ...defaultSettings, idleMinutes: 15, lock: true, maxHours: 8 })).toMatch(
      /^Also after 15 mins? idle\u00a0· at screen lock\u00a0· at 19:00$/,
    );
  });

  test('is the earlier of its age and the time of day', () => {
    expect(also({}, { ...defaultSettings, maxHours: 2, dailyAt: '00:00' })).toBe('Also at 13:00');
    expect(also({}, { ...defaultSettings, maxHours: 720, dailyAt: '00:00' })).toMatch(/^Also at /);
  });

  test('leaves out what "Stay logged on this time" may skip', () => {
    const rules = { ...defaultSettings, idleMinutes: 15, maxHours: 2 };
    expect(also({ staysOnce: true }, rules)).toBe('Also at 13:00');
  });
});

describe('what else ends several', () => {
  const strict = { ...defaultSettings, idleMinutes: 15, lock: true, maxHours: 72, dailyAt: '18:00' };
  const forAll = (...rules: Parameters<typeof alsoForAll>[0]) => alsoForAll(rules, english);

  test('is said once', () => {
    expect(forAll(strict, { ...strict, graceSeconds: 0 })).toMatch(
      /^Also after 15 mins? idle\u00a0· at screen lock\u00a0· after 72 hrs?\u00a0· at 18:00$/,
    );
  });

  test('is said of each where they differ, or where there is one', () => {
    expect(forAll(strict, defaultSettings)).toBeUndefined();
    expect(forAll(strict)).toBeUndefined();
    expect(forAll(defaultSettings, defaultSettings)).toBeUndefined();
  });
});

test('"Stay logged on this time" is offered where there is something to skip', () => {
  expect(canStayOnce(open, defaultSettings)).toBe(true);
  expect(canStayOnce({ ...open, inUse: false }, defaultSettings)).toBe(false);
  expect(canStayOnce({ ...open, inUse: false }, { ...defaultSettings, lock: true })).toBe(true);
});
