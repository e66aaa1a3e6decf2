import type { Command } from '../browser/commands.ts';
import { lockedAt, refuseLocked, rulesFor, without } from '../session/settings.ts';
import type { Keeper } from './keeper.ts';

export type ObeyPorts = {
  /** Other settings count: what doesn't look at them each time is told. */
  readonly settled: () => Promise<void>;
  readonly tryGuard: () => void;
  readonly endDrill: () => Promise<void>;
};

/** What the commands of the pages mean. */
export function createObey(
  keeper: Keeper,
  removeSite: (base: string) => Promise<void>,
  { settled, tryGuard, endDrill }: ObeyPorts,
  now: () => number,
): (command: Command) => Promise<void> {
  return async command => {
    const at = now();
    switch (command.do) {
      case 'log-off':
        return keeper.tell(command.id, { is: 'triggered', trigger: 'click', at });
      case 'log-off-everywhere':
        return keeper.tellAll({ is: 'triggered', trigger: 'click', at });
      case 'stay-once':
        return keeper.tell(command.id, { is: 'stay-once', on: command.on });
      case 'keep-on':
        return keeper.tell(command.id, { is: 'kept-on' });
      case 'try-now':
        return keeper.tell(command.id, { is: 'try-now', at });
      case 'forget':
        return keeper.tell(command.id, { is: 'forgotten', at });
      case 'revoke-key':
        return keeper.tell(command.id, { is: 'revoked', at });
      case 'drop-key':
        return keeper.tell(command.id, { is: 'dropped' });
      case 'change-settings':
        await keeper.changeSettings(() => command.change);
        return settled();
      case 'set-exception': {
        const { site, rules } = command;
        return keeper.changeSettings(({ exceptions: { [site]: _, ...others } }) => {
          const locked = lockedAt(keeper.managed(), site);
          refuseLocked(rules, rulesFor(keeper.settings(), site), locked);
          const own = without(rules, locked);
          return { exceptions: Object.keys(own).length > 0 ? { ...others, [site]: own } : others };
        });
      }
      case 'import-settings': {
        const { ownSites: more = [], exceptions: others = {}, ...simple } = command.settings;
        await keeper.changeSettings(({ ownSites, exceptions }) => ({
          ...simple,
          ownSites: [...new Set([...ownSites, ...more])],
          exceptions: { ...exceptions, ...others },
        }));
        return settled();
      }
      case 'remove-site':
        return removeSite(command.base);
      case 'try-guard':
        return tryGuard();
      case 'end-drill':
        return endDrill();
      case 'clear-history':
        return keeper.clearHistory();
      default:
        command satisfies never;
    }
  };
}
