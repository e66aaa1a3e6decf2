import { setStage } from '../../e2e/stage.ts';
import { median } from '../median.ts';
import { ratio, spread, table, valuesOf } from './compare.ts';
import { withRival } from './extensions.ts';
import type { Cell, Part, Rows, Try, World } from './part.ts';

const subjects = ['floor', 'ours'] as const;
const what = 'a message to a worker';
const wakes = 7;
const cells = subjects.map((subject): Cell => ({ browser: 'chromium', subject, what, roundTripMs: 0 }));

/** How soon a worker answers that the message has to start, and one that runs. Firefox has no such end of a worker. */
export const start: Part = {
  name: 'start',
  cells,
  tries: 5,
  measure: (cell, world) =>
    cell.subject === 'ours'
      ? wake(world, {})
      : withRival('floor', 'chromium', extension => wake(world, { extension, welcome: 'none' })),
  lines: linesOf,
};

/** From a page's message to its answer; what the message says is unknown to either, and answered at once. */
const ask = `
  const from = performance.now();
  await chrome.runtime.sendMessage({ bench: true }).catch(() => undefined);
  return performance.now() - from;`;

async function wake(
  world: World,
  options: { readonly extension?: string; readonly welcome?: 'none' },
): Promise<Try> {
  const stage = await setStage('chromium', { ...world, ...options });
  try {
    const { browser } = stage;
    const page = await browser.openOptions();
    const [cold, warm]: [number[], number[]] = [[], []];
    for (let wake = 0; wake < wakes; wake += 1) {
      await browser.killWorker();
      cold.push(await page.evaluate<number>(ask));
      warm.push(await page.evaluate<number>(ask));
    }
    return {
      version: browser.version,
      at: Date.now(),
      values: { coldMs: median(cold), warmMs: median(warm) },
    };
  } finally {
    await stage.browser.dispose();
    await stage.sandbox.stop();
  }
}

function linesOf(rows: Rows): readonly string[] {
  const [floor = [], ours = []] = cells.map(rows);
  const say = (number: number) => number.toFixed(1);
  const row = (words: string, name: string) => [
    words,
    ratio(ours, floor, name),
    spread(valuesOf(floor, name), say),
    spread(valuesOf(ours, name), say),
  ];
  return [
    '',
    ...table(
      ['answer to a message', 'ours ÷ floor', 'floor, ms', 'ours, ms'],
      [row('from a worker that it starts', 'coldMs'), row('from a worker that runs', 'warmMs')],
    ),
  ];
}
