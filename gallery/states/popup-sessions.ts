import type { Face } from '../../src/browser/face.ts';
import { defaultSettings } from '../../src/session/settings.ts';
import {
  acme,
  beta,
  entryWith,
  faceWith,
  hour,
  minute,
  now,
  owedWith,
  own,
  second,
  sessionWith,
  siteWith,
} from '../faces.ts';
import type { State } from '../state.ts';

const seen = (name: string, title: string, face: Partial<Face>, more: Partial<State> = {}): State => ({
  page: 'popup',
  group: 'sessions',
  name,
  title,
  face: faceWith(face),
  ...more,
});

const several = [
  sessionWith(),
  sessionWith({
    id: 'two',
    site: beta,
    since: now - 3 * hour,
    person: { name: 'Grace Hopper', email: 'grace@example.com' },
    container: true,
  }),
  sessionWith({ id: 'three', site: own, since: now - 12 * minute, source: 'logon', person: undefined }),
];
const guarded = { is: 'connected', version: '0.1.0', sessions: { one: 'ok' } } as const;
const withGuard = { ...defaultSettings, guard: true };

/** Sessions that are well. */
export const popupSessions: readonly State[] = [
  seen('none', 'Nobody is logged on', { history: [], sites: [] }),
  seen('none-known', 'Nobody is logged on; the site is known', {}),
  seen('open', 'One session', { sessions: [sessionWith()] }),
  seen('open-guarded', 'One session, in the Guard’s care', {
    sessions: [sessionWith()],
    settings: withGuard,
    guarding: guarded,
  }),
  seen('stays-once', 'It stays logged on this time', { sessions: [sessionWith({ staysOnce: true })] }),
  seen('several', 'Three sessions', {
    sessions: several,
    sites: [siteWith(), siteWith({ base: beta }), siteWith({ base: own, dialect: undefined })],
  }),
  seen('counting-down', 'Counting down', {
    sessions: [sessionWith({ state: { is: 'counting-down', trigger: 'last-tab', until: now + 7 * second } })],
  }),
  seen('counting-down-among', 'Counting down beside another', {
    sessions: [
      sessionWith({ state: { is: 'counting-down', trigger: 'last-tab', until: now + 3 * second } }),
      sessionWith({ id: 'two', site: beta, since: now - hour }),
    ],
    sites: [siteWith(), siteWith({ base: beta })],
  }),
  seen('logging-off', 'Logging off', {
    sessions: [owedWith({ trigger: 'click', since: now, attempts: 1, nextTryAt: undefined })],
  }),
  seen('answered', 'Logged off, being proven', {
    sessions: [sessionWith({ state: { is: 'answered', trigger: 'click', at: now } })],
  }),
  seen('api-key', 'An API key', {
    sessions: [sessionWith({ kind: 'api-key', source: 'pasted', person: { name: 'CI', email: '' } })],
  }),
  seen(
    'api-key-revoking',
    'Before a key is revoked',
    { sessions: [sessionWith({ kind: 'api-key', source: 'pasted', person: { name: 'CI', email: '' } })] },
    { steps: [{ press: '[data-does=ask-revoke-key]' }] },
  ),
  seen('private', 'In a private window', { sessions: [sessionWith({ private: true })] }),
  seen('private-not-allowed', 'Private windows are not allowed', {
    sessions: [sessionWith()],
    privateWindows: 'not-allowed',
  }),
  seen('many-rules', 'Every trigger is on', {
    sessions: [sessionWith()],
    settings: { ...defaultSettings, idleMinutes: 15, lock: true, maxHours: 8, dailyAt: '18:00' },
  }),
  seen('managed', 'Set by an administrator', {
    sessions: [sessionWith()],
    managed: { lastTab: true, graceSeconds: 10, browserClose: true, ownSites: [acme] },
  }),
  seen('last-by-guard', 'The Guard did the last one', {
    sites: [siteWith()],
    history: [entryWith({ trigger: 'guard', ended: 'browser-died', ms: 840 })],
  }),
  seen('last-unproven', 'The last one could not be proven', {
    sessions: [sessionWith()],
    history: [entryWith({ trigger: 'browser-close', ms: 12, confirmed: false })],
  }),
];
