import { expect } from 'vitest';
import type { Play } from '../playbill.ts';
import { pageOf, type Stage } from '../stage.ts';
import { until } from '../until.ts';
import { known, noGrace } from './last-tab.ts';

/** The browser stores nothing more for the extension. */
export function quota(play: Play): void {
  play(
    'logs off though nothing can be stored any more, says so of a setting, and stores it when it can',
    async stage => {
      const { browser, sandbox } = stage;
      await noGrace(stage);
      const acme = await stage.logOn('acme');
      await known(stage);
      await fill(stage);
      await notSaved(stage);

      // This one is nowhere but in memory.
      const beta = await stage.logOn('beta');
      await beta.tab.close();
      expect(await stage.dead(beta.token)).toMatchObject({ logOffsAsked: 1 });
      expect((await stage.sessions()).map(({ site }) => site)).toEqual([pageOf('acme')]);

      // What is stored of this one says that it is open, though its log-off is owed; the next worker has to find out.
      const mend = sandbox.fault({ is: 'reset', command: 'logoff', host: 'acme.fogbugz.com' });
      await acme.tab.close();
      await until('a log-off in vain', () => stage.life(acme.token).logOffsAsked > 0);
      expect((await stage.sessions()).map(({ state }) => state.is)).toEqual(['open']);
      await browser.killWorker();
      mend();
      await browser.openTab('about:blank');
      await stage.dead(acme.token);
      await until('the session to be gone', async () => (await stage.sessions()).length === 0);

      await empty(stage);
      const again = await stage.logOn('acme');
      await known(stage);
      await again.tab.close();
      await stage.dead(again.token);
      await until('the session to be gone', async () => (await stage.sessions()).length === 0);
      const lines = await stage.history();
      expect(lines[0]).toMatchObject({ outcome: 'logged-off', confirmed: true });
      // The earlier one too, of which the disk had no room for a line; the one at beta went with its worker.
      expect(lines.map(({ site }) => site)).toEqual([pageOf('acme'), pageOf('acme')]);
      await stage.changeSettings({ toolbarClick: 'log-off' });
    },
  );
}

/** The user changes a setting, and is told that it was not stored. */
async function notSaved({ browser }: Stage): Promise<void> {
  const options = await browser.openOptions();
  await options.click('[name=toolbarClick][value=log-off]');
  await options.waitFor(
    `document.querySelector('[data-saving=failed]')?.textContent.startsWith('Not saved')`,
  );
  await options.close();
}

/**
 * Leaves no room in what the extension may store. In Chromium for real, up to the last letter, so that the browser
 * itself refuses the extension's writes, those of later workers too. Firefox counts the files below, in which there is
 * room for small things again and again, so there this worker's writes are refused in Firefox's words.
 */
async function fill({ browser }: Stage): Promise<void> {
  if (browser.name === 'firefox') {
    return browser.inWorker(
      `const error = new Error('QuotaExceededError: storage.local API call exceeded its quota limitations.');
       browser.storage.local.set = () => Promise.reject(error);`,
    );
  }
  const refusal = await browser.inWorker<string>(
    `const { local } = chrome.storage;
     const used = await local.getBytesInUse(null);
     // A value is counted as its JSON, in quotation marks.
     const ballast = 'x'.repeat(local.QUOTA_BYTES - used - 'ballast""'.length);
     await local.set({ ballast });
     return local.set({ ballast: ballast + 'x' }).then(() => 'taken', String);`,
  );
  expect(refusal).toContain('kQuotaBytes quota exceeded');
}

async function empty({ browser }: Stage): Promise<void> {
  if (browser.name === 'chromium') await browser.inWorker(`await chrome.storage.local.remove('ballast')`);
}
