import { fitsSync, type Synced } from '../browser/synced.ts';
import type { Chosen } from '../session/settings.ts';
import type { Keeper } from './keeper.ts';

export type SyncedPorts = {
  readonly load: () => Promise<Synced>;
  readonly save: (chosen: Chosen) => Promise<void>;
  /** Other settings count now. */
  readonly settled: () => Promise<void>;
};

/**
 * Carries the settings to the user's other computers and back. The copy on this one's disk is what counts: without
 * sync, or with one that refuses, everything goes on here, and the next start tries again.
 */
export function createSynced(keeper: Pick<Keeper, 'chosen' | 'takeOver'>, ports: SyncedPorts) {
  let queue: Promise<void> = Promise.resolve();
  const enqueue = (job: () => Promise<void>): Promise<void> => {
    queue = queue.then(job).catch((error: unknown) => console.error('The settings were not synced', error));
    return queue;
  };

  /** Takes over what is newer there, and puts there what is newer here. */
  const compare = async (): Promise<void> => {
    const { changedAt, settings } = await ports.load();
    const ours = keeper.chosen();
    // Nobody else has seen them: a later change elsewhere, made without them, must not take them away.
    if (!fitsSync(ours.settings)) return;
    if (changedAt > ours.changedAt) {
      // Not all of it may have come yet; then its last part calls again.
      if (!settings) return;
      await keeper.takeOver(settings, changedAt);
      await ports.settled();
    } else if (changedAt < ours.changedAt) {
      await ports.save(ours);
    }
  };

  return {
    /** To be called when either may have changed. Several changes in a row are one write. */
    compare: (): Promise<void> => enqueue(compare),
  };
}
