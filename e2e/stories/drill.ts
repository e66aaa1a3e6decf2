import { expect } from 'vitest';
import { accessibilityTroubles } from '../accessibility.ts';
import { beginDrill, drillResult } from '../drilling.ts';
import type { Play } from '../playbill.ts';
import { until } from '../until.ts';

/** The close drill, on the real pages; the one with the Guard is among the stories of the Guard. */
export function drill(play: Play): void {
  play('shows in a close drill what a closed window logs off', async stage => {
    // A closing browser on a busy machine may lose even its last request; then the drill has to say that.
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const { token } = await stage.logOn('acme');
      await stage.warm('acme');
      const options = await stage.browser.openOptions();
      await options.waitFor(`document.querySelector('[data-does=drill-with]') !== null`);
      await options.click('[data-does=drill-with]');
      await options.waitFor(`document.querySelector('[data-drill=waiting]') !== null`);
      expect(await accessibilityTroubles(options)).toEqual([]);
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
      await stage.browser.closeWindow();
      await stage.browser.ended();
      const delivered = await until('the token to be dead', () => stage.life(token).diedAt !== undefined, {
        ms: 5_000,
      }).catch(() => false);
      await stage.restart();
      await stage.dead(token);
      const shown = await drillResult(stage, delivered ? 'closing' : 'next-start');
      expect(await accessibilityTroubles(shown)).toEqual([]);
      expect(await shown.evaluate<string>('document.documentElement.outerHTML')).not.toContain(token);
      await shown.click('[data-does=end-drill]');
      await shown.waitFor(`document.querySelector('[data-drill=none]') !== null`);
      if (delivered) return;
    }
    throw new Error('The browser was closed three times, and no log-off got out');
  });

  play(
    'shows in a close drill that without the Guard a killed browser leaves all to the next start',
    async stage => {
      await stage.changeSettings({ keepHistory: false });
      const token = await beginDrill(stage, await stage.browser.openOptions());
      await until('the drill to be on the disk', async () => (await stored(stage)) !== undefined);
      stage.browser.signal('SIGKILL');
      await stage.browser.ended();
      expect(stage.life(token)).toMatchObject({ logOffsAsked: 0, diedAt: undefined });
      await stage.restart();
      expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
      const shown = await drillResult(stage, 'next-start');
      await shown.waitFor(`document.querySelector('[data-layer=crash]').dataset.standing === 'not-covered'`);
      expect(await stage.history()).toEqual([]);
    },
  );

  play('logs off what a close drill has opened when it is called off', async stage => {
    const options = await stage.browser.openOptions();
    const token = await beginDrill(stage, options);
    await options.click('[data-does=end-drill]');
    expect(await stage.dead(token)).toMatchObject({ logOffsAsked: 1 });
    await options.waitFor(`document.querySelector('[data-drill=none]') !== null`);
  });
}

async function stored({ browser }: Parameters<typeof beginDrill>[0]): Promise<unknown> {
  const { drill: found } = await browser.inWorker<{ drill?: unknown }>(
    `return (globalThis.browser ?? chrome).storage.local.get('drill')`,
  );
  return found;
}
