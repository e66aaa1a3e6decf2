import type { CookieChange, TokenCookie } from '../browser/cookies.ts';
import type { TabFact } from '../browser/tabs.ts';
import { isAt, isOnDemand, isSentTo, withTls } from '../fogbugz/address.ts';
import type { Event } from '../session/event.ts';
import { type CookieIdentity, isOpen, keyOf, openSession, type Session } from '../session/session.ts';
import type { Keeper } from './keeper.ts';

export type AdoptionPorts = {
  readonly allCookies: () => Promise<readonly TokenCookie[]>;
  readonly cookie: (identity: CookieIdentity) => Promise<TokenCookie | undefined>;
  readonly removeDeadCookie: (cookie: TokenCookie) => Promise<void>;
  readonly isDead: (cookie: TokenCookie) => Promise<boolean>;
  readonly isPermitted: (base: string) => Promise<boolean>;
  /** Bases of the servers that the user added. */
  readonly ownSites: () => readonly string[];
  readonly tabsWith: (identity: CookieIdentity) => readonly TabFact[];
  readonly now: () => number;
};

/**
 * A page may write its cookie as often as it likes, and each value might be a token that has to be logged off. One that
 * never stops would fill the storage, and then nobody's sessions could be saved. More than this no user has.
 */
const mostAtSite = 1_000;

/**
 * Makes sessions of log-on cookies, without the user doing anything. An event only says that a cookie changed; what
 * counts is what the browser holds when its turn in the queue comes.
 */
export function createAdoption(keeper: Keeper, ports: AdoptionPorts) {
  /** Cookies whose token belongs to a site that is not known: domain-wide ones that no tab has used yet, mostly. */
  const unplaced = new Map<string, TokenCookie>();
  /** Changes that the browser has told and the queue has not come to. */
  let waiting = 0;

  const adopt = async (cookie: TokenCookie): Promise<void> => {
    const key = keyOf(cookie.identity);
    unplaced.delete(key);
    for (const session of openIn(key)) {
      if (!session.token.equals(cookie.token)) {
        await lost(session, { is: 'triggered', trigger: 'replaced', at: ports.now() });
      }
    }
    const holder = [...keeper.sessions()].find(({ token }) => token.equals(cookie.token));
    if (holder) {
      // Logged on in the popup, or pasted; now the pages have it as well.
      if (holder.source.is !== 'web')
        await keeper.apply(holder.id, { is: 'cookie-moved', cookie: cookie.identity });
      return;
    }
    if (await ports.isDead(cookie)) return ports.removeDeadCookie(cookie);
    const site = siteOf(cookie);
    if (site === undefined || isCrowded(site)) {
      unplaced.set(key, cookie);
      return;
    }
    const { identity, token, private: fleeting } = cookie;
    const source = { is: 'web', cookie: identity } as const;
    const since = ports.now();
    await keeper.add(openSession({ site, token, source, kind: 'session', private: fleeting, since }));
  };

  const isCrowded = (site: string): boolean => {
    const crowded = keeper.countAt(site) >= mostAtSite;
    if (crowded) console.error('One site has more sessions than anybody could have opened');
    return crowded;
  };

  /** The open session that came from the cookie with this key. Former ones may still be owed, whatever it holds now. */
  const openIn = (key: string): readonly Session[] =>
    [...keeper.sessions()].filter(
      ({ source, state }) => isOpen(state) && source.is === 'web' && keyOf(source.cookie) === key,
    );

  /**
   * The one site that the cookie can belong to. Where several share its host, or it is domain-wide, the tabs that use
   * it say which; where they name several or none, nobody knows, and nobody is sent the token.
   */
  const siteOf = ({ identity, secure }: TokenCookie): string | undefined => {
    const at = siteIn(identity);
    return at !== undefined && secure ? withTls(at) : at;
  };

  const siteIn = (identity: CookieIdentity): string | undefined => {
    const used = ports.tabsWith(identity).flatMap(({ url }) => (url ? (siteAt(url) ?? []) : []));
    if (!identity.hostOnly) return theOnly(used);
    const { domain } = identity;
    const possible = [
      ...ports
        .ownSites()
        .filter(base => isSentTo({ ...identity, path: '/' }, base) && sharesPath(identity.path, base)),
      ...(isOnDemand(domain) ? [`https://${domain}/`] : []),
    ];
    return theOnly(possible) ?? theOnly(possible.filter(base => used.includes(base)));
  };

  /** The site that a page belongs to: on demand, or the innermost of the user's own. */
  const siteAt = (url: string): string | undefined => {
    const { hostname } = new URL(url);
    if (isOnDemand(hostname)) return `https://${hostname}/`;
    const own = ports.ownSites().filter(base => isAt(base, url));
    return own.sort((a, b) => b.length - a.length)[0];
  };

  const vanished = async (session: Session): Promise<void> => {
    if (!isOpen(session.state)) return;
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
    changed: (change: CookieChange): Promise<void> => {
      waiting += 1;
      return keeper
        .enqueue(async () => {
          const identity = change.is === 'set' ? change.cookie.identity : change.identity;
          const cookie = await ports.cookie(identity);
          if (cookie) return adopt(cookie);
          const key = keyOf(identity);
          unplaced.delete(key);
          for (const session of openIn(key)) await vanished(session);
        })
        .finally(() => {
          waiting -= 1;
        });
    },

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

    /** A page of FogBugz came up: not every browser tells of a cookie that has expired. */
    look: (url: string): Promise<void> =>
      keeper.enqueue(async () => {
        for (const there of groupedByCookie(keeper.sessions(), url)) {
          const [{ cookie: identity }] = there;
          const cookie = await ports.cookie(identity);
          if (!cookie) for (const { session } of there) await vanished(session);
          else if (there.some(({ session }) => !cookie.token.equals(session.token))) await adopt(cookie);
        }
      }),

    isGone: async ({ source, token }: Session): Promise<boolean> => {
      if (source.is !== 'web') return true;
      const cookie = await ports.cookie(source.cookie);
      return !cookie?.token.equals(token);
    },

    /** Whether every cookie that a request to the site would carry is known to be some session's. */
    isSettled: (base: string): boolean =>
      waiting === 0 && ![...unplaced.values()].some(({ identity }) => isSentTo(identity, base)),
  };
}

/** The one that they all are. */
function theOnly(bases: readonly string[]): string | undefined {
  const [first, another] = new Set(bases);
  return another === undefined ? first : undefined;
}

type InCookie = { readonly session: Session; readonly cookie: CookieIdentity };

/** The sessions whose cookie a page is sent. Each cookie is looked at once, however many sessions it has had. */
function groupedByCookie(
  sessions: Iterable<Session>,
  url: string,
): Iterable<readonly [InCookie, ...InCookie[]]> {
  const page = new URL(url);
  const groups = new Map<string, [InCookie, ...InCookie[]]>();
  for (const session of sessions) {
    if (session.source.is !== 'web' || !isSentTo(session.source.cookie, page)) continue;
    const { cookie } = session.source;
    const there = groups.get(keyOf(cookie));
    if (there) there.push({ session, cookie });
    else groups.set(keyOf(cookie), [{ session, cookie }]);
  }
  return [...groups.values()];
}

/** Whether the pages of a site and a cookie's path have anything in common. */
function sharesPath(path: string, base: string): boolean {
  const [a, b] = [path.endsWith('/') ? path : `${path}/`, new URL(base).pathname];
  return a.startsWith(b) || b.startsWith(a);
}
