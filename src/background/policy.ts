import { type Policy, readPolicy } from '../browser/policy.ts';
import type { Stored } from '../browser/records.ts';
import type { Keeper } from './keeper.ts';

export type PolicyPorts = {
  readonly load: () => Promise<Stored>;
  readonly save: (policy: Stored) => Promise<void>;
  /** Other settings count now. */
  readonly settled: () => Promise<void>;
};

/**
 * What an administrator sets. As it starts, Chromium takes seconds to tell; until then, what it told last counts. A
 * copy on the disk keeps that, and the pages read it, too.
 */
export function createPolicy(keeper: Pick<Keeper, 'manage'>, ports: PolicyPorts) {
  let known = '';
  return {
    restore: ({ stored }: Policy): void => {
      known = JSON.stringify(stored);
    },
    async look(): Promise<void> {
      const { stored, settings, unreadable } = readPolicy(await ports.load());
      for (const name of unreadable) console.error(`An administrator's setting could not be read: ${name}`);
      const text = JSON.stringify(stored);
      if (text === known) return;
      await keeper.manage(settings);
      await ports.save(stored);
      known = text;
      await ports.settled();
    },
  };
}
