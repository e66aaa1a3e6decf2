import { expect } from 'vitest';
import type { Play } from '../playbill.ts';
import { startAgain } from '../pressing.ts';
import { pageOf, type Stage, tabWith } from '../stage.ts';
import { until } from '../until.ts';
import { idle, noGrace, states } from './last-tab.ts';

/** What the user asks for outside the pages: in the toolbar button's own menu, and with keys of their choice. */
export function outside(play: Play): void {
  play(
    'does what each entry of the toolbar button’s menu says, by mouse, and after a restart by keys',
    async stage => {
      await noGrace(stage);
      for (const by of ['mouse', 'keys'] as const) {
        const choose = (entry: number) => stage.browser.chooseInMenu(entry, by);
        const beta = await stage.logOn('beta');
        const acme = await stage.logOn('acme');
        await choose(0);
        expect(await stage.dead(acme.token)).toMatchObject({ logOffsAsked: 1 });
        expect(stage.life(beta.token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
        await acme.tab.close();
        // Its record stays until it is proven dead, and is counted until then.
        await until('the record to be gone', async () => (await stage.sessions()).length === 1);
        await endsEverywhere(stage, 'click', () => choose(1));
        await beta.tab.close();
        await staysOnce(stage, () => choose(2));
        await choose(3);
        await until('the options', () => tabWith(stage.browser, 'options'));
        if (by === 'mouse') await startAgain(stage);
      }
    },
  );

  play(
    'obeys the keys that the user has given its commands, shows them, and keeps them over a restart',
    async stage => {
      await noGrace(stage);
      await stage.browser.setKeys('log-off-everywhere', 'Alt+Shift+K');
      await stage.browser.setKeys('stay-once', 'Alt+Shift+Y');
      for (const run of ['first', 'second']) {
        const beta = await stage.logOn('beta');
        await endsEverywhere(stage, 'shortcut', () => stage.browser.press('alt+shift+k'));
        await beta.tab.close();
        await staysOnce(stage, () => stage.browser.press('alt+shift+y'));
        const options = await stage.browser.openOptions();
        await options.waitFor(`document.querySelectorAll('.shortcuts kbd').length === 3`);
        const keys = `[...document.querySelectorAll('.shortcuts kbd')].map(one => one.textContent)`;
        expect(await options.evaluate(keys)).toEqual(['Alt+Shift+L', 'Alt+Shift+K', 'Alt+Shift+Y']);
        if (run === 'first') await startAgain(stage);
      }
    },
  );
}

/** Whatever is open, and one session more that is in front, end. */
async function endsEverywhere(
  stage: Stage,
  trigger: 'click' | 'shortcut',
  ask: () => Promise<void>,
): Promise<void> {
  const { tab, token } = await stage.logOn('acme');
  const open = (await stage.sessions()).length;
  expect(open).toBe(2);
  await ask();
  expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
  await stage.settled();
  expect((await stage.history()).slice(0, open)).toMatchObject([{ trigger }, { trigger }]);
  expect(stage.sandbox.tokens().filter(({ diedAt }) => diedAt === undefined)).toEqual([]);
  await tab.close();
}

/** The session that is in front outlives its last tab, and not the next one. */
async function staysOnce(stage: Stage, ask: () => Promise<void>): Promise<void> {
  const { tab, token } = await stage.logOn('acme');
  await ask();
  await until('the session to stay', async () => (await stage.sessions())[0]?.staysOnce);
  await tab.close();
  await idle(stage);
  expect(await states(stage)).toEqual(['open']);
  expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  const again = await stage.browser.openTab(pageOf('acme', 'f/cases'));
  await idle(stage);
  await again.close();
  expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
  await stage.settled();
}
