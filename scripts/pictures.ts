// Takes the pictures that the documentation and the stores show, of the real pages in real browsers: `npm run pictures`.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserName, Page } from '../e2e/browser.ts';
import { startDisplay } from '../e2e/display.ts';
import { launchers, type Stage, type StageOptions, setStage } from '../e2e/stage.ts';
import { makeCertificate } from '../sandbox/certificate.ts';
import { withStandIns } from './pictures/stand-in/build.ts';
import { drawSheets, type Shots, shotsOf } from './pictures/states.ts';
import { forTheStores } from './pictures/store.ts';

type Scheme = 'light' | 'dark';
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const fonts = fileURLToPath(new URL('pictures/fonts.conf', import.meta.url));

// So that the pictures of one machine are those of another.
process.env.TZ = 'UTC';
await mkdir(folder, { recursive: true });
const display = await startDisplay();
const certificate = await makeCertificate();
try {
  for (const scheme of ['dark', 'light'] as const) await ofEveryState(scheme);
  await onStage('chromium', 'dark', stage => ofTheExtension(stage, 'dark'));
  await onStage('chromium', 'light', async stage => {
    await ofTheExtension(stage, 'light');
    await forTheStores(stage);
  });
} finally {
  await display.stop();
}
process.exit(0);

async function onStage<T>(
  name: BrowserName,
  scheme: Scheme,
  use: (stage: Stage) => Promise<T>,
  more: Pick<StageOptions, 'extension' | 'welcome'> = {},
): Promise<T> {
  const stage = await setStage(name, {
    ...more,
    display: display.name,
    certificate,
    launch: options =>
      launchers[name]({
        ...options,
        env: { FONTCONFIG_FILE: fonts },
        asks: scheme === 'dark' ? ['dark'] : [],
      }),
  });
  try {
    return await use(stage);
  } finally {
    await stage.strike();
  }
}

/** Those too that are hard to bring about: a sheet for each group. */
async function ofEveryState(scheme: Scheme): Promise<void> {
  const on = <T>(name: BrowserName, use: (stage: Stage) => Promise<T>): Promise<T> =>
    withStandIns(name, extension => onStage(name, scheme, use, { extension, welcome: 'none' }));
  const inFirefox: Shots = await on('firefox', shotsOf);
  await on('chromium', async stage =>
    drawSheets(stage, new Map([...inFirefox, ...(await shotsOf(stage))]), scheme),
  );
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
