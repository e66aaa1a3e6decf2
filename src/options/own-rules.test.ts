import { expect, test } from 'vitest';
import { defaultSettings } from '../session/settings.ts';
import { changedRules, hasOwnRules, rulesToBeginWith } from './own-rules.ts';

const acme = 'https://acme.fogbugz.com/';
const beta = 'https://beta.fogbugz.com/';
const settings = { ...defaultSettings, exceptions: { [acme]: { lock: true, idleMinutes: 5 }, [beta]: {} } };

test('own rules begin as those that hold everywhere, and are rules alone', () => {
  const rules = rulesToBeginWith({ ...settings, maxHours: 8 });
  expect(rules).toMatchObject({ lastTab: true, graceSeconds: 10, maxHours: 8, lock: false });
  expect(rules).not.toHaveProperty('keepHistory');
});

test('a site has its own once something differs', () => {
  expect(hasOwnRules(settings, acme)).toBe(true);
  expect(hasOwnRules(settings, beta)).toBe(false);
  expect(hasOwnRules(settings, 'https://gamma.fogbugz.com/')).toBe(false);
  expect(hasOwnRules(settings, 'constructor')).toBe(false);
});

test('a change keeps what was different before', () => {
  expect(changedRules(settings, acme, { maxHours: 2 })).toEqual({
    ...rulesToBeginWith(defaultSettings),
    lock: true,
    idleMinutes: 5,
    maxHours: 2,
  });
});
