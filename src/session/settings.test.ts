import { describe, expect, it } from 'vitest';
import { defaultSettings, rulesFor, timeOfDay } from './settings.ts';

const acme = 'https://acme.fogbugz.com/';

describe('the rules for a site', () => {
  const settings = {
    ...defaultSettings,
    idleMinutes: 30,
    exceptions: { [acme]: { idleMinutes: 5, browserClose: false } },
  };

  it('are what is set for all, but for what is set for it alone', () => {
    expect(rulesFor(settings, acme)).toMatchObject({
      idleMinutes: 5,
      browserClose: false,
      graceSeconds: defaultSettings.graceSeconds,
    });
    expect(rulesFor(settings, 'https://other.fogbugz.com/')).toMatchObject({
      idleMinutes: 30,
      browserClose: true,
    });
  });

  it('are those of no other address that looks like it', () => {
    expect(rulesFor(settings, 'https://acme.fogbugz.com')).toMatchObject({ idleMinutes: 30 });
    expect(rulesFor(settings, `${acme}fogbugz/`)).toMatchObject({ idleMinutes: 30 });
    expect(rulesFor(settings, 'constructor')).toMatchObject({ idleMinutes: 30 });
  });
});

it.each([
  ['00:00', true],
  ['23:59', true],
  ['24:00', false],
  ['9:00', false],
  ['12:60', false],
  ['12:00:00', false],
])('%s is a time of day: %s', (text, is) => {
  expect(timeOfDay.test(text)).toBe(is);
});
