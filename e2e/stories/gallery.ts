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
import { until } from '../until.ts';

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
      const moved = await inFrame(
        tab,
        page,
        360,
        ['open'],
        {},
        `document.querySelector('.card h2').style.cssText = 'position: relative; top: 12px';`,
      );
      expect(moved.join()).toMatch(/acme.fogbugz.com.*overlaps.*Ada Lovelace/);
      const cut = await inFrame(
        tab,
        page,
        360,
        ['open'],
        {},
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
        for (const state of walked[page]) {
          // A tab of its own: the last walk ended in the browser's own bars.
          const tab = await stage.browser.openTab(await first.url());
          await tab.waitFor('"shown" in window');
          await show(tab, { state });
          await tab.click('h1');
          await tab.waitFor('document.hasFocus()');
          await tab.evaluate(countTabs);
          const reachable = await tab.evaluate<string[]>(stops);
          const met: Stop[] = [];
          // One more than there are, and some fields are several stops: who is still inside then is trapped.
          for (let steps = 0; steps < reachable.length + 20; steps += 1) {
            await stage.browser.press('Tab');
            const stop = await until('the press of Tab to arrive', () =>
              tab.evaluate<Stop | undefined>(here, steps),
            );
            if (stop.name === undefined || (steps > 0 && stop.name === met[0]?.name)) break;
            met.push(stop);
          }
          expect(
            met.filter(({ ring }) => !ring),
            `${page} ${state}: without a ring`,
          ).toEqual([]);
          expect(new Set(met.map(({ name }) => name)), `${page} ${state}`).toEqual(new Set(reachable));
          await tab.close();
        }
      });
    },
  );

  for (const [what, width, view] of [
    ['320 px of width', 320, {}],
    ['200 % text', 1024, { text: 200 }],
  ] as const) {
    play(`lets nothing overlap and cuts nothing off, at ${what}, in both directions`, async stage => {
      await inGallery(stage, async (tab, page) => {
        for (const dir of ['ltr', 'rtl'] as const) {
          expect(await inFrame(tab, page, width, named(page), { ...view, dir }), `${page} ${dir}`).toEqual(
            [],
          );
        }
      });
    });
  }
}

/** What a press of Tab came to; without a name, it left the page. */
type Stop = { readonly name?: string; readonly ring: boolean };

/** States with all kinds of controls. */
const walked = {
  popup: ['several', 'ambiguous', 'api-key-revoking', 'no-permission'],
  options: ['standard', 'site-request'],
  welcome: ['first'],
} as const satisfies Record<PageName, readonly string[]>;

/** Numbers what can have the focus, and gives the names; of radio buttons that belong together, one. */
const stops = `
  const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
    .filter(element => !element.disabled && element.checkVisibility() && !element.closest('fieldset:disabled'))
    .filter(element => element.type !== 'radio' || element.checked);
  return all.map((element, index) => (element.dataset.stop = index + ' ' + (element.textContent.trim().slice(0, 20) || element.name)));`;

/** Each press ends where it has led to; one that leads out of the page ends there. */
const countTabs = `
  globalThis.tabs = 0;
  addEventListener('keyup', ({ key }) => { if (key === 'Tab') globalThis.tabs += 1; }, true);`;

/** @param argument how many presses of Tab came before the one that is awaited. */
const here = `
  const { activeElement } = document;
  if (document.hasFocus() && globalThis.tabs <= argument) return undefined;
  if (!document.hasFocus() || !activeElement || activeElement === document.body) return { ring: false };
  const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
  const ring = activeElement.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  return { name: activeElement.dataset.stop ?? activeElement.outerHTML.slice(0, 80), ring };`;

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

/** Axe's findings for a state, in both themes and both directions, which have nothing to do with each other. */
const inEveryLook = `
  const troubles = [];
  for (const [scheme, dir] of [['light', 'ltr'], ['dark', 'rtl']]) {
    await window.show({ state: argument, scheme, dir });
    troubles.push(...(${axeTroubles}).map(line => [scheme, dir, line].join(' ')));
  }
  return troubles;`;

/** What overlaps or is cut off in states of a page as wide as that, each line with its state. `change`: done before. */
function inFrame(
  tab: Tab,
  page: PageName,
  width: number,
  names: readonly string[],
  view: Omit<View, 'state'>,
  change = '',
): Promise<readonly string[]> {
  return tab.evaluate(
    `const frame = document.createElement('iframe');
     frame.style.cssText = 'position: absolute; inset: 0 auto auto 0; border: 0; block-size: 600px';
     frame.width = argument.width;
     frame.src = location.pathname;
     document.documentElement.append(frame);
     await new Promise(resolve => frame.addEventListener('load', resolve));
     const inside = frame.contentWindow;
     await inside.shown;
     const troubles = [];
     for (const state of argument.names) {
       await inside.show({ ...argument.view, state });
       inside.eval(argument.change);
       troubles.push(...inside.boxTroubles().map(line => state + ': ' + line));
     }
     frame.remove();
     return troubles;`,
    { page, width, names, view, change },
  );
}
