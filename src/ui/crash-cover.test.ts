import { describe, expect, test } from 'vitest';
import type { Guarding, Reach } from '../session/guarding.ts';
import { defaultSettings } from '../session/settings.ts';
import type { SessionView } from '../session/view.ts';
import { coverOf, crashCover, guardedSites, unreachedSites } from './crash-cover.ts';

const session = (id: string, changed: Partial<SessionView> = {}): SessionView => ({
  id,
  site: 'https://acme.fogbugz.com/',
  source: 'web',
  kind: 'session',
  private: false,
  container: false,
  since: 0,
  staysOnce: false,
  state: { is: 'open', inUse: true },
  ...changed,
});
const connected = (sessions: Record<string, Reach>): Guarding => ({
  is: 'connected',
  version: '1.0.0',
  sessions,
});
const cover = (sessions: readonly SessionView[], guarding: Guarding, settings = defaultSettings) =>
  crashCover(sessions, settings, guarding);

describe('a crash is covered', () => {
  const both = [session('a'), session('b')];

  test('when the Guard has reached the site of every session', () => {
    expect(cover(both, connected({ a: 'ok', b: 'ok' }))).toBe('covered');
  });

  test.each(['asking', 'unreachable', 'refused'] as const)('not while one is %s', guarded => {
    expect(cover(both, connected({ a: 'ok', b: guarded }))).toBe('not-covered');
  });

  test('not when it does not know of one', () => {
    expect(cover(both, connected({ a: 'ok' }))).toBe('not-covered');
  });

  test('not without a session, and not without a Guard', () => {
    expect(cover([], connected({}))).toBe('not-covered');
    expect(cover(both, { is: 'connecting' })).toBe('not-covered');
    expect(cover(both, { is: 'missing' })).toBe('not-covered');
  });

  test('whatever becomes of what outlives the browser anyway', () => {
    const key = session('k', { kind: 'api-key' });
    const gone = session('g', { state: { is: 'answered', trigger: 'click', at: 0 } });
    const kept = session('s', { site: 'https://kept.example.com/' });
    const settings = { ...defaultSettings, exceptions: { [kept.site]: { browserClose: false } } };
    const guarding = connected({ a: 'ok' });
    expect(cover([session('a'), key, gone, kept], guarding, settings)).toBe('covered');
    expect(cover([session('a'), { ...kept, private: true }], guarding, settings)).toBe('not-covered');
  });

  test('with what is owed, which a crash must not keep', () => {
    const owed = session('o', { state: { is: 'owed', trigger: 'click', since: 0, attempts: 1 } });
    expect(cover([session('a'), owed], connected({ a: 'ok' }))).toBe('not-covered');
    expect(cover([session('a'), owed], connected({ a: 'ok', o: 'ok' }))).toBe('covered');
  });
});

test('each session is covered by itself', () => {
  const guarding = connected({ a: 'ok', b: 'timed-out' });
  expect(coverOf(session('a'), guarding)).toBe('covered');
  expect(coverOf(session('b'), guarding)).toBe('not-covered');
});

test('a site is named once, however many sessions are open there', () => {
  const bugs = session('c', { site: 'https://bugs.example.com/fogbugz/' });
  const sessions = [bugs, session('a'), session('b'), session('unknown')];
  const guarding = connected({ a: 'ok', b: 'ok', c: 'unreachable' });
  expect(guardedSites(sessions, guarding)).toEqual([
    { site: 'acme.fogbugz.com', guarded: 'ok' },
    { site: 'bugs.example.com/fogbugz', guarded: 'unreachable' },
  ]);
  expect(unreachedSites(sessions, guarding)).toEqual(['bugs.example.com/fogbugz']);
  expect(unreachedSites(sessions, connected({ a: 'asking', c: 'ok' }))).toEqual([]);
});
