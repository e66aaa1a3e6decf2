/**
 * Draws `public/icons/<state>-<size>.png` from `scripts/icons/<state>.svg`: `npx tsx scripts/icons.ts`.
 * The drawings are committed; run this after changing a source. Needs a Chromium (CHROMIUM names another one).
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from 'puppeteer-core';

const states = ['none', 'on', 'owed', 'trouble'] as const;
const sizes = [16, 32, 48, 128] as const;

const browser = await launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  for (const state of states) {
    const svg = await readFile(new URL(`icons/${state}.svg`, import.meta.url), 'utf8');
    for (const size of sizes) {
      await page.setViewport({ width: size, height: size });
      await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
      const path = fileURLToPath(new URL(`../public/icons/${state}-${size}.png`, import.meta.url));
      await writeFile(path, await page.screenshot({ omitBackground: true }));
      console.log(`${state}-${size}.png  ${(await stat(path)).size} bytes`);
    }
  }
} finally {
  await browser.close();
}
