import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { sessionWith } from '../../gallery/faces.ts';
import type { SessionView } from '../../src/session/view.ts';
import type { BrowserName } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { buildOf, type Stage } from '../stage.ts';
import { known } from './last-tab.ts';

export function firstPaint(play: Play, name: BrowserName): void {
  play('opens the popup in one paint: empty or right, and nothing in between', async stage => {
    await recorded(stage, name, async () => {
      await stage.logOn('acme');
      // What comes later by nature, the server's answer, is there before the popup is looked at.
      await known(stage);
      const popup = await stage.popup();
      await popup.waitFor(`performance.getEntriesByName('first-contentful-paint').length === 1`);

      const { seen, drawnAt } = await popup.evaluate<{ seen: string[]; drawnAt: number }>(
        'globalThis.record',
      );
      const now = await popup.evaluate<string>('document.body.innerText');
      expect(seen).toEqual([now]);
      expect(now).toContain('Ada Lovelace');
      const paintedAt = await popup.evaluate<number>(
        `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
      );
      expect(paintedAt).toBeGreaterThanOrEqual(drawnAt);
    });
  });

  play('shows the first of two hundred sessions at once, and the others frame by frame', async stage => {
    await recorded(stage, name, async () => {
      await stage.browser.inWorker(
        'await (globalThis.browser ?? chrome).storage.session.set(argument)',
        views,
      );
      const popup = await stage.popup();
      await popup.waitFor(`document.querySelectorAll('.card').length === ${many}`);
      await popup.waitFor(`globalThis.record.frames.at(-1) === ${many}`);
      const frames = await popup.evaluate<number[]>('globalThis.record.frames');
      expect([...new Set(frames)]).toEqual([12, 62, 112, 162, many]);
      // Only what the next frame begins with as well was on the screen.
      expect(frames.slice(0, 2)).toEqual([12, 12]);
      // What is seen is what was there at once: the twelfth lies below what a popup shows.
      const twelfth = 'document.querySelectorAll(".card")[11].getBoundingClientRect().top';
      expect(await popup.evaluate<boolean>(`scrollY === 0 && ${twelfth} > innerHeight`)).toBe(true);
      await popup.close();
    });
  });
}

/** Plays with the shipped build and a script before the popup's own that notes all that could ever be seen. */
async function recorded(stage: Stage, name: BrowserName, use: () => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'first-paint-'));
  try {
    await cp(buildOf(name), folder, { recursive: true });
    const page = join(folder, 'src/popup/popup.html');
    const html = await readFile(page, 'utf8');
    await writeFile(page, html.replace('<head>', '<head><script src="/recorder.js"></script>'));
    await writeFile(join(folder, 'recorder.js'), recorder);
    await stage.browser.closeWindow();
    await stage.restart({ extension: folder });
    await use();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the popup is shown, without the sessions behind it. */
const many = 200;
const views = Object.fromEntries(
  Array.from({ length: many }, (_, index): readonly [string, SessionView] => [
    `view:${index}`,
    sessionWith({ id: String(index), site: `https://team-${index}.fogbugz.com/` }),
  ]),
);

/** Notes every text that the page has had, and when it had the first; and how many cards each frame began with. */
const recorder = `
  globalThis.record = { seen: [], drawnAt: 0, frames: [] };
  requestAnimationFrame(function frame() {
    const cards = document.querySelectorAll('.card').length;
    if (cards > 0) record.frames.push(cards);
    requestAnimationFrame(frame);
  });
  new MutationObserver(() => {
    const text = document.body?.innerText.trim() ?? '';
    if (text === '' || record.seen.at(-1) === document.body.innerText) return;
    record.seen.push(document.body.innerText);
    record.drawnAt ||= performance.now();
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });`;
