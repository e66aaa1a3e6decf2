import type { Site } from '../fogbugz/site.ts';
import type { Receipt } from '../guard-messages.ts';
import type { Keeper } from './keeper.ts';

/** What the Guard has done while no worker was there closes the entries that are owed. Resolves when it is stored. */
export function createReceipts(
  keeper: Pick<Keeper, 'session' | 'guardAnswered'>,
  siteOf: (base: string) => Site | undefined,
): (receipts: readonly Receipt[]) => Promise<void> {
  /** Whether the site's pages have a session of their own, of which the Guard knows nothing. */
  const hasPagesToo = (id: string): boolean => {
    const { source, site } = keeper.session(id) ?? {};
    return source?.is === 'web' && site !== undefined && siteOf(site)?.webSession === 'lives-on';
  };
  return async receipts => {
    for (const { session, outcome, msAfterEnd: ms, ...receipt } of receipts) {
      // What it gave up stays owed here, and so does what it could only half do.
      if (outcome === 'gave-up' || hasPagesToo(session)) continue;
      await keeper.guardAnswered(session, { outcome, ms, ...receipt });
    }
  };
}
