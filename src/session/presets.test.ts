import { describe, expect, it } from 'vitest';
import { presetNames, presetOf, presets } from './presets.ts';
import { defaultSettings, ruleNames } from './settings.ts';

describe('the presets', () => {
  it.each(presetNames)('%s is recognised once it has been chosen, whatever was set before', name => {
    const before = { ...defaultSettings, maxHours: 3, dailyAt: '18:00', idleMinutes: 5, keepHistory: false };
    expect(presetOf({ ...before, ...presets[name] })).toBe(name);
  });

  it('has the settings of a new installation as the standard', () => {
    expect(defaultSettings).toMatchObject(presets.standard);
    expect(presetOf(defaultSettings)).toBe('standard');
  });

  it.each([
    { lastTab: false, idleMinutes: 5 },
    { graceSeconds: 11 },
    { browserClose: false },
    { idleMinutes: 15 },
    { lock: true },
    { maxHours: 8 },
    { dailyAt: '18:00' },
    { keepHistory: false },
  ])('calls what no preset has the own choice of the user: %o', change => {
    expect(presetOf({ ...defaultSettings, ...change })).toBeUndefined();
  });

  it('decides every rule that there is', () => {
    // The compiler sees to it that a preset has each.
    const { keepHistory: _, ...rules } = presets.relaxed;
    expect([...ruleNames].sort()).toEqual(Object.keys(rules).sort());
  });

  it('does not mind seconds that nothing waits for', () => {
    expect(presetOf({ ...presets.relaxed, graceSeconds: 300 })).toBe('relaxed');
    expect(presetOf({ ...presets.standard, graceSeconds: 300 })).toBeUndefined();
  });

  it('keeps what is no part of it', () => {
    const before = {
      ...defaultSettings,
      toolbarClick: 'log-off',
      ownSites: ['https://fogbugz.example/'],
    } as const;
    expect({ ...before, ...presets.shared }).toMatchObject({
      toolbarClick: 'log-off',
      ownSites: ['https://fogbugz.example/'],
    });
  });
});
