import { describe, expect, it } from 'vitest';
import { type Chosen, defaultSettings } from '../session/settings.ts';
import { fitsSync, readSynced, writeSynced } from './synced.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;
/** With rules of their own for so many servers. */
const withServers = (count: number, name = 'fogbugz'): Chosen => {
  const ownSites = Array.from({ length: count }, (_, index) => `https://${name}-${index}.example.com/bugs/`);
  const rules = {
    lastTab: true,
    graceSeconds: 10,
    browserClose: true,
    idleMinutes: 15,
    lock: true,
    maxHours: 8,
  };
  const exceptions = Object.fromEntries(ownSites.map(site => [site, { ...rules, dailyAt: '18:00' }]));
  return { settings: { ...defaultSettings, lock: true, ownSites, exceptions }, changedAt: 1_000 };
};

describe('settings in storage.sync', () => {
  it.each([0, 1, 40, 200])('come back as they were, with %i servers', count => {
    const chosen = withServers(count);
    expect(readSynced(writeSynced(chosen))).toEqual(chosen);
    expect(fitsSync(chosen.settings)).toBe(true);
  });

  it.each(['fogbugz', '"<\u0001>"', 'バグ'.repeat(20)])(
    'keep to the browser’s limits, with names like %j',
    name => {
      const { settings, changedAt } = withServers(40, name);
      const items = Object.entries(writeSynced({ settings, changedAt }));
      const sizes = items.map(
        ([key, value]) => bytes(key) + bytes(JSON.stringify(value).replaceAll('<', '\\u003C')),
      );
      expect(Math.max(...sizes)).toBeLessThanOrEqual(8192);
    },
  );

  it('fill no more than the area has, where they are said to fit', () => {
    let count = 0;
    while (fitsSync(withServers(count + 1).settings)) count++;
    expect(count).toBeGreaterThan(200);
    const items = Object.entries(writeSynced(withServers(count)));
    const size = items.reduce((sum, [key, value]) => sum + bytes(key) + bytes(JSON.stringify(value)), 0);
    expect(size).toBeLessThan(102_400);
    expect(items.length).toBeLessThan(512);
  });

  it('count when all parts are there, of which an older time is none', () => {
    const older = writeSynced(withServers(40));
    const newer = writeSynced({ ...withServers(41), changedAt: 2_000 });
    const { 'settings:1': part, ...others } = newer;
    expect(readSynced({ ...older, ...others, 'settings:1': older['settings:1'] })).toEqual({
      changedAt: 2_000,
      settings: undefined,
    });
    expect(readSynced({ ...older, ...others, 'settings:1': part }).settings?.ownSites).toHaveLength(41);
  });

  it.each([
    {},
    { 'settings:0': 'x' },
    { 'settings:0': { version: 2, changedAt: 5, parts: 1, text: '{}' } },
    { 'settings:0': { version: 1, changedAt: 1e300, parts: 1, text: '{}' } },
    { settings: { version: 1, changedAt: 5, parts: 1, text: '{}' } },
  ])('are none where nothing can be read: %j', stored => {
    expect(readSynced(stored)).toEqual({ changedAt: 0, settings: undefined });
  });

  it('give what can be read, and nothing else', () => {
    const text = JSON.stringify({ graceSeconds: -1, lock: true, ownSites: ['http://*/'], token: 'abc' });
    const stored = { 'settings:0': { version: 1, changedAt: 5, parts: 1, text } };
    expect(readSynced(stored)).toEqual({ changedAt: 5, settings: { lock: true } });
    const broken = { 'settings:0': { version: 1, changedAt: 5, parts: 1e9, text: '{' } };
    expect(readSynced(broken)).toEqual({ changedAt: 5, settings: undefined });
  });
});
