import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import type { Play } from '../playbill.ts';
import type { Stage } from '../stage.ts';
import { until } from '../until.ts';
import { type Updatable, updatable } from '../updatable.ts';
import { idle, known, noGrace, states } from './last-tab.ts';

/** Reloads, updates and new installations: what looks like a restart and is not, and the other way round. */
export function updates(play: Play, name: BrowserName): void {
  /** A story whose extension was installed as a user's is. */
  const playUpdatable = (
    sentence: string,
    story: (stage: Stage, installed: Updatable) => Promise<void>,
  ): void => {
    let installed: Updatable | undefined;
    const install = async () => (installed ??= await updatable[name]());
    play(
      sentence,
      async stage => {
        try {
          await story(stage, await install());
          await stage.lookForSecrets();
        } finally {
          // Before the policy goes that has installed it: the extension would go with it, unseen.
          await stage.browser.dispose({ keep: 'profile' });
          await installed?.stop();
        }
      },
      { launch: async options => (await install()).launch(options) },
    );
  };

  play('adopts at its installation the session of somebody who was logged on before', async stage => {
    const { token } = await stage.logOn('acme', { remember: true });
    // The last thing that is written of a new session. Later, it would be a trace of the extension.
    await known(stage);
    await idle(stage);
    // The extension as if it had never been there: nothing of it is left but the cookie that the site set.
    await stage.browser.inWorker('await (globalThis.browser ?? chrome).storage.local.clear()');
    await stage.browser.reloadExtension();
    await until('the session to be adopted', async () => (await states(stage))[0] === 'open');
    expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
  });

  if (name === 'chromium') {
    play('does not log off when the extension is reloaded while the browser lives', async stage => {
      await noGrace(stage);
      const { tab, token } = await stage.logOn('acme');
      await stage.browser.reloadExtension();
      await idle(stage);
      expect(await states(stage)).toEqual(['open']);
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
      await tab.close();
      await stage.dead(token);
    });

    playUpdatable(
      'packed: logs off at the last tab, and at the next start what a killed browser left',
      async stage => {
        await noGrace(stage);
        const first = await stage.logOn('acme');
        await first.tab.close();
        await stage.dead(first.token);
        const second = await stage.logOn('acme');
        stage.browser.signal('SIGKILL');
        await stage.restart();
        expect(await stage.dead(second.token)).toMatchObject({ logOffsAsked: 1 });
        await stage.settled();
        expect((await stage.history())[0]).toMatchObject({ trigger: 'startup', confirmed: true });
      },
    );
  } else {
    // Without a Guard, a reload from outside can't be told from a restart in Firefox, which uses its tab ids again.
    play(
      'logs off when somebody else than itself reloads the extension, and no Guard knows better',
      async stage => {
        const { token } = await stage.logOn('acme');
        await stage.browser.reloadExtension();
        expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
      },
    );
  }

  playUpdatable(
    'takes an update while the browser lives, and keeps the session',
    async (stage, { update }) => {
      await noGrace(stage);
      const { tab, token } = await stage.logOn('acme');
      await update('9.0');
      await idle(stage);
      expect(await states(stage)).toEqual(['open']);
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
      await tab.close();
      await stage.dead(token);
    },
  );

  playUpdatable(
    'logs off what the last run left although the new version is the first to start',
    async (stage, { offer }) => {
      const { token } = await stage.logOn('acme');
      await offer('9.0');
      stage.browser.signal('SIGKILL');
      await stage.restart();
      await stage.dead(token);
      await stage.settled();
      expect((await stage.history())[0]).toMatchObject({ trigger: 'startup', confirmed: true });
      // Firefox may notice after it has started the new file that it is an update, and start it again for that: the
      // first worker may be gone with its answer unsaved, and the second one then asks again.
      expect(stage.life(token).logOffsAsked).toBeLessThanOrEqual(name === 'firefox' ? 2 : 1);
    },
  );
}
