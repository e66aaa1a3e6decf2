import type { Stage } from './stage.ts';
import { until } from './until.ts';

/** What went wrong on a walk with the key Tab through a page; each line names a control. */
type Walk = {
  readonly withoutRing: readonly string[];
  readonly notReached: readonly string[];
  /** What has the focus, and nobody counted on it. */
  readonly unforeseen: readonly string[];
};
export const wellWalked: Walk = { withoutRing: [], notReached: [], unforeseen: [] };

/** Walks through a state of the gallery, in a tab of its own: each walk ends in the browser's own bars. `change`: done before. */
export async function walk({ browser }: Stage, url: string, state: string, change = ''): Promise<Walk> {
  const tab = await browser.openTab(url);
  await tab.waitFor('"shown" in window');
  await tab.evaluate('await window.show(argument)', { state });
  await tab.evaluate(change);
  await tab.click('h1');
  await tab.waitFor('document.hasFocus()');
  await tab.evaluate(countTabs);
  const reachable = await tab.evaluate<string[]>(stops);
  const met = new Map<string, Stop>();
  // One more than there are, and some fields are several stops: who is still inside then is trapped.
  for (let steps = 0; steps < reachable.length + 20; steps += 1) {
    await browser.press('Tab');
    const stop = await until('the press of Tab to arrive', () => tab.evaluate<Stop | undefined>(here, steps));
    const [first] = met.keys();
    if (stop.name === undefined || (met.size > 1 && stop.name === first)) break;
    met.set(stop.name, stop);
  }
  await tab.close();
  return {
    withoutRing: [...met].filter(([, { ring }]) => !ring).map(([name]) => name),
    notReached: reachable.filter(name => !met.has(name)),
    unforeseen: [...met.keys()].filter(name => !reachable.includes(name)),
  };
}

/** Numbers what can have the focus, and gives the names; of radio buttons that belong together, one. */
export const stops = `
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

/** What a press of Tab came to; without a name, it left the page. */
type Stop = { readonly name?: string; readonly ring: boolean };
