import { discover } from '../fogbugz/discover.ts';
import { hasMoved, logOffWhereItIs } from '../fogbugz/log-off-where-it-is.ts';
import type { LogOffOutcome } from '../fogbugz/outcome.ts';
import type { SendOptions } from '../fogbugz/send.ts';
import type { Site } from '../fogbugz/site.ts';
import type { Guarded } from './care.ts';

/**
 * Sends log-offs to where their sites are by now: while the browser is gone, nobody but the Guard can notice that one
 * has moved. What is found counts for all sessions of the site, until it is found elsewhere again.
 */
export function createWhereabouts(options: SendOptions): (guarded: Guarded) => Promise<LogOffOutcome> {
  /** By the addresses that the extension knows the sites by. */
  const moved = new Map<string, Site>();
  const asking = new Map<string, Promise<void>>();

  /** Once, however many log-offs met something else at the same time. */
  const ask = (base: string): Promise<void> => {
    const under = asking.get(base) ?? discoverInto(moved, base, options).finally(() => asking.delete(base));
    asking.set(base, under);
    return under;
  };

  return async ({ site, token }) => {
    const elsewhere = (former: Site): Site | undefined => {
      const found = moved.get(site.base);
      return found && hasMoved(former, found) ? found : undefined;
    };
    const findAgain = async (former: Site): Promise<Site | undefined> => {
      // Another log-off may have found it while this one was under way.
      if (!elsewhere(former)) await ask(site.base);
      return elsewhere(former);
    };
    const known = moved.get(site.base) ?? site;
    return (await logOffWhereItIs(known, token, findAgain, options)).outcome;
  };
}

async function discoverInto(sites: Map<string, Site>, base: string, options: SendOptions): Promise<void> {
  const found = await discover(base, options);
  if (found.is === 'site') sites.set(base, found.site);
}
