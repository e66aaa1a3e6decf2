import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '../../e2e/browser.ts';
import { unpackedId } from '../../e2e/chromium/profile.ts';
import { buildOf, type Stage, setStage } from '../../e2e/stage.ts';
import type { HistoryEntry, SessionView } from '../../src/session/view.ts';
import { median } from '../median.ts';
import { ratioWithin, spread, table, valuesOf } from './compare.ts';
import { withRival } from './extensions.ts';
import type { Cell, Part, Rows, Try, World } from './part.ts';

const what = {
  'popup, 1 session': { file: 'src/popup/popup.html', sessions: 1, lines: 0, selector: '.card', shows: 1 },
  'popup, 200 sessions': {
    file: 'src/popup/popup.html',
    sessions: 200,
    lines: 0,
    selector: '.card',
    shows: 200,
  },
  'options, 1,000 lines of history': {
    file: 'src/options/options.html',
    sessions: 1,
    lines: 1_000,
    selector: '.table tbody tr',
    shows: 50,
  },
} as const;
type What = keyof typeof what;
const isWhat = (name: string): name is What => Object.hasOwn(what, name);

const openings = 5;
const cells = Object.keys(what).map(
  (name): Cell => ({ browser: 'chromium', subject: 'ours', what: name, roundTripMs: 0 }),
);

/**
 * From the opening of a page to its final content on the screen, and to the rest of it below the edge, beside the same
 * content as a file without any script: the HTML and the styles that our page has come to. Chromium alone tells of long
 * tasks.
 */
export const pages: Part = {
  name: 'pages',
  cells,
  tries: 5,
  measure: (cell, world) => withRival('floor', 'chromium', folder => measure(cell, world, folder)),
  lines: linesOf,
};

async function measure({ what: name }: Cell, world: World, folder: string): Promise<Try> {
  if (!isWhat(name)) throw new Error(`Nothing is called ${name}`);
  const { file, sessions, lines, selector, shows } = what[name];
  const stage = await setStage('chromium', { ...world, beside: folder });
  try {
    await fill(stage, sessions, lines);
    const ours = `chrome-extension://${await unpackedId(buildOf('chromium'))}/${file}`;
    const theirs = `chrome-extension://${await unpackedId(folder)}/page.html`;
    const look = async (url: string, use: (page: Page) => Promise<void> = async () => undefined) => {
      const page = await stage.browser.openTab(url);
      const allMs = await page.evaluate<number>(whenAllThere, { selector, shows });
      const painted = await page.evaluate<Painted>(whenPainted);
      await use(page);
      await page.close();
      return { ...painted, allMs };
    };
    await look(ours, async page => writeFile(join(folder, 'page.html'), await page.evaluate<string>(asFile)));
    const [mine, empty]: [Opened[], Opened[]] = [[], []];
    for (let opening = 0; opening < openings; opening += 1) {
      mine.push(await look(ours));
      empty.push(await look(theirs));
    }
    return {
      version: stage.browser.version,
      at: Date.now(),
      values: {
        ms: median(mine.map(({ ms }) => ms)),
        emptyMs: median(empty.map(({ ms }) => ms)),
        allMs: median(mine.map(({ allMs }) => allMs)),
        longestTaskMs: Math.max(...mine.map(({ longestTaskMs }) => longestTaskMs)),
      },
    };
  } finally {
    await stage.browser.dispose();
    await stage.sandbox.stop();
  }
}

type Painted = { readonly ms: number; readonly longestTaskMs: number };
type Opened = Painted & { readonly allMs: number };

/**
 * When all of it was there, what is below the page's edge too. Never too early, but too late where that was before anybody
 * could look.
 */
const whenAllThere = `
  const { selector, shows } = argument;
  const aFrame = () => new Promise(resolve => requestAnimationFrame(resolve));
  while (document.querySelectorAll(selector).length < shows) await aFrame();
  return performance.now();`;

/** The last of what was painted, as the browser itself has noted it, and the longest task over 50 ms. */
const whenPainted = `
  const all = type => new Promise(resolve => {
    const observer = new PerformanceObserver(list => resolve(list.getEntries()));
    observer.observe({ type, buffered: true });
    setTimeout(() => resolve([]), 300);
  });
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const [paints, largest, tasks] = await Promise.all(
    ['paint', 'largest-contentful-paint', 'longtask'].map(all),
  );
  return {
    ms: Math.max(...[...paints, ...largest].map(({ startTime }) => startTime)),
    longestTaskMs: Math.max(0, ...tasks.map(({ duration }) => duration)),
  };`;

/** The page as it stands, without its scripts, and with its styles in it. */
const asFile = `
  const styles = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText));
  const copy = document.documentElement.cloneNode(true);
  for (const one of copy.querySelectorAll('script, link')) one.remove();
  const style = document.createElement('style');
  style.textContent = styles.join('\\n');
  copy.querySelector('head').append(style);
  return '<!doctype html>' + copy.outerHTML;`;

/** What pages are shown, without the sessions behind it: pages read the store, and ask nobody. */
async function fill(stage: Stage, sessions: number, lines: number): Promise<void> {
  const views = Array.from({ length: sessions }, (_, index): readonly [string, SessionView] => [
    `view:${index}`,
    {
      id: String(index),
      site: `https://team-${index}.fogbugz.com/`,
      source: 'web',
      kind: 'session',
      private: false,
      container: false,
      since: Date.now() - index * 60_000,
      person: { name: 'Ada Lovelace', email: 'ada@example.com' },
      staysOnce: false,
      state: { is: 'open', inUse: true },
    },
  ]);
  const history = Array.from(
    { length: lines },
    (_, index): HistoryEntry => ({
      id: `h${index}`,
      at: Date.now() - (index + 1) * 3_600_000,
      site: 'https://beta.fogbugz.com/',
      person: 'Ada Lovelace',
      trigger: 'last-tab',
      outcome: 'logged-off',
      attempts: 1,
      ms: 43,
      confirmed: true,
    }),
  );
  await stage.browser.inWorker(
    `await chrome.storage.session.set(argument.views);
     await chrome.storage.local.set({ history: argument.history });`,
    { views: Object.fromEntries(views), history },
  );
}

function linesOf(rows: Rows): readonly string[] {
  return [
    '',
    ...table(
      [
        'page',
        'ours ÷ the same as a file',
        'as a file, ms',
        'ours, ms',
        'all of ours, at most, ms',
        'longest task over 50 ms, ms',
      ],
      cells.flatMap(cell => {
        const tries = rows(cell);
        if (tries.length === 0) return [];
        const longest = Math.max(...valuesOf(tries, 'longestTaskMs'));
        return [
          [
            cell.what,
            ratioWithin(tries, 'ms', 'emptyMs'),
            spread(valuesOf(tries, 'emptyMs')),
            spread(valuesOf(tries, 'ms')),
            spread(valuesOf(tries, 'allMs')),
            longest === 0 ? 'none' : longest.toFixed(0),
          ],
        ];
      }),
    ),
  ];
}
