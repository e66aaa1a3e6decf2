import { describe, expect, it } from 'vitest';
import { states } from '../../../gallery/states.ts';
import { countAside } from '../../../src/browser/aside.ts';
import { readGuarding, readViews } from '../../../src/browser/page-records.ts';
import { readPolicyCopy } from '../../../src/browser/policy.ts';
import { readDrill, readHistory, readSettings, readSites } from '../../../src/browser/records.ts';
import { fitsSync } from '../../../src/browser/synced.ts';
import { inForce } from '../../../src/session/settings.ts';
import { storedOf } from './stored.ts';

describe.each(states)('$page $name', ({ face }) => {
  // As storage gives it back.
  const { local, session } = structuredClone(storedOf(face));
  const policy = readPolicyCopy(local);
  const chosen = readSettings(local);
  const settings = inForce(chosen, policy.settings);

  it('reads its sessions, its history, its drill and the Guard back', () => {
    expect([...readViews(session)].sort(byId)).toEqual([...face.sessions].sort(byId));
    expect(readHistory(local)).toEqual(face.history);
    expect(readDrill(local)).toEqual(face.drill);
    expect(readGuarding(session)).toEqual(face.guarding);
  });

  it('reads its settings and those of an administrator back', () => {
    expect(policy.settings).toEqual(face.managed);
    expect(policy.unreadable).toEqual(face.policySlips);
    expect(fitsSync(chosen) ? 'follows' : 'too-large').toBe(face.sync);
    // Servers are looked at with the sites; and what is too large has further exceptions.
    const { ownSites: _, exceptions: own, ...rest } = face.settings;
    expect(settings).toMatchObject(rest);
    expect(settings.exceptions).toMatchObject(own);
  });

  it('reads its sites back, and no others', () => {
    // As the pages put them together.
    const known = readSites(local);
    const bases = new Set([...face.sessions.map(({ site }) => site), ...settings.ownSites, ...known.keys()]);
    expect([...bases].sort()).toEqual(face.sites.map(({ base }) => base).sort());
    for (const { base, own, dialect } of face.sites) {
      if (own) expect(settings.ownSites).toContain(base);
      expect(known.get(base)?.dialect).toBe(dialect);
    }
  });

  it('reads back what was set aside', () => {
    const is = (what: string): boolean => face.trouble.some(trouble => trouble.is === what);
    const count = face.trouble.reduce((sum, one) => sum + (one.is === 'set-aside' ? one.count : 0), 0);
    expect(countAside(local)).toEqual({
      sessions: count,
      settings: is('settings-aside'),
      history: is('history-aside'),
    });
  });
});

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => a.id.localeCompare(b.id);
