import type { WebSessionEnd } from '../browser/web-session.ts';
import { check } from '../fogbugz/check.ts';
import { logOffWhereItIs } from '../fogbugz/log-off-where-it-is.ts';
import { viewPerson } from '../fogbugz/person.ts';
import type { Site } from '../fogbugz/site.ts';
import type { Obstacle, Person, Session } from '../session/session.ts';
import type { Token } from '../token.ts';
import { isSite, type Sites } from './sites.ts';

/** FogBugz as the keeper sees it: sessions in, values out. Which API a site speaks is not its business. */
export type Wire = {
  readonly logOff: (session: Session) => Promise<'logged-off' | 'already-off' | Obstacle>;
  readonly check: (base: string, token: Token) => Promise<'alive' | 'dead' | 'unknown'>;
  readonly person: (base: string, token: Token) => Promise<Person | undefined>;
};

/** Finds a site out in good time, if that has not been possible before: the closing function can't ask. */
type Learning = { readonly learn: (base: string) => Promise<void> };

export function createWire(
  sites: Sites,
  endWebSession: (session: Session, site: Site) => Promise<WebSessionEnd>,
): Wire & Learning {
  /** At a site's first log-off, and at each one where the first has shown that the pages want their own. */
  const pagesToo = async (site: Site, session: Session): Promise<Obstacle | undefined> => {
    if (session.source.is !== 'web' || site.webSession === 'ends-too') return undefined;
    const end = await endWebSession(session, site);
    if (end === 'unreachable') return { is: 'unreachable', why: 'its pages could not be reached' };
    if (end === 'ended-too') await sites.put(session.site, { ...site, webSession: 'ends-too' });
    if (end === 'ended-apart' || end === 'still-on') {
      await sites.put(session.site, { ...site, webSession: 'lives-on' });
    }
    return end === 'still-on' ? { is: 'page-still-on' } : undefined;
  };

  return {
    async logOff(session) {
      const known = await sites.find(session.site);
      if (!isSite(known)) return known;
      const { site, outcome } = await logOffWhereItIs(known, session.token, former =>
        sites.findAgain(session.site, former),
      );
      // Whatever a question without a token is told there: Firefox's last request would follow it.
      if (outcome.is === 'redirected') await sites.put(session.site, { ...site, redirected: true });
      if (outcome.is !== 'logged-off' && outcome.is !== 'already-off') {
        return sites.obstacle(session.site, outcome);
      }
      return (await pagesToo(site, session)) ?? outcome.is;
    },
    async check(base, token) {
      const site = await sites.find(base);
      if (!isSite(site)) return 'unknown';
      const outcome = await check(site, token);
      return outcome.is === 'alive' || outcome.is === 'dead' ? outcome.is : 'unknown';
    },
    async person(base, token) {
      const site = await sites.find(base);
      if (!isSite(site)) return undefined;
      const outcome = await viewPerson(site, token);
      return outcome.is === 'person' ? { name: outcome.name, email: outcome.email } : undefined;
    },
    learn: async base => void (await sites.find(base)),
  };
}
