import { isOnDemand } from '../fogbugz/address.ts';
import type { DiscoverOutcome } from '../fogbugz/discover.ts';
import { hasMoved } from '../fogbugz/log-off-where-it-is.ts';
import type { Failure } from '../fogbugz/outcome.ts';
import type { Site } from '../fogbugz/site.ts';
import type { Obstacle } from '../session/session.ts';
import { createQueue } from './queue.ts';

export type SitesPorts = {
  readonly discover: (base: string) => Promise<DiscoverOutcome>;
  readonly save: (sites: ReadonlyMap<string, Site>) => Promise<void>;
  /** Whether a site may stand on the disk; one that only private windows know may not. */
  readonly mayWrite: (base: string) => boolean;
  readonly isPermitted: (base: string) => Promise<boolean>;
};

export type Sites = ReturnType<typeof createSites>;

/** What is known of sites, by their base: found out once, without a token, long before it is needed. */
export function createSites(ports: SitesPorts) {
  const known = new Map<string, Site>();
  /** Those of them that are not on demand, and may be dropped again. */
  const own = new Set<string>();
  /** Those that the disk may know. */
  const written = new Set<string>();
  const discovering = new Map<string, Promise<Site | Obstacle>>();

  /** Only saves the next worker the question, so a failure is nobody's trouble. */
  const write = async (): Promise<void> => {
    for (const base of known.keys()) if (!written.has(base) && ports.mayWrite(base)) written.add(base);
    await ports.save(new Map([...known].filter(([base]) => written.has(base)))).catch(() => undefined);
  };
  const inTurn = createQueue();
  /** What is learnt while it is being written is written together, once, after that. */
  const save = (): Promise<void> => inTurn(write);

  const learn = (base: string, site: Site): void => {
    known.set(base, site);
    if (!isOnDemand(new URL(base).hostname)) own.add(base);
  };

  const put = async (base: string, site: Site): Promise<void> => {
    learn(base, site);
    await save();
  };

  const find = (base: string): Promise<Site | Obstacle> => {
    const before = known.get(base);
    return before ? Promise.resolve(before) : findOut(base);
  };

  /** Once, however many ask at the same time. */
  const findOut = (base: string): Promise<Site | Obstacle> => {
    const under =
      discovering.get(base) ??
      ports
        .discover(base)
        .then(found => take(base, found))
        .finally(() => discovering.delete(base));
    discovering.set(base, under);
    return under;
  };

  const take = async (base: string, found: DiscoverOutcome): Promise<Site | Obstacle> => {
    switch (found.is) {
      case 'site':
        await put(base, found.site);
        return found.site;
      case 'moved':
        return { is: 'redirected' };
      case 'bad-address':
        return { is: 'not-fogbugz', status: 0 };
      default:
        return obstacle(base, found);
    }
  };

  /** Without permission the browser lets a request fail like a dead network does; the user should be told which. */
  const obstacle = async (base: string, failure: Failure): Promise<Obstacle> =>
    failure.is === 'unreachable' && !(await ports.isPermitted(base)) ? { is: 'not-permitted' } : failure;

  return {
    restore(sites: ReadonlyMap<string, Site>): void {
      for (const [base, site] of sites) {
        learn(base, site);
        written.add(base);
      }
    },
    /** As far as it is known by now, without asking anybody. */
    known: (base: string): Site | undefined => known.get(base),
    /** Bases of those that may be dropped, because they are not on demand. */
    droppable: (): readonly string[] => [...own],
    find,
    put,
    obstacle,
    /** It may have moved, or speak another dialect since an update. Undefined: nothing else than before was found. */
    async findAgain(base: string, former: Site): Promise<Site | undefined> {
      // The former one stays known meanwhile: the closing function can't wait, and guesses worse.
      const found = await findOut(base);
      if (!isSite(found)) return undefined;
      if (hasMoved(former, found)) return found;
      // Still the same: what was learnt of its pages stands.
      await put(base, { ...former, ...found });
      return undefined;
    },
    /** Resolves to whether it was known. */
    async drop(base: string): Promise<boolean> {
      const was = known.delete(base);
      own.delete(base);
      written.delete(base);
      if (was) await save();
      return was;
    },
  };
}

export function isSite(found: Site | Obstacle): found is Site {
  return 'dialect' in found;
}
