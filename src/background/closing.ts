import { type Line, sendAtClose } from '../browser/line.ts';
import { isOwnStore } from '../browser/stores.ts';
import type { Site } from '../fogbugz/site.ts';
import type { Session } from '../session/session.ts';
import type { Keeper } from './keeper.ts';

/**
 * What happens when the browser closes. One synchronous function, outside every queue: a closing browser no longer
 * answers its extensions and is gone 100 to 500 ms later, so what is not on the wire when this returns will not be.
 * It reads the mirror, writes nothing, awaits nothing; the stored open records are the write-ahead, because the next
 * start turns them into owed ones.
 */
export function createClosing(
  keeper: Keeper,
  siteOf: (base: string) => Site | undefined,
  line: Line = sendAtClose,
) {
  const sent = new Set<string>();
  return {
    close(): void {
      const due = oneSiteAfterTheOther(keeper.endingAtClose().filter(({ id }) => !sent.has(id)));
      const replies = new Map<string, ReturnType<Line>>();
      for (const session of due) {
        const { id, site: base, token } = session;
        sent.add(id);
        replies.set(
          id,
          line(siteOf(base) ?? guess(base), token, isInItsCookie(session) ? 'holds-it' : 'unknown'),
        );
      }
      keeper.closed(replies);
    },
    /** A tab was opened: the browser lives, and the next close is another one. */
    reopened: (): void => sent.clear(),
  };
}

/** An open session's cookie holds its token: a change of the cookie ends the session, and a gone one is looked into. */
function isInItsCookie({ source, state }: Session): boolean {
  const isOpen = state.is === 'open' || state.is === 'counting-down';
  return isOpen && source.is === 'web' && isOwnStore(source.cookie);
}

/** Before a site was found out, which takes as long as one request: what every FogBugz of the last ten years takes. */
function guess(base: string): Site {
  return { base, dialect: 'json', endpoint: `${base}f/api/0/jsonapi`, redirected: true };
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
