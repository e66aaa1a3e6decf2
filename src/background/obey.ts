import { setButtonPopup } from '../browser/action.ts';
import type { Command } from '../browser/commands.ts';
import type { Keeper } from './keeper.ts';

/** What the commands of the pages mean. */
export function createObey(
  keeper: Keeper,
  removeSite: (base: string) => Promise<void>,
  tryGuard: () => void,
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
        return setButtonPopup(keeper.settings().toolbarClick);
      case 'set-exception': {
        const { site, rules } = command;
        return keeper.changeSettings(({ exceptions: { [site]: _, ...others } }) => ({
          exceptions: Object.keys(rules).length > 0 ? { ...others, [site]: rules } : others,
        }));
      }
      case 'remove-site':
        return removeSite(command.base);
      case 'try-guard':
        return tryGuard();
      case 'clear-history':
        return keeper.clearHistory();
      default:
        command satisfies never;
    }
  };
}
