// Takes the pictures that the documentation and the stores show, of the real pages in a real browser: `npm run pictures`.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '../e2e/browser.ts';
import { startDisplay } from '../e2e/display.ts';
import { launchers, type Stage, setStage } from '../e2e/stage.ts';
import { openGallery } from '../gallery/server.ts';
import { states } from '../gallery/states.ts';
import { makeCertificate } from '../sandbox/certificate.ts';
import { forTheStores } from './pictures/store.ts';

const schemes = ['light', 'dark'] as const;
type Scheme = (typeof schemes)[number];
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const fonts = fileURLToPath(new URL('pictures/fonts.conf', import.meta.url));

// So that the pictures of one machine are those of another.
process.env.TZ = 'UTC';
await mkdir(folder, { recursive: true });
const display = await startDisplay();
const certificate = await makeCertificate();
try {
  await onStage('dark', stage => ofTheExtension(stage, 'dark'));
  await onStage('light', async stage => {
    await ofTheExtension(stage, 'light');
    await ofTheGallery(stage);
    await forTheStores(stage);
  });
} finally {
  await display.stop();
}
process.exit(0);

async function onStage(scheme: Scheme, use: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await setStage('chromium', {
    display: display.name,
    certificate,
    launch: options =>
      launchers.chromium({
        ...options,
        env: { FONTCONFIG_FILE: fonts },
        asks: scheme === 'dark' ? ['dark'] : [],
      }),
  });
  try {
    await use(stage);
  } finally {
    await stage.strike();
  }
}

/** The extension itself, as it is on most days. */
async function ofTheExtension(stage: Stage, scheme: Scheme): Promise<void> {
  const take = (page: Page, name: string): Promise<void> => page.screenshot(`${folder}${name}-${scheme}.png`);
  await stage.changeSettings({ graceSeconds: 0 });
  const earlier = await stage.logOn('acme', { email: 'grace@example.com' });
  await earlier.tab.close();
  await stage.dead(earlier.token);
  await stage.settled();
  await stage.changeSettings({ graceSeconds: 10 });
  const { tab } = await stage.logOn('acme');

  const popup = await stage.popup();
  await popup.waitFor('document.querySelector(".card") !== null');
  await take(popup, 'popup');
  await popup.close();

  await tab.close();
  const counting = await stage.popup();
  await counting.waitFor(`document.querySelector('[data-state=counting-down]') !== null`);
  await take(counting, 'counting-down');
  await stage.sandbox.pause();
  await counting.click('[data-does=log-off]');
  await counting.waitFor(`document.querySelector('[data-does=try-now]') !== null`);
  await take(counting, 'owed');
  await stage.sandbox.resume();
  await counting.close();
  await stage.settled();
}

/** Every state, those too that are hard to bring about: a sheet for each group. */
async function ofTheGallery({ browser }: Stage): Promise<void> {
  const gallery = await openGallery();
  try {
    for (const group of new Set(states.map(({ group }) => group))) {
      for (const scheme of schemes) {
        const tab = await browser.openTab(
          `${gallery.url}gallery/index.html?bare&group=${group}&scheme=${scheme}`,
        );
        await tab.waitFor('document.body.dataset.ready !== undefined');
        await tab.screenshot(`${folder}all-${group}-${scheme}.webp`);
        await tab.close();
      }
    }
  } finally {
    await gallery.close();
  }
}
