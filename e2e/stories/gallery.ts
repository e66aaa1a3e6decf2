import { expect } from 'vitest';
import { sessionsAtOnce } from '../../gallery/faces.ts';
import { openGallery } from '../../gallery/server.ts';
import type { PageName } from '../../gallery/state.ts';
import { states } from '../../gallery/states.ts';
import type { View } from '../../gallery/view.ts';
import { axeTroubles, bringAxe } from '../accessibility.ts';
import type { Tab } from '../browser.ts';
import type { Play } from '../playbill.ts';
import type { Stage } from '../stage.ts';
import { stops, walk, wellWalked } from '../walking.ts';

const pages = ['popup', 'options', 'welcome'] as const satisfies readonly PageName[];
const named = (page: PageName): readonly string[] =>
  states.filter(state => state.page === page).map(({ name }) => name);

/** Every state of every page, from the gallery: the shipped components in a real browser. */
export function gallery(play: Play): void {
  play('has nothing that axe finds wrong, in any state, theme or direction', async stage => {
    await inGallery(stage, async (tab, page) => {
      await bringAxe(tab);
      for (const state of named(page)) {
        expect(await tab.evaluate<string[]>(inEveryLook, state), `${page} ${state}`).toEqual([]);
      }
    });
  });

  play('finds what is wrong with a page where something is', async stage => {
    await inGallery(stage, async (tab, page) => {
      if (page !== 'popup') return;
      await bringAxe(tab);
      await show(tab, { state: 'open' });
      await tab.evaluate(`document.querySelector('.muted').style.color = '#999999';
        document.querySelector('[data-does=open-options]').removeAttribute('aria-label');
        document.querySelector('[data-does=open-options]').removeAttribute('title');`);
      const found = await tab.evaluate<string[]>(axeTroubles);
      expect(found.map(line => line.split(':')[0])).toEqual(
        expect.arrayContaining(['button-name', 'color-contrast']),
      );
      const open = { width: 360, lang: 'en', names: ['open'], view: {} } as const;
      const moved = await inFrame(
        tab,
        open,
        `document.querySelector('.card h2').style.cssText = 'position: relative; top: 12px';`,
      );
      expect(moved.join()).toMatch(/acme.fogbugz.com.*overlaps.*Ada Lovelace/);
      const cut = await inFrame(
        tab,
        open,
        `document.querySelector('.ending').style.cssText = 'white-space: nowrap; overflow: hidden; inline-size: 5rem';`,
      );
      expect(cut.join()).toMatch(/Ends.*is cut off/);
    });
  });

  play('draws the one card anew that has changed, of two hundred', async stage => {
    await inGallery(stage, async (tab, page) => {
      if (page !== 'popup') return;
      await show(tab, { state: 'open' });
      const sessions = sessionsAtOnce(200);
      const [first, ...rest] = sessions;
      const drawn = (now: typeof sessions) =>
        tab.evaluate<number>('window.change({ sessions: argument })', now);
      expect(await drawn(sessions)).toBeGreaterThan(1000);
      // Each card is asked whether it has changed, and that counts as one.
      expect(await drawn(first ? [{ ...first, staysOnce: true }, ...rest] : [])).toBeLessThan(280);
      expect(await drawn(rest)).toBeLessThan(280);
    });
  });

  play(
    'lets everything be reached by keyboard, shows where it is, and lets nobody be trapped',
    async stage => {
      await inGallery(stage, async (first, page) => {
        const url = await first.url();
        const known = new Set<string>();
        for (const state of walked[page]) {
          await show(first, { state });
          // Where the same controls stand in the same order, one walk is as good as another.
          const controls = (await first.evaluate<string[]>(stops)).join();
          if (known.has(controls)) continue;
          known.add(controls);
          expect(await walk(stage, url, state), `${page} ${state}`).toEqual(wellWalked);
        }
      });
    },
  );

  play('finds a control without a ring, and one that keeps the focus to itself', async stage => {
    await inGallery(stage, async (first, page) => {
      if (page !== 'popup') return;
      const url = await first.url();
      const bare = `document.querySelector('[data-does=log-off]').style.outline = 'none';`;
      expect((await walk(stage, url, 'open', bare)).withoutRing).toHaveLength(1);
      const trap = `document.querySelector('[data-does=log-off]')
        .addEventListener('keydown', event => event.preventDefault());`;
      expect((await walk(stage, url, 'open', trap)).notReached).not.toEqual([]);
    });
  });

  for (const [what, width, view] of [
    ['320 px of width', 320, {}],
    ['200 % text', 1024, { text: 200 }],
  ] as const) {
    play(
      `lets nothing overlap and cuts nothing off, at ${what}, in English, German and Hebrew`,
      async stage => {
        await inGallery(stage, async (tab, page) => {
          for (const lang of ['en', 'de', 'he'] as const) {
            const troubles = await inFrame(tab, { width, lang, names: named(page), view });
            expect(troubles, `${page} ${lang}`).toEqual([]);
          }
        });
      },
    );
  }

  play('shows three sessions in a popup that needs no scrolling, in English and German', async stage => {
    await inGallery(stage, async (tab, page) => {
      if (page !== 'popup') return;
      const heightOf = (lang: string, count: number): Promise<number> =>
        tab.evaluate<number>(
          `${frameOf}
           await inside.show({ state: 'several' });
           await inside.change({ sessions: argument.sessions });
           const height = inside.document.documentElement.scrollHeight;
           frame.remove();
           return height;`,
          { width: 360, lang, sessions: sessionsAtOnce(count) },
        );
      for (const lang of ['en', 'de']) {
        expect(await heightOf(lang, 3), lang).toBeLessThanOrEqual(highest);
        expect(await heightOf(lang, 7), lang).toBeGreaterThan(highest);
      }
    });
  });
}

/** What browsers give a popup at most, CSS pixels. */
const highest = 600;

/** All states of the popup; of the others those with all kinds of controls. */
const walked = {
  popup: named('popup'),
  options: ['standard', 'site-request'],
  welcome: ['first'],
} satisfies Record<PageName, readonly string[]>;

/** Opens each page of the gallery in turn. */
async function inGallery(stage: Stage, use: (tab: Tab, page: PageName) => Promise<void>): Promise<void> {
  const served = await openGallery();
  try {
    for (const page of pages) {
      const tab = await stage.browser.openTab(`${served.url}src/${page}/${page}.html`);
      await tab.waitFor('"shown" in window');
      await tab.evaluate('await window.shown');
      await use(tab, page);
      await tab.close();
    }
  } finally {
    await served.close();
  }
}

function show(tab: Tab, view: View): Promise<void> {
  return tab.evaluate('await window.show(argument)', view);
}

/** Axe's findings for a state, in each theme and each direction. */
const inEveryLook = `
  const troubles = [];
  for (const dir of ['ltr', 'rtl']) {
    for (const scheme of ['light', 'dark']) {
      await window.show({ state: argument, scheme, dir });
      troubles.push(...(${axeTroubles}).map(line => [scheme, dir, line].join(' ')));
    }
  }
  return troubles;`;

/** Begins a script that uses the same page in a frame, `argument.width` wide, in the language `argument.lang`. */
const frameOf = `
  const frame = document.createElement('iframe');
  frame.style.cssText = 'position: absolute; inset: 0 auto auto 0; border: 0; block-size: 600px';
  frame.width = argument.width;
  frame.src = location.pathname + '?lang=' + argument.lang;
  document.documentElement.append(frame);
  await new Promise(resolve => frame.addEventListener('load', resolve));
  const inside = frame.contentWindow;
  await inside.shown;`;

type Framed = {
  /** CSS pixels. */
  readonly width: number;
  readonly lang: 'en' | 'de' | 'he';
  readonly names: readonly string[];
  readonly view: Omit<View, 'state'>;
};

/** What overlaps or is cut off in states of a page, each line with its state. `change`: done before. */
function inFrame(tab: Tab, framed: Framed, change = ''): Promise<readonly string[]> {
  return tab.evaluate(
    `${frameOf}
     const troubles = [];
     for (const state of argument.names) {
       await inside.show({ ...argument.view, state });
       inside.eval(argument.change);
       troubles.push(...inside.boxTroubles().map(line => state + ': ' + line));
     }
     frame.remove();
     return troubles;`,
    { ...framed, change },
  );
}
