import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tab } from '../../e2e/browser.ts';
import type { Stage } from '../../e2e/stage.ts';
import { usualWidth } from '../../gallery/sheet.ts';
import type { PageName, State } from '../../gallery/state.ts';
import { states } from '../../gallery/states.ts';
import { type Shot, sheetOf } from './sheet.ts';
import { stateQuery } from './stand-in/exhibit.ts';
import { pages } from './stand-in/pages.ts';

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const groups: ReadonlySet<string> = new Set(states.map(({ group }) => group));

/** Pictures of states, each taken of the real page in the browser whose state it is. */
export type Shots = ReadonlyMap<State, Shot>;

/** Every state of this browser. The stage's extension is one of `withStandIns`. */
export async function shotsOf({ browser }: Stage): Promise<Shots> {
  const shots = new Map<State, Shot>();
  const files = await mkdtemp(join(tmpdir(), 'states-'));
  const origin = await browser.inWorker<string>('return location.origin');
  try {
    for (const page of ['popup', 'options', 'welcome'] as const satisfies readonly PageName[]) {
      const own = states.filter(
        state => state.page === page && (state.vendor ?? 'chromium') === browser.name,
      );
      if (own.length === 0) continue;
      const address = `${origin}/${pages[page]}`;
      const tab = await browser.openTab(address);
      // A popup is as wide as it wants to be in whatever window.
      if (page !== 'popup') await tab.evaluate('await standIn.widen(argument)', usualWidth[page]);
      for (const state of own) {
        await tab.evaluate('await standIn.put(argument)', { page, name: state.name });
        await tab.goto(`${address}?${stateQuery}=${state.name}`);
        shots.set(state, await shotOf(tab, join(files, `${page}-${state.name}.png`)));
      }
      await tab.close();
    }
  } finally {
    await rm(files, { recursive: true, force: true });
  }
  return shots;
}

async function shotOf(tab: Tab, file: string): Promise<Shot> {
  const seen = await tab.evaluate<Omit<Shot, 'png'>>('return standIn.pose()');
  await tab.screenshot(file);
  return { ...seen, png: await readFile(file, 'base64') };
}

/** A sheet for each group of states. */
export async function drawSheets({ browser }: Stage, shots: Shots, scheme: 'light' | 'dark'): Promise<void> {
  for (const group of groups) {
    const tab = await browser.openTab('about:blank');
    await tab.evaluate(
      `document.documentElement.style.colorScheme = argument.scheme;
       document.documentElement.style.scrollbarWidth = 'none';
       document.body.innerHTML = argument.markup;
       await Promise.all([...document.images].map(image => image.decode()));`,
      {
        scheme,
        markup: await sheetOf(
          states.filter(state => state.group === group),
          shots,
        ),
      },
    );
    await tab.screenshot(`${folder}all-${group}-${scheme}.webp`);
    await tab.close();
  }
}
