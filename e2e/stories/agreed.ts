import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import { guarding, guardTurnedOn, playAtHome } from '../guarding.ts';
import type { Play } from '../playbill.ts';
import { does, press, settings, startAgain, stored } from '../pressing.ts';
import { type Stage, tabWith } from '../stage.ts';
import { until } from '../until.ts';

/** Choices in which the browser has a say: it asks its user, and what it is told decides. */
export function agreed(play: Play, name: BrowserName): void {
  play(
    'shows notices from the moment on that the browser’s question is answered with yes, over a restart',
    async stage => {
      const options = await stage.browser.openOptions();
      await options.waitFor(chosen('none'));
      await press(stage, options, '[name=notices]:checked', 'Down');
      await stage.browser.answerPrompt('deny');
      await options.waitFor(refused('notices, so nothing was changed'));
      await options.waitFor(refused('Choose again to be asked once more'));
      expect(await options.evaluate(chosen('none'))).toBe(true);
      expect(await settings(stage)).not.toMatchObject({ notices: 'problems' });
      expect(await isGranted(stage, 'notifications')).toBe(false);

      await press(stage, options, '[name=notices]:checked', 'Down');
      await stage.permitNotices();
      await stored(stage, { notices: 'problems' });
      // Nobody is asked again.
      await options.click('[name=notices][value=all]');
      await stored(stage, { notices: 'all' });

      await startAgain(stage);
      await stage.readNotices();
      const again = await stage.browser.openOptions();
      await again.waitFor(chosen('all'));
      expect(await isGranted(stage, 'notifications')).toBe(true);
      expect(await again.evaluate(isThere(does('allow-notices')))).toBe(false);
    },
  );

  play(
    'asks again for the notices that are wanted where the browser does not allow them, over a restart',
    async stage => {
      // As settings do that follow the user from another computer.
      await stage.changeSettings({ notices: 'problems' });
      const options = await stage.browser.openOptions();
      await press(stage, options, does('allow-notices'), 'Return');
      await stage.browser.answerPrompt('deny');
      await options.waitFor(refused('not allowed to show notices'));
      await options.click(does('allow-notices'));
      await stage.permitNotices();
      await options.waitFor(`!${isThere(does('allow-notices'))}`);

      await startAgain(stage);
      await stage.readNotices();
      const again = await stage.browser.openOptions();
      await again.waitFor(chosen('problems'));
      expect(await isGranted(stage, 'notifications')).toBe(true);
      expect(await again.evaluate(isThere(does('allow-notices')))).toBe(false);
    },
  );

  play(
    'asks for a site again that the browser does not let it reach, in popup and options, over a restart',
    async stage => {
      const allowed = () => stage.browser.inWorker<boolean>(mayReachAcme);
      await stage.logOn('acme');
      // Not on the page itself: there Chromium takes a click on the button for permission.
      await stage.browser.openTab('about:blank');
      await stage.browser.withholdAccess(onDemand);
      await until('the access to be gone', async () => !(await allowed()));
      const popup = await stage.popup();
      await popup.click(does('allow-again'));
      await stage.browser.answerPrompt('allow');
      await until('the access', allowed);

      // What was asked for, and is all that there is by now.
      await stage.browser.withholdAccess('*://acme.fogbugz.com/*');
      await until('the access to be gone', async () => !(await allowed()));
      const options = await stage.browser.openOptions();
      await press(stage, options, does('allow-again'), 'Return');
      await stage.browser.answerPrompt('deny');
      expect(await options.evaluate(isThere(does('allow-again')))).toBe(true);
      expect(await allowed()).toBe(false);
      await press(stage, options, does('allow-again'), 'Return');
      await stage.browser.answerPrompt('allow');
      await options.waitFor(`!${isThere(does('allow-again'))}`);

      await startAgain(stage);
      expect(await allowed()).toBe(true);
    },
  );

  if (name === 'chromium') playKeepRunning(play);
  playGuard(play, name);
}

/** Chromium asks nobody for this permission, which is itself what is stored. */
function playKeepRunning(play: Play): void {
  play('keeps on running or not, as chosen by key and by mouse, over a restart', async stage => {
    const isTicked = `document.querySelector('[name=keepRunning]')?.checked`;
    const options = await stage.browser.openOptions();
    await press(stage, options, '[name=keepRunning]', 'space');
    await until('the permission', () => isGranted(stage, 'background'));
    await startAgain(stage);
    const again = await stage.browser.openOptions();
    await again.waitFor(isTicked);
    expect(await isGranted(stage, 'background')).toBe(true);
    await again.click('[name=keepRunning]');
    await until('no permission', async () => !(await isGranted(stage, 'background')));
    await startAgain(stage);
    const last = await stage.browser.openOptions();
    await last.waitFor(isThere('[name=keepRunning]'));
    expect(await last.evaluate(isTicked)).toBe(false);
    expect(await isGranted(stage, 'background')).toBe(false);
  });
}

function playGuard(play: Play, name: BrowserName): void {
  const atHome = playAtHome(play, name);

  atHome(
    'turns the Guard on as the browser’s question is answered, and off by key, over restarts',
    async stage => {
      const isOn = `document.querySelector('[name=guard]')?.checked`;
      const options = await stage.browser.openOptions();
      await options.waitFor(isThere('[name=guard]'));
      await options.click('[name=guard]');
      await stage.browser.answerPrompt('deny');
      await options.waitFor(refused('The Guard stays off'));
      expect(await options.evaluate(isOn)).toBe(false);
      expect(await settings(stage)).not.toMatchObject({ guard: true });

      await press(stage, options, '[name=guard]', 'space');
      await stage.browser.answerPrompt('allow');
      await guardTurnedOn(stage);
      await startAgain(stage);
      await stored(stage, { guard: true });
      expect(await isGranted(stage, 'nativeMessaging')).toBe(true);
      const again = await stage.browser.openOptions();
      await again.waitFor(isOn);

      await press(stage, again, '[name=guard]', 'space');
      await stored(stage, { guard: false });
      await startAgain(stage);
      const last = await stage.browser.openOptions();
      await last.waitFor(isThere('[data-guard=off]'));
      expect(await last.evaluate(isOn)).toBe(false);
    },
  );

  atHome(
    'asks again for a Guard that is wanted where the browser does not allow it, tests it, and keeps the answer',
    async stage => {
      await stage.changeSettings({ guard: true });
      await stage.logOn('acme');
      const options = await stage.browser.openOptions();
      await press(stage, options, does('allow-guard'), 'Return');
      await stage.browser.answerPrompt('deny');
      await options.waitFor(refused('still may not talk to the Guard'));
      await options.click(does('allow-guard'));
      await stage.browser.answerPrompt('allow');
      await until('the Guard', async () => {
        const now = await guarding(stage).catch(() => undefined); // between two workers
        return now?.is === 'connected';
      });
      // In Chromium the extension has reloaded itself, and opened its options again.
      const shown = await until('the options', () => tabWith(stage.browser, 'options'));
      await shown.waitFor(isThere('[data-guarded=ok]'));
      expect(await shown.evaluate(isThere(does('allow-guard')))).toBe(false);
      await shown.click(does('test-guard'));
      await shown.waitFor(tested('It works'));
      await shown.reload();
      await press(stage, shown, does('test-guard'), 'space');
      await shown.waitFor(tested('It works'));

      await startAgain(stage);
      expect(await isGranted(stage, 'nativeMessaging')).toBe(true);
      const again = await stage.browser.openOptions();
      await press(stage, again, does('test-guard'), 'Return');
      await again.waitFor(tested('nothing to test it with'));
    },
  );
}

const onDemand = '*://*.fogbugz.com/*';
const mayReachAcme = `return (globalThis.browser ?? chrome).permissions.contains({ origins: ['*://acme.fogbugz.com/*'] })`;

const isThere = (selector: string): string => `(document.querySelector('${selector}') !== null)`;
const chosen = (notices: string): string =>
  `document.querySelector('[name=notices]:checked')?.value === '${notices}'`;
/** A condition: the page says so in place. */
const refused = (words: string): string =>
  `[...document.querySelectorAll('.said[data-tone=bad]')].some(one => one.innerText.includes('${words}'))`;
const tested = (words: string): string =>
  `document.querySelector('${does('test-guard')} + .said')?.innerText.includes('${words}')`;

const isGranted = ({ browser }: Stage, permission: string): Promise<boolean> =>
  browser.inWorker<boolean>(
    'return (globalThis.browser ?? chrome).permissions.contains({ permissions: [argument] })',
    permission,
  );
