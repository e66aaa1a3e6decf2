import type { Face, SiteView } from '../src/browser/face.ts';
import { logOffAsCurl } from '../src/fogbugz/request.ts';
import { type Dialect, usualEndpoint } from '../src/fogbugz/site.ts';
import { defaultSettings } from '../src/session/settings.ts';
import type { HistoryEntry, SessionView } from '../src/session/view.ts';

/** What the gallery's states are made of. */

/** The gallery's clock stands: Thursday, 12 March 2026, 14:32:20 UTC. */
export const now = Date.UTC(2026, 2, 12, 14, 32, 20);

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const acme = 'https://acme.fogbugz.com/';
export const beta = 'https://beta.manuscript.com/';
export const own = 'https://bugs.example.com/fogbugz/';
export const plain = 'http://intranet:8080/';

export function sessionWith(changes: Partial<SessionView> = {}): SessionView {
  return {
    id: 'one',
    site: acme,
    source: 'web',
    kind: 'session',
    private: false,
    container: false,
    since: now - 5 * hour - 20 * minute,
    person: { name: 'Ada Lovelace', email: 'ada@example.com' },
    staysOnce: false,
    seenAliveAt: now - 2 * minute,
    state: { is: 'open', inUse: true },
    ...changes,
  };
}

type Owed = Extract<SessionView['state'], { is: 'owed' }>;

/** A session whose log-off meets an obstacle. */
export function owedWith(changes: Partial<Owed>): SessionView {
  return sessionWith({
    state: {
      is: 'owed',
      trigger: 'last-tab',
      since: now - 4 * minute,
      attempts: 5,
      nextTryAt: now + 40 * second,
      ...changes,
    },
  });
}

export function siteWith(changes: Partial<SiteView> = {}): SiteView {
  const { base = acme } = changes;
  return {
    base,
    own: false,
    dialect: 'json',
    curl: { json: curlOf(base, 'json'), xml: curlOf(base, 'xml') },
    ...changes,
  };
}

function curlOf(base: string, dialect: Dialect): string {
  return logOffAsCurl({ dialect, endpoint: usualEndpoint(base, dialect) }, 'TOKEN');
}

export function entryWith(changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id: 'entry',
    at: now - 20 * hour,
    site: acme,
    person: 'Ada Lovelace',
    trigger: 'last-tab',
    outcome: 'logged-off',
    attempts: 1,
    ms: 43,
    confirmed: true,
    ...changes,
  };
}

/** What a page is given when all is well and nobody is logged on. */
export function faceWith(changes: Partial<Face> = {}): Face {
  const { settings = defaultSettings } = changes;
  return {
    sessions: [],
    settings,
    chosen: settings,
    managed: {},
    policySlips: [],
    sync: 'follows',
    history: [entryWith()],
    sites: [siteWith()],
    privateWindows: 'allowed',
    guarding: { is: 'off' },
    keepsRunning: false,
    notices: 'allowed',
    installed: 'for-good',
    drill: undefined,
    trouble: [],
    ...changes,
  };
}

/** As many sessions as nobody has, each at a site of its own. */
export function sessionsAtOnce(count: number): readonly SessionView[] {
  return Array.from({ length: count }, (_, index) =>
    sessionWith({ id: `session-${index}`, site: `https://team-${index}.fogbugz.com/`, since: now - index }),
  );
}

/** Newest first; all kinds of ends in turn. */
export function historyOf(count: number): readonly HistoryEntry[] {
  const kinds: readonly Partial<HistoryEntry>[] = [
    {},
    { trigger: 'browser-close', ms: 12, confirmed: false },
    { trigger: 'click', site: beta, person: 'Grace Hopper', ms: 187 },
    { trigger: 'startup', attempts: 3, ms: 14 * hour, outcome: 'already-off' },
    { trigger: 'idle', site: own, ms: 62 },
    { trigger: 'cookie-gone', attempts: 0, ms: 0, outcome: 'by-page' },
    { trigger: 'guard', ended: 'browser-died', ms: 840 },
    {
      trigger: 'daily',
      site: plain,
      person: '',
      attempts: 31,
      ms: 3 * day,
      outcome: 'forgotten',
      confirmed: false,
    },
  ];
  return Array.from({ length: count }, (_, index) =>
    entryWith({
      ...kinds[index % kinds.length],
      id: `entry-${index}`,
      at: now - 2 * hour - index * 11 * hour - (index % 7) * minute,
    }),
  );
}
