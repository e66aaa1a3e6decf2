import type { SiteAdded } from '../browser/commands.ts';
import { isOnDemand, parseAddress } from '../fogbugz/address.ts';
import type { DiscoverOutcome } from '../fogbugz/discover.ts';
import type { Keeper } from './keeper.ts';
import type { Sites } from './sites.ts';

export type OwnSitesPorts = {
  readonly discover: (base: string) => Promise<DiscoverOutcome>;
  readonly isPermitted: (base: string) => Promise<boolean>;
  readonly dropAccess: (base: string) => Promise<void>;
  /** Bases of the servers that came with the build: nothing of theirs is added or given back. */
  readonly given: readonly string[];
  /** Looks for sessions that are open there already. */
  readonly added: () => void;
  readonly now: () => number;
};

/** The servers that the user added. The permission to reach one is asked for by the page, and given back here. */
export function createOwnSites(keeper: Keeper, sites: Sites, ports: OwnSitesPorts) {
  const bases = (): readonly string[] => [...ports.given, ...keeper.settings().ownSites];

  /** Gives the permission back unless another site, added or about to be logged off, lives on the same host. */
  const release = async (base: string): Promise<void> => {
    const { hostname } = new URL(base);
    const wanted = [...bases(), ...[...keeper.sessions()].map(({ site }) => site)];
    if (isOnDemand(hostname) || wanted.some(other => new URL(other).hostname === hostname)) return;
    await ports.dropAccess(base).catch((error: unknown) => console.error('A permission was kept', error));
  };

  return {
    async add(address: string): Promise<SiteAdded> {
      const parsed = parseAddress(address);
      if (parsed.is !== 'address') return { is: 'bad-address' };
      if (!(await ports.isPermitted(parsed.base))) return { is: 'failed', obstacle: { is: 'not-permitted' } };
      const found = await ports.discover(parsed.base);
      if (found.is === 'site') {
        const { base } = found.site;
        await keeper.changeSettings(({ ownSites }) => ({
          ownSites: [...ports.given, ...ownSites].includes(base) ? ownSites : [...ownSites, base],
        }));
        await sites.put(base, found.site);
        ports.added();
        return { is: 'added', base };
      }
      await release(parsed.base);
      if (found.is === 'moved') return found;
      if (found.is === 'bad-address') return { is: 'bad-address' };
      return { is: 'failed', obstacle: found };
    },

    /** Logs off there first. The site is forgotten once nothing is owed to it any more. */
    async remove(base: string): Promise<void> {
      await keeper.changeSettings(({ ownSites, exceptions }) => {
        // Asked in the queue: this may have woken the worker, which then knows the policy.
        if ([...ports.given, ...(keeper.managed().ownSites ?? [])].includes(base))
          throw new Error('Added by the administrator');
        return {
          ownSites: ownSites.filter(one => one !== base),
          exceptions: Object.fromEntries(Object.entries(exceptions).filter(([site]) => site !== base)),
        };
      });
      const there = [...keeper.sessions()].filter(({ site }) => site === base).map(({ id }) => id);
      await keeper.enqueue(async () => {
        await keeper.applyAll(there, { is: 'triggered', trigger: 'site-removed', at: ports.now() });
        await keeper.applyAll(there, { is: 'dropped' });
      });
    },

    /** Forgets the sites that were removed and have no session left. */
    async tidy(): Promise<void> {
      // At every change of anything: what it looks at are servers of the user's own, and no sessions.
      for (const base of sites.droppable()) {
        if (keeper.countAt(base) > 0 || bases().includes(base)) continue;
        if (await sites.drop(base)) await release(base);
      }
    },
  };
}
