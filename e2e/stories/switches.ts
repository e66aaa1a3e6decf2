import { expect } from 'vitest';
import { defaultSwitches, variations, withSwitch } from '../../sandbox/switches.ts';
import type { Play } from '../playbill.ts';
import type { Stage } from '../stage.ts';
import { noGrace } from './last-tab.ts';

/**
 * Log on, close the last tab, dead: under every value of every switch that the sandbox has, so whatever the real
 * FogBugz does where nobody could look it up. One browser plays them all, each at a site of its own.
 */
export function switches(play: Play): void {
  play(
    'logs off whatever the server does where nobody knows: log on, last tab, dead, under every switch',
    async stage => {
      await noGrace(stage);
      const troubles: string[] = [];
      for (const [index, { name, value }] of variations().entries()) {
        stage.sandbox.setSwitches(withSwitch(defaultSwitches(), name, value));
        try {
          const { tab, token } = await stage.logOn(`site${index}`);
          if (name === 'logOffReplyCookie') await watchCookies(stage);
          await tab.close();
          await stage.dead(token);
          await stage.settled();
          if (name === 'logOffReplyCookie') expect(await cookiesSet(stage)).toEqual([]);
          if (stage.life(token).logOffsAsked > 1) throw new Error('asked more than once');
        } catch (error) {
          troubles.push(`${name} = ${value}: ${error instanceof Error ? error.message : error}`);
        }
      }
      expect(troubles).toEqual([]);
    },
  );
}

/** Notes each cookie that is set from now on: what a reply had set would be removed with the dead session's. */
async function watchCookies({ browser }: Stage): Promise<void> {
  await browser.inWorker(
    `globalThis.cookiesSet = [];
     (globalThis.browser ?? chrome).cookies.onChanged.addListener(({ removed, cookie }) => {
       if (!removed) globalThis.cookiesSet.push(cookie.name);
     });`,
  );
}

/** What was noted. A worker that has died meanwhile looked at nothing, and says so. */
function cookiesSet({ browser }: Stage): Promise<readonly string[]> {
  return browser.inWorker(`return globalThis.cookiesSet ?? ['nobody looked']`);
}
