/**
 * Draws `public/icons/<state>-<size>.png` from `scripts/icons/<state>.svg`: `npm run icons`.
 * The drawings are committed; run this after changing a source. Needs a Chromium (CHROMIUM names another one).
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from 'puppeteer-core';

const states = ['none', 'on', 'owed', 'trouble'] as const;
/** Of the toolbar; of the extension itself, which is in one state only. */
const [small, large] = [
  [16, 32],
  [48, 128],
];

const icons = states.flatMap(state =>
  [...small, ...(state === 'on' ? large : [])].map(size => ({
    from: `scripts/icons/${state}.svg`,
    to: `public/icons/${state}-${size}.png`,
    width: size,
    height: size,
  })),
);

const browser = await launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  for (const { from, to, width, height } of icons) {
    const svg = await readFile(new URL(`../${from}`, import.meta.url), 'utf8');
    await page.setViewport({ width, height });
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
    const path = fileURLToPath(new URL(`../${to}`, import.meta.url));
    await writeFile(path, await page.screenshot({ omitBackground: true }));
    console.log(`${to}  ${(await stat(path)).size} bytes`);
  }
} finally {
  await browser.close();
}
