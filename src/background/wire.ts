import { isPermitted } from '../browser/permissions.ts';
import { deleteSite, saveSite } from '../browser/storage.ts';
import { check } from '../fogbugz/check.ts';
import { discover } from '../fogbugz/discover.ts';
import { logOff } from '../fogbugz/log-off.ts';
import type { Failure } from '../fogbugz/outcome.ts';
import { viewPerson } from '../fogbugz/person.ts';
import type { Site } from '../fogbugz/site.ts';
import type { Obstacle, Person } from '../session/session.ts';
import type { Token } from '../token.ts';

/** FogBugz as the keeper sees it: bases and tokens in, values out. Which API a site speaks is known here alone. */
export type Wire = {
  readonly logOff: (base: string, token: Token) => Promise<'logged-off' | 'already-off' | Obstacle>;
  readonly check: (base: string, token: Token) => Promise<'alive' | 'dead' | 'unknown'>;
  readonly person: (base: string, token: Token) => Promise<Person | undefined>;
  /** The site as far as it is known by now, without asking anybody. */
  readonly known: (base: string) => Site | undefined;
};

/** Finds a site out in good time, if that has not been possible before: the closing function can't ask. */
type Learning = { readonly learn: (base: string) => Promise<void> };

/** `mayWrite`: whether a site may stand on the disk; one that only private windows know may not. */
export function createWire(sites: Map<string, Site>, mayWrite: (base: string) => boolean): Wire & Learning {
  const discovering = new Map<string, Promise<Site | Obstacle>>();

  /** Finds a site out once, however many ask at the same time. */
  const siteOf = (base: string): Promise<Site | Obstacle> => {
    const known = sites.get(base);
    if (known) return Promise.resolve(known);
    const under = discovering.get(base) ?? find(base).finally(() => discovering.delete(base));
    discovering.set(base, under);
    return under;
  };

  const find = async (base: string): Promise<Site | Obstacle> => {
    const found = await discover(base);
    switch (found.is) {
      case 'site':
        sites.set(base, found.site);
        // Only saves the next worker the question.
        if (mayWrite(base)) await saveSite(base, found.site).catch(() => undefined);
        return found.site;
      case 'moved':
        return { is: 'redirected' };
      case 'bad-address':
        return { is: 'not-fogbugz', status: 0 };
      default:
        return obstacle(base, found);
    }
  };

  return {
    async logOff(base, token) {
      const site = await siteOf(base);
      if (!('dialect' in site)) return site;
      const outcome = await logOff(site, token);
      if (outcome.is === 'logged-off' || outcome.is === 'already-off') return outcome.is;
      if (outcome.is === 'not-fogbugz' || outcome.is === 'redirected') {
        // It may have moved, or speak another dialect since an update: the next attempt finds out again.
        sites.delete(base);
        await deleteSite(base).catch(() => undefined);
      }
      return obstacle(base, outcome);
    },
    async check(base, token) {
      const site = await siteOf(base);
      if (!('dialect' in site)) return 'unknown';
      const outcome = await check(site, token);
      return outcome.is === 'alive' || outcome.is === 'dead' ? outcome.is : 'unknown';
    },
    async person(base, token) {
      const site = await siteOf(base);
      if (!('dialect' in site)) return undefined;
      const outcome = await viewPerson(site, token);
      return outcome.is === 'person' ? { name: outcome.name, email: outcome.email } : undefined;
    },
    known: base => sites.get(base),
    learn: async base => void (await siteOf(base)),
  };
}

/** Without permission the browser lets the request fail like a dead network does; the user should be told which. */
async function obstacle(base: string, failure: Failure): Promise<Obstacle> {
  return failure.is === 'unreachable' && !(await isPermitted(base)) ? { is: 'not-permitted' } : failure;
}
