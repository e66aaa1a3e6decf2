import { makeMenu } from '../browser/action.ts';
import type { UserState } from '../browser/clock.ts';
import type { Question } from '../browser/commands.ts';
import type { CookieChange } from '../browser/cookies.ts';
import { createParts, failed } from './parts.ts';
import { reported } from './queue.ts';
import { start } from './start.ts';

/** What each of the browser's events means to the worker's parts. */
export function createBackground() {
  const parts = createParts();
  const { access, adoption, guard, idleness, keeper, outside, step, warmth, watch } = parts;

  /** After what is stored has been read: any event may be what woke the worker. */
  const settledIn = (): Promise<void> => step(async () => undefined);

  return {
    start: () => start(parts),
    obey: parts.obey,
    answer: (question: Question): Promise<unknown> => settledIn().then(() => parts.answer(question)),
    due: (): void => void parts.due(),
    tabs: watch,
    cookieChanged: (change: CookieChange): void =>
      void adoption.changed(change).catch(reported).then(watch.recount),
    clicked: outside.clicked,
    pressed: outside.pressed,
    chosen: outside.chosen,
    noticePressed: parts.notices.pressed,
    userActivity: (state: UserState): void => {
      warmth.changed();
      void settledIn()
        .then(() => idleness.became(state))
        .then(parts.changed);
    },
    /** The user let it reach a site again: its pages and cookies are there to be seen. */
    granted: (): void => {
      guard.granted();
      void step(access.look);
      void watch.refill();
      parts.reconcile();
      void keeper.tellAll({ is: 'try-now', at: Date.now() });
    },
    withheld: (): void => {
      guard.tryAgain();
      void step(access.look);
    },
    settingsFromElsewhere: (area: 'sync' | 'managed'): void => {
      void settledIn()
        .then(area === 'sync' ? parts.synced.compare : parts.policy.look)
        .catch(failed('Reading the settings'));
    },
    installed(reason: string): void {
      void makeMenu();
      void parts.welcome(reason).catch(failed('The welcome'));
    },
    /** All else is what every start of a worker does. */
    browserStarted: parts.run.browserStarted,
    updateAvailable: parts.update.available,
    online: (): void => {
      guard.tryAgain();
      void keeper.tellAll({ is: 'try-now', at: Date.now() });
    },
  };
}
