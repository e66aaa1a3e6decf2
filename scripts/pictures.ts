// Takes the pictures that the documentation shows, of the real pages in a real browser: `npm run pictures`.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '../e2e/browser.ts';
import { startDisplay } from '../e2e/display.ts';
import { type Stage, setStage } from '../e2e/stage.ts';
import { openGallery } from '../gallery/server.ts';
import { states } from '../gallery/states.ts';
import { makeCertificate } from '../sandbox/certificate.ts';

const schemes = ['light', 'dark'] as const;
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

// So that the pictures of one machine are those of another.
process.env.TZ = 'UTC';
await mkdir(folder, { recursive: true });
const display = await startDisplay();
const stage = await setStage('chromium', { display: display.name, certificate: await makeCertificate() });
const gallery = await openGallery();
try {
  await ofTheExtension(stage);
  await ofTheGallery(stage, gallery.url);
} finally {
  await gallery.close();
  await stage.strike();
  await display.stop();
}
process.exit(0);

/** The extension itself, as it is on most days. */
async function ofTheExtension({ browser, ...stage }: Stage): Promise<void> {
  await stage.changeSettings({ graceSeconds: 0 });
  const earlier = await stage.logOn('acme', { email: 'grace@example.com' });
  await earlier.tab.close();
  await stage.dead(earlier.token);
  await stage.settled();
  await stage.changeSettings({ graceSeconds: 10 });
  const { tab } = await stage.logOn('acme');

  const popup = await stage.popup();
  await popup.waitFor('document.querySelector(".card") !== null');
  await inBothSchemes(popup, 'popup', 'png');
  await popup.close();

  const options = await browser.openOptions();
  await options.waitFor('document.body.innerText.includes("acme.fogbugz.com")');
  await inBothSchemes(options, 'options', 'webp');
  await options.close();

  await tab.close();
  const counting = await stage.popup();
  await counting.waitFor(`document.querySelector('[data-state=counting-down]') !== null`);
  await inBothSchemes(counting, 'counting-down', 'png');
  await stage.sandbox.pause();
  await counting.click('[data-does=log-off]');
  await counting.waitFor(`document.querySelector('[data-does=try-now]') !== null`);
  await inBothSchemes(counting, 'owed', 'png');
  await stage.sandbox.resume();
}

async function inBothSchemes(page: Page, name: string, type: 'png' | 'webp'): Promise<void> {
  for (const scheme of schemes) {
    await page.evaluate('document.documentElement.style.colorScheme = argument', scheme);
    await page.screenshot(`${folder}${name}-${scheme}.${type}`);
  }
}

/** Every state, those too that are hard to bring about: a sheet for each group. */
async function ofTheGallery({ browser }: Stage, url: string): Promise<void> {
  for (const group of new Set(states.map(({ group }) => group))) {
    for (const scheme of schemes) {
      const tab = await browser.openTab(`${url}gallery/index.html?bare&group=${group}&scheme=${scheme}`);
      await tab.waitFor('document.body.dataset.ready !== undefined');
      await tab.screenshot(`${folder}all-${group}-${scheme}.webp`);
      await tab.close();
    }
  }
}
