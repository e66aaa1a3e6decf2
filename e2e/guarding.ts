import type { BrowserName } from './browser.ts';
import { type GuardHome, type GuardOptions, guardedLaunch } from './guard-home.ts';
import type { Play } from './playbill.ts';
import { launchers, type Stage, tabWith } from './stage.ts';
import { until } from './until.ts';

/** Declares stories with a Guard in the user's home, which is not turned on yet. Each leaves nothing of it behind. */
export function playAtHome(play: Play, name: BrowserName) {
  return (
    sentence: string,
    story: (stage: Stage, home: GuardHome) => Promise<void>,
    options: GuardOptions = {},
  ): void => {
    const { launch, home } = guardedLaunch(name, launchers[name], options);
    play(
      sentence,
      async stage => {
        try {
          await story(stage, home());
          await stage.lookForSecrets();
        } finally {
          await stage.browser.dispose({ keep: 'profile' });
          await stage.lookForSecrets(home().folder);
          await home().stop();
        }
      },
      { launch },
    );
  };
}

/** As a user does: the switch in the options, and the browser's own question. */
export async function turnGuardOn(stage: Stage): Promise<void> {
  const { browser } = stage;
  const options = await browser.openOptions();
  await options.waitFor(`document.querySelector('[name=guard]') !== null`);
  await options.click('[name=guard]');
  await browser.answerPrompt('allow');
  await guardTurnedOn(stage);
}

/**
 * Waits until the user's agreement has come through, and closes the options. In Chromium the worker that was there when
 * the user agreed may rest for a moment, and is gone in the next: it cannot connect, and another one takes its place.
 */
export async function guardTurnedOn(stage: Stage): Promise<void> {
  const { browser } = stage;
  let last = 'unknown';
  await until('the Guard to be turned on, and nothing to be guarded', async () => {
    last = await Promise.all([guarding(stage), canConnect(stage)]).then(
      ([{ is }, can]) => (can ? is : 'in a worker that cannot connect'),
      () => 'between two workers',
    );
    return last === 'resting' || last === 'missing';
  }).catch(cause => {
    throw new Error(`The Guard was not turned on: ${last}`, { cause });
  });
  // In Chromium the extension has reloaded itself, and opened its options again: in the empty tab, if that is in front.
  const shown = await until('the options', () => tabWith(browser, 'options'));
  if ((await browser.tabs()).length > 1) await shown.close();
  else await shown.goto('about:blank');
}

const canConnect = ({ browser }: Stage): Promise<boolean> =>
  browser.inWorker<boolean>('return Boolean((globalThis.browser ?? chrome).runtime.connectNative)');

/** Whether one Guard runs, and none of those that ran before: by process ids. */
export const isAnother = (before: readonly number[], now: readonly number[]): boolean =>
  now.length === 1 && now.every(pid => !before.includes(pid));

/** Waits until every session that the Guard holds is covered, and there are so many of them. */
export async function covered(stage: Stage, sessions = 1): Promise<void> {
  await until('the Guard to cover every session', async () => {
    const now = await guarding(stage);
    const each = Object.values(now.sessions ?? {});
    return now.is === 'connected' && each.length === sessions && each.every(probe => probe === 'ok');
  });
}

/** How things stand with the Guard, as the extension's pages see it. */
export async function guarding(
  stage: Stage,
): Promise<{ readonly is: string; readonly sessions?: Record<string, string> }> {
  const stored = await stage.browser.inWorker<{ guarding?: { readonly is: string } }>(
    `return (globalThis.browser ?? chrome).storage.session.get('guarding')`,
  );
  return stored.guarding ?? { is: 'off' };
}
