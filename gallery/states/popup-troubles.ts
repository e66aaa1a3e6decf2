import type { Face } from '../../src/browser/face.ts';
import type { Guarding } from '../../src/session/guarding.ts';
import { defaultSettings } from '../../src/session/settings.ts';
import { acme, day, faceWith, hour, now, owedWith, sessionWith } from '../faces.ts';
import type { State } from '../state.ts';

const seen = (name: string, title: string, face: Partial<Face>, more: Partial<State> = {}): State => ({
  page: 'popup',
  group: 'troubles',
  name,
  title,
  face: faceWith(face),
  ...more,
});

const withGuard = { ...defaultSettings, guard: true };
const guard = (name: string, title: string, guarding: Guarding): State =>
  seen(name, title, { sessions: [sessionWith()], settings: withGuard, guarding });

const hopeless = owedWith({
  since: now - 3 * day,
  attempts: 41,
  nextTryAt: now + 9 * 60_000,
  obstacle: { is: 'unreachable', why: 'net::ERR_NAME_NOT_RESOLVED' },
});

/** What stands in the way of a log-off, and what is missing. */
export const popupTroubles: readonly State[] = [
  seen('owed', 'Owed: the site cannot be reached', {
    sessions: [owedWith({ obstacle: { is: 'unreachable', why: 'net::ERR_INTERNET_DISCONNECTED' } })],
  }),
  seen('owed-trying', 'Owed: being tried', {
    sessions: [owedWith({ nextTryAt: undefined, obstacle: { is: 'timed-out', afterMs: 10_000 } })],
  }),
  seen('hopeless', 'Owed for days', { sessions: [hopeless] }),
  seen(
    'hopeless-forgetting',
    'Before it is forgotten',
    { sessions: [hopeless] },
    { steps: [{ press: '[data-does=ask-forget]' }] },
  ),
  seen('refused', 'The server refused', {
    sessions: [
      owedWith({ obstacle: { is: 'refused', code: 28, message: 'This account is in maintenance mode.' } }),
    ],
  }),
  seen('too-large', 'The answer is too long to be FogBugz’s', {
    sessions: [owedWith({ obstacle: { is: 'too-large' } })],
  }),
  seen('not-fogbugz', 'Something else answers there', {
    sessions: [owedWith({ obstacle: { is: 'not-fogbugz', status: 200 } })],
  }),
  seen('unavailable', 'The server is busy', {
    sessions: [owedWith({ obstacle: { is: 'unavailable', status: 503 } })],
  }),
  seen('still-alive', 'The server said yes, and the session lives', {
    sessions: [owedWith({ obstacle: { is: 'still-alive' } })],
  }),
  seen('redirected', 'The site leads somewhere else', {
    sessions: [owedWith({ obstacle: { is: 'redirected' } })],
  }),
  seen('page-still-on', 'The site’s own pages are still logged on', {
    sessions: [owedWith({ obstacle: { is: 'page-still-on' } })],
  }),
  seen('owed-not-permitted', 'The permission is missing, and a log-off owed', {
    sessions: [owedWith({ since: now - hour, obstacle: { is: 'not-permitted' } })],
    trouble: [{ is: 'no-permission', site: acme }],
  }),
  seen('no-permission', 'The permission is missing', {
    sessions: [sessionWith()],
    trouble: [{ is: 'no-permission', site: acme }],
  }),
  seen('set-aside', 'Records that could not be read', { trouble: [{ is: 'set-aside', count: 2 }] }),
  seen('settings-aside', 'Settings that could not be read', { trouble: [{ is: 'settings-aside' }] }),
  seen(
    'lost',
    'A click that nobody took in',
    { sessions: [sessionWith()] },
    { answers: { command: 'lost' }, steps: [{ press: '[data-does=log-off]' }] },
  ),
  guard('guard-missing', 'The Guard is missing', { is: 'missing' }),
  guard('guard-outdated', 'The Guard is outdated', { is: 'guard-outdated', version: '0.0.1' }),
  guard('guard-newer', 'The Guard is newer than the extension', {
    is: 'extension-outdated',
    version: '2.0.0',
  }),
  guard('guard-refuses', 'The Guard serves another extension', { is: 'refuses' }),
  guard('guard-not-permitted', 'The Guard is not permitted', { is: 'not-permitted' }),
  guard('guard-unreached', 'The Guard cannot reach the site', {
    is: 'connected',
    version: '0.1.0',
    sessions: { one: 'timed-out' },
  }),
];
