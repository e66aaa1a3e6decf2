import { expect } from 'vitest';
import { openGallery } from '../../gallery/server.ts';
import type { PageName } from '../../gallery/state.ts';
import { states } from '../../gallery/states.ts';
import type { BrowserName, Page } from '../browser.ts';
import type { Play } from '../playbill.ts';
import { launchers } from '../stage.ts';

const pages = ['popup', 'options', 'welcome'] as const satisfies readonly PageName[];

/** The user's own few colours, and no motion, as the system asks for them: in a real browser, in every state. */
export function contrast(play: Play, name: BrowserName): void {
  play(
    'keeps all that is drawn visible in the user’s own few colours, and moves nothing where nothing is to move',
    async stage => {
      await stage.changeSettings({ graceSeconds: 600 });
      const { tab: site } = await stage.logOn('acme');
      await site.close();
      const popup = await stage.popup();
      await popup.waitFor(`document.querySelector('[data-state=counting-down]') !== null`);
      expect(await popup.evaluate(asked)).toEqual({ colours: true, still: true });
      expect(await popup.evaluate(unseen)).toEqual([]);
      await popup.waitFor(ringHasMoved);
      expect(await popup.evaluate(motions)).toEqual([]);
      await popup.close();

      const gallery = await openGallery();
      try {
        for (const page of pages) {
          const tab = await stage.browser.openTab(`${gallery.url}src/${page}/${page}.html`);
          await tab.waitFor('"shown" in window');
          expect(await tab.evaluate(asked)).toEqual({ colours: true, still: true });
          const names = states.filter(one => one.page === page).map(({ name: state }) => state);
          expect(await tab.evaluate(inEach, names), page).toEqual([]);
          if (page === 'popup') await findsWhatIsPlanted(tab);
          await tab.close();
        }
      } finally {
        await gallery.close();
      }
    },
    {
      launch: options => launchers[name]({ ...options, asks: ['forced-colors', 'reduced-motion'] }),
    },
  );
}

/** Else these checks could be blind. */
async function findsWhatIsPlanted(tab: Page): Promise<void> {
  await tab.evaluate(`await window.show({ state: 'counting-down' })`);
  await tab.evaluate(
    `document.querySelector('.card-head .symbol').style.cssText = 'forced-color-adjust: none; color: #a05000';
     document.querySelector('.ring-track').style.strokeWidth = '3.5';
     document.querySelector('.button.main').style.border = '1px solid ButtonBorder';
     document.querySelector('.ring-left').style.transition = 'stroke-dashoffset 1s linear';
     getComputedStyle(document.querySelector('.ring-left')).strokeDashoffset;
     document.querySelector('.ring-left').style.strokeDashoffset = '0.9';`,
  );
  const found = (await tab.evaluate<string[]>(unseen)).join('\n');
  expect(found).toMatch(/symbol clock/);
  expect(found).toMatch(/ring/);
  expect(found).toMatch(/main button/);
  expect(await tab.evaluate(motions)).toEqual(['ring-left']);
}

const asked = `({
  colours: matchMedia('(forced-colors: active)').matches,
  still: matchMedia('(prefers-reduced-motion: reduce)').matches,
})`;

const ringHasMoved = `(() => {
  const left = document.querySelector('.ring-left').getAttribute('stroke-dashoffset');
  globalThis.leftBefore ??= left;
  return left !== globalThis.leftBefore;
})()`;

/** What moves by itself, by its class. */
const motions = `document.getAnimations().map(({ effect }) => effect.target.getAttribute('class'))`;

/** What is drawn in a colour that is not the user's, or cannot be told from what it lies on or stands beside. */
const unseen = `
  const probe = document.createElement('span');
  document.body.append(probe);
  const shown = colour => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const names = ['CanvasText', 'Canvas', 'LinkText', 'ButtonText', 'ButtonFace', 'ButtonBorder', 'Highlight', 'HighlightText', 'GrayText'];
  const own = Object.fromEntries(names.map(name => [name, shown(name)]));
  probe.remove();
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
      .map(one => one / 255).map(one => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const between = (a, b) => {
    const [less, more] = [light(a), light(b)].sort((one, other) => one - other);
    return (more + 0.05) / (less + 0.05);
  };
  const users = new Set(Object.values(own));
  const troubles = [];
  const drawn = (what, colour, ground = own.Canvas, least = 3) => {
    if (!users.has(colour)) troubles.push(what + ' in ' + colour + ', which is none of ' + [...users].join(' '));
    else if (between(colour, ground) < least) troubles.push(what + ' in ' + colour + ' on ' + ground);
  };
  const all = selector => [...document.querySelectorAll(selector)].filter(element => element.checkVisibility());
  const style = element => getComputedStyle(element);
  const named = element => element.getAttribute('class');

  for (const symbol of all('.symbol')) {
    drawn(named(symbol), style(symbol).color);
    for (const piece of symbol.children) {
      const { fill, stroke } = style(piece);
      for (const paint of [fill, stroke]) if (paint !== 'none') drawn(named(symbol), paint);
    }
  }
  for (const ring of all('.ring')) {
    const [track, left] = ['.ring-track', '.ring-left'].map(part => style(ring.querySelector(part)));
    drawn('the ring’s track', track.stroke);
    drawn('the ring', left.stroke);
    if (parseFloat(left.strokeWidth) < 2 * parseFloat(track.strokeWidth)) troubles.push('the ring is as wide as its track');
    drawn('the ring’s label', style(ring.querySelector('.ring-label')).fill);
  }
  for (const chart of all('.chart')) {
    const [proven, unproven] = ['rect.proven', 'rect.unproven'].map(part => chart.querySelector(part + ':not([height="0"])'));
    if (proven) drawn('a proven bar', style(proven).fill);
    if (unproven) drawn('the edge of an unproven bar', style(unproven).stroke);
    if (proven && unproven && between(style(proven).fill, style(unproven).fill) < 3) troubles.push('the bars are alike');
    const [provenKey, unprovenKey] = ['.proven', '.unproven'].map(part => getComputedStyle(chart.querySelector('.chart-key ' + part), '::before'));
    if (between(provenKey.backgroundColor, unprovenKey.backgroundColor) < 3) troubles.push('the keys of the chart are alike');
  }
  for (const button of all('button, input, select, summary')) {
    const { borderTopColor, borderTopWidth, borderTopStyle, color, backgroundColor } = style(button);
    const what = named(button) + ' ' + button.localName + ' ' + button.textContent.slice(0, 20);
    const strong = button.matches('.button:is(.main, [aria-pressed=true])');
    if (button.matches('.button, .icon-button, .input')) {
      if (borderTopStyle === 'none' || parseFloat(borderTopWidth) < (strong ? 2 : 1)) troubles.push(what + ': no edge');
      drawn('the edge of ' + what, borderTopColor);
    }
    const ground = /, 0\\)$/.test(backgroundColor) ? own.Canvas : backgroundColor;
    if (button.matches('.button')) drawn(what, color, ground, 4.5);
    if (button.matches('.button') && ![own.Canvas, own.ButtonFace].includes(ground))
      troubles.push(what + ': the words’ own ground would stand in another');
  }
  const { activeElement } = document;
  if (activeElement?.matches(':focus-visible')) {
    const { outlineStyle, outlineWidth, outlineColor } = style(activeElement);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) troubles.push('no ring at ' + named(activeElement));
    else drawn('the focus ring', outlineColor);
  }
  return troubles;`;

/** In each of these states of a page of the gallery: what is not to be seen, and what moves. */
const inEach = `
  const troubles = [];
  for (const state of argument) {
    await window.show({ state });
    const found = [...(() => { ${unseen} })(), ...${motions}.map(one => one + ' moves')];
    troubles.push(...found.map(one => state + ': ' + one));
  }
  return troubles;`;
