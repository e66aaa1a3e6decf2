import type { CookieChange, TokenCookie } from '../browser/cookies.ts';
import { keyOf } from '../browser/cookies.ts';
import type { TabFact } from '../browser/tabs.ts';
import type { CookieIdentity, Session } from '../session/session.ts';
import type { Event } from '../session/transition.ts';
import type { Keeper } from './keeper.ts';

export type AdoptionPorts = {
  readonly allCookies: () => Promise<readonly TokenCookie[]>;
  readonly cookie: (identity: CookieIdentity) => Promise<TokenCookie | undefined>;
  readonly removeDeadCookie: (cookie: TokenCookie) => Promise<void>;
  readonly isDead: (cookie: TokenCookie) => Promise<boolean>;
  readonly isPermitted: (base: string) => Promise<boolean>;
  readonly tabsWith: (identity: CookieIdentity) => readonly TabFact[];
  readonly now: () => number;
};

/**
 * Makes sessions of log-on cookies, without the user doing anything. An event only says that a cookie changed; what
 * counts is what the browser holds when its turn in the queue comes.
 */
export function createAdoption(keeper: Keeper, ports: AdoptionPorts) {
  /** Domain-wide cookies that no tab has used yet: their token belongs to a site that is not known. */
  const unplaced = new Map<string, TokenCookie>();

  const adopt = async (cookie: TokenCookie): Promise<void> => {
    const key = keyOf(cookie.identity);
    unplaced.delete(key);
    for (const session of sessionsIn(key)) {
      if (!session.token.equals(cookie.token)) {
        await lost(session, { is: 'triggered', trigger: 'replaced', at: ports.now() });
      }
    }
    if (keeper.holds(cookie.token)) return;
    if (await ports.isDead(cookie)) return ports.removeDeadCookie(cookie);
    const site = siteOf(cookie.identity);
    if (site === undefined) {
      unplaced.set(key, cookie);
      return;
    }
    await keeper.add(newSession(cookie, site, ports.now()));
  };

  /** The sessions that came from the cookie with this key: a former one may still be owed. */
  const sessionsIn = (key: string): readonly Session[] =>
    [...keeper.sessions()].filter(({ source }) => source.is === 'web' && keyOf(source.cookie) === key);

  /** On-demand: the host of a host-only cookie; otherwise that of the tabs that use it, if it is one: never a guess. */
  const siteOf = (identity: CookieIdentity): string | undefined => {
    const hosts = identity.hostOnly
      ? [identity.domain]
      : ports.tabsWith(identity).flatMap(({ url }) => (url ? [new URL(url).hostname] : []));
    const [host, another] = new Set(hosts.filter(isOnDemand));
    return host && !another ? `https://${host}/` : undefined;
  };

  const vanished = async (session: Session): Promise<void> => {
    // Without permission the browser hides a cookie; that is no sign that it went.
    if (!(await ports.isPermitted(session.site))) return;
    await lost(session, { is: 'cookie-vanished' });
  };

  /** Its cookie has its token no more. That is an end only if no other cookie has it. */
  const lost = async (session: Session, event: Event): Promise<void> => {
    const other = (await ports.allCookies()).find(({ token }) => token.equals(session.token));
    await keeper.apply(session.id, other ? { is: 'cookie-moved', cookie: other.identity } : event);
  };

  return {
    changed: (change: CookieChange): Promise<void> =>
      keeper.enqueue(async () => {
        const identity = change.is === 'set' ? change.cookie.identity : change.identity;
        const cookie = await ports.cookie(identity);
        if (cookie) return adopt(cookie);
        const key = keyOf(identity);
        unplaced.delete(key);
        for (const session of sessionsIn(key)) await vanished(session);
      }),

    /** Compares every cookie with every session: at each start of a worker, which may have slept through changes. */
    reconcile: (): Promise<void> =>
      keeper.enqueue(async () => {
        const cookies = await ports.allCookies();
        for (const cookie of cookies) await adopt(cookie);
        const present = new Set(cookies.map(({ identity }) => keyOf(identity)));
        for (const session of [...keeper.sessions()]) {
          if (session.source.is === 'web' && !present.has(keyOf(session.source.cookie)))
            await vanished(session);
        }
      }),

    /** FogBugz pages came or went: a cookie that waited for one of them may have found its site. */
    place: (): Promise<void> =>
      unplaced.size === 0
        ? Promise.resolve()
        : keeper.enqueue(async () => {
            for (const cookie of [...unplaced.values()]) await adopt(cookie);
          }),

    isGone: async ({ source, token }: Session): Promise<boolean> => {
      if (source.is !== 'web') return true;
      const cookie = await ports.cookie(source.cookie);
      return !cookie?.token.equals(token);
    },
  };
}

/** A customer's host below one of the vendor's two domains, whose own web site stands there as well. */
function isOnDemand(host: string): boolean {
  return /^(?!(?:www|support)\.)[a-z\d.-]+\.(fogbugz|manuscript)\.com$/.test(host);
}

function newSession({ identity, token, ...cookie }: TokenCookie, site: string, now: number): Session {
  return {
    id: crypto.randomUUID(),
    site,
    token,
    source: { is: 'web', cookie: identity },
    kind: 'session',
    private: cookie.private,
    since: now,
    staysOnce: false,
    state: { is: 'open', inUse: false },
  };
}
