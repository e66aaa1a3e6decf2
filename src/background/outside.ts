import type { KeyCommand, MenuItem } from '../browser/action.ts';
import { openOptions, openPage } from '../browser/runtime.ts';
import type { Event } from '../session/event.ts';
import type { Session } from '../session/session.ts';
import type { Keeper } from './keeper.ts';
import type { Offer } from './news.ts';

/** What the user asks for outside the pages: with the toolbar button, the keys, the context menu, a notice. */
export function createOutside(
  keeper: Pick<Keeper, 'applyAll' | 'enqueue' | 'tell' | 'tellAll'>,
  inFront: (tabId: number | undefined) => readonly Session[],
  now: () => number,
) {
  const tellInFront = (tabId: number | undefined, event: Event): void =>
    void keeper.enqueue(() =>
      keeper.applyAll(
        inFront(tabId).map(({ id }) => id),
        event,
      ),
    );
  const logOff = (trigger: 'click' | 'shortcut'): Event => ({ is: 'triggered', trigger, at: now() });

  return {
    clicked: (tabId: number | undefined): void => tellInFront(tabId, logOff('click')),
    pressed(command: KeyCommand, tabId: number | undefined): void {
      switch (command) {
        case 'log-off':
          return tellInFront(tabId, logOff('shortcut'));
        case 'log-off-everywhere':
          return void keeper.tellAll(logOff('shortcut'));
        case 'stay-once':
          return tellInFront(tabId, { is: 'stay-once', on: true });
        default:
          command satisfies never;
      }
    },
    chosen(item: MenuItem, tabId: number | undefined): void {
      switch (item) {
        case 'menuLogOff':
          return tellInFront(tabId, logOff('click'));
        case 'menuLogOffEverywhere':
          return void keeper.tellAll(logOff('click'));
        case 'menuStayOnce':
          return tellInFront(tabId, { is: 'stay-once', on: true });
        case 'menuOptions':
          return void openOptions();
        default:
          item satisfies never;
      }
    },
    async accepted(offer: Offer): Promise<void> {
      switch (offer.does) {
        case 'log-on':
          return openPage(offer.site);
        case 'keep-on':
          return keeper.tell(offer.id, { is: 'kept-on' });
        case 'try-now':
          return keeper.tell(offer.id, { is: 'try-now', at: now() });
        default:
          offer satisfies never;
      }
    },
  };
}
