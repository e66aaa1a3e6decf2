import { type Line, type SentCookie, sendAtClose } from '../browser/line.ts';
import { isOwnStore } from '../browser/stores.ts';
import { isSentTo } from '../fogbugz/address.ts';
import { type Site, usualSite } from '../fogbugz/site.ts';
import { isOpen, keyOf, type Session } from '../session/session.ts';
import type { Keeper } from './keeper.ts';

/**
 * What happens when the browser closes. One synchronous function, outside every queue: a closing browser no longer
 * answers its extensions and is gone 100 to 500 ms later, so what is not on the wire when this returns will not be.
 * It reads the mirror, writes nothing, awaits nothing; the stored open records are the write-ahead, because the next
 * start turns them into owed ones.
 */
export function createClosing(
  keeper: Pick<Keeper, 'sessions' | 'endingAtClose' | 'closed'>,
  siteOf: (base: string) => Site | undefined,
  /** Whether every cookie that a request to the site would carry is known to be some session's. */
  cookiesAreKnown: (base: string) => boolean,
  line: Line = sendAtClose,
) {
  const sent = new Set<string>();

  /** What the browser would add to a request for this session that can't leave cookies out. */
  const cookieFor = (session: Session): SentCookie => {
    // A reply's cookies would be kept: nothing of a private window may come to the disk.
    if (session.private || !cookiesAreKnown(session.site)) return 'unknown';
    // Parsed once for all of them: with a hundred sessions, each time would be ten thousand.
    const site = new URL(session.site);
    const carried = new Set([...keeper.sessions()].flatMap(carriedTo(site)));
    if (carried.size === 0) return 'none';
    const [own] = carriedTo(site)(session);
    // An open session's cookie holds its token: a change of the cookie ends the session, and a gone one is looked into.
    return own !== undefined && carried.size === 1 && isOpen(session.state) ? 'its-own' : 'unknown';
  };

  return {
    close(): void {
      const due = oneSiteAfterTheOther(keeper.endingAtClose().filter(({ id }) => !sent.has(id)));
      const replies = new Map<string, ReturnType<Line>>();
      for (const session of due) {
        const { id, site: base, token } = session;
        sent.add(id);
        replies.set(id, line(siteOf(base) ?? usualSite(base), token, cookieFor(session)));
      }
      keeper.closed(replies);
    },
    /** A tab was opened: the browser lives, and the next close is another one. */
    reopened: (): void => sent.clear(),
  };
}

/** The session's cookie, if a request of the extension to that site carries it. */
function carriedTo(site: URL): (session: Session) => readonly string[] {
  return ({ source }) =>
    source.is === 'web' && isOwnStore(source.cookie) && isSentTo(source.cookie, site)
      ? [keyOf(source.cookie)]
      : [];
}

/** One of each site first, then the second ones: each site has one warm connection, and it serves one at a time. */
function oneSiteAfterTheOther(sessions: readonly Session[]): readonly Session[] {
  const seen = new Map<string, number>();
  return sessions
    .map(session => {
      const rank = seen.get(session.site) ?? 0;
      seen.set(session.site, rank + 1);
      return { session, rank };
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ session }) => session);
}
