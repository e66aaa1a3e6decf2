import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BrowserName } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { buildOf } from '../stage.ts';
import { until } from '../until.ts';

/** The shipped build, with a script before the popup's own that notes all that could ever be seen. */
export function firstPaint(play: Play, name: BrowserName): void {
  play('opens the popup in one paint: empty or right, and nothing in between', async stage => {
    const folder = await mkdtemp(join(tmpdir(), 'first-paint-'));
    try {
      await cp(buildOf(name), folder, { recursive: true });
      const page = join(folder, 'src/popup/popup.html');
      const html = await readFile(page, 'utf8');
      await writeFile(page, html.replace('<head>', '<head><script src="/recorder.js"></script>'));
      await writeFile(join(folder, 'recorder.js'), recorder);

      await stage.browser.closeWindow();
      await stage.restart({ extension: folder });
      await stage.logOn('acme');
      // What comes later by nature, the server's answer, is there before the popup is looked at.
      await until('the name', async () => JSON.stringify(await stage.sessions()).includes('Ada'));
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
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** Notes every text that the page has had, and when it had the first. */
const recorder = `
  globalThis.record = { seen: [], drawnAt: 0 };
  new MutationObserver(() => {
    const text = document.body?.innerText.trim() ?? '';
    if (text === '' || record.seen.at(-1) === document.body.innerText) return;
    record.seen.push(document.body.innerText);
    record.drawnAt ||= performance.now();
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });`;
