import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '../../e2e/browser.ts';
import type { Stage } from '../../e2e/stage.ts';
import * as example from '../../gallery/faces.ts';
import { type Composition, sheetOf } from './composition.ts';

const folder = fileURLToPath(new URL('../../store/pictures/', import.meta.url));
const tile = new URL('tile.svg', import.meta.url);

/** What the stores show: real pages on a plain ground, 1280 × 800, and Chrome's small tile. */
export async function forTheStores(stage: Stage): Promise<void> {
  const { browser } = stage;
  const shots = await mkdtemp(join(tmpdir(), 'store-pictures-'));
  let taken = 0;
  /** A page as it is, as a `data:` URL. `larger`: by how much; a popup is cut off at 600 px. */
  const shot = async (page: Page, larger = 1): Promise<string> => {
    await page.evaluate('document.documentElement.style.zoom = argument', String(larger));
    taken += 1;
    const file = join(shots, `${taken}.png`);
    await page.screenshot(file);
    return `data:image/png;base64,${await readFile(file, 'base64')}`;
  };
  // Drawn when all are taken: a popup closes where another tab comes in front.
  const sheets = new Map<string, Composition>();

  try {
    await withHistory(stage);
    await stage.changeSettings({ graceSeconds: 10 });
    const { tab } = await stage.logOn('acme');
    await tab.goto('https://acme.fogbugz.com/f/cases');
    const site = await shot(tab);
    await tab.evaluate(`document.documentElement.style.zoom = '1'`);

    const popup = await openPopup(stage, '.card');
    sheets.set('1-popup', {
      line: 'Closed means logged off.',
      behind: { picture: site, title: 'acme.fogbugz.com' },
      popup: await shot(popup, 1.5),
    });
    await popup.close();

    const options = await browser.openOptions();
    await options.waitFor('document.querySelectorAll(".table tbody tr").length > 5');
    await options.evaluate('document.documentElement.style.scrollbarWidth = "none"');
    const settings = { picture: await shot(options), title: 'Logoff on Close – Options' };
    const history = await options.evaluate<number>(
      `document.querySelector('.section.history').getBoundingClientRect().top + scrollY`,
    );
    sheets.set('3-options', {
      line: 'As careful as you like.',
      page: { ...settings, from: 0 },
    });
    sheets.set('4-history', {
      line: 'Every log-off, with its proof.',
      page: { ...settings, from: history - 24 },
    });
    await options.close();

    await tab.close();
    const counting = await openPopup(stage, '[data-state=counting-down]');
    sheets.set('2-counting-down', {
      line: 'Ten seconds to change your mind.',
      popup: await shot(counting, 1.75),
    });
    await stage.sandbox.pause();
    await counting.evaluate(`document.documentElement.style.zoom = '1'`);
    await counting.click('[data-does=log-off]');
    await counting.waitFor(`document.querySelector('[data-does=try-now]') !== null`);
    sheets.set('5-owed', {
      line: 'Nothing is given up.',
      popup: await shot(counting, 1.5),
      look: 'dark',
    });
    await stage.sandbox.resume();
    await counting.close();
    for (const [name, composition] of sheets) await draw(stage, name, sheetOf(composition));
    await drawTile(stage);
  } finally {
    await rm(shots, { recursive: true, force: true });
  }
}

/** A few weeks of log-offs, so that there is something to chart. */
async function withHistory({ browser }: Stage): Promise<void> {
  const later = Date.now() - example.now;
  const history = example
    .historyOf(56)
    .filter(({ site }) => site !== example.plain)
    .map(entry => ({ ...entry, at: entry.at + later }));
  await browser.inWorker('await chrome.storage.local.set({ history: argument })', history);
}

async function openPopup(stage: Stage, until: string): Promise<Page> {
  const popup = await stage.popup();
  await popup.waitFor(`document.querySelector('${until}') !== null`);
  return popup;
}

/** In a tab of its own, which is smaller than the sheet: so the picture is as large as the sheet. */
async function draw({ browser }: Stage, name: string, markup: string): Promise<void> {
  const sheet = await browser.openTab('about:blank');
  await sheet.evaluate(
    `document.body.innerHTML = argument;
     document.body.style.margin = '0';
     document.documentElement.style.scrollbarWidth = 'none';
     await Promise.all([...document.images].map(image => image.decode()));`,
    markup,
  );
  await sheet.screenshot(`${folder}${name}.png`);
  await sheet.close();
}

async function drawTile({ browser }: Stage): Promise<void> {
  const sheet = await browser.openTab('about:blank');
  const picture = await sheet.evaluate<string>(
    `const image = new Image();
     image.src = 'data:image/svg+xml,' + encodeURIComponent(argument);
     await image.decode();
     const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
     canvas.getContext('2d').drawImage(image, 0, 0);
     return canvas.toDataURL().split(',')[1];`,
    await readFile(tile, 'utf8'),
  );
  await writeFile(`${folder}tile.png`, picture, 'base64');
  await sheet.close();
}
