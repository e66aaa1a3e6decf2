import { type ComponentChild, options, render } from 'preact';
import type { Face } from '../src/browser/face.ts';
import { kept } from '../src/browser/kept.ts';
import { here, settle } from '../src/ui/here.ts';
import { boxTroubles } from './box-troubles.ts';
import { now } from './faces.ts';
import type { PageName, State, Step } from './state.ts';
import { states } from './states.ts';
import { readView, type View } from './view.ts';

declare global {
  interface Window {
    /** For the index and the tests: shows another state without loading the page anew. */
    show: (view: View) => Promise<void>;
    /** Resolves when what the address asks for is shown. */
    shown: Promise<void>;
    /** What overlaps or is cut off in this page as it is now. */
    boxTroubles: () => readonly string[];
    /** Shows another face in the same page, and tells how many components were drawn for it. */
    change: (face: Partial<Face>) => Promise<number>;
  }
}

/** Makes the page one of the gallery: `prepare` gives the real component, with callbacks that answer as the state says. */
export function exhibit(page: PageName, prepare: (state: State) => (face: Face) => ComponentChild): void {
  let drawn = 0;
  const { diffed } = options;
  options.diffed = node => {
    diffed?.(node);
    if (typeof node.type === 'function') drawn += 1;
  };
  let change: Window['change'] = async () => 0;
  window.change = face => change(face);
  Date.now = () => now;
  window.boxTroubles = () => boxTroubles(document);
  const own = states.filter(state => state.page === page);

  window.show = async input => {
    const view = readView(input);
    const state = own.find(({ name }) => name === view.state);
    if (!state) throw new RangeError(`No state ${view.state} of the page ${page}`);
    const { documentElement: root, body } = document;
    settle(document, here.say('extensionShortName'));
    if (view.dir) root.dir = view.dir;
    root.style.colorScheme = view.scheme;
    root.style.fontSize = `${view.text}%`;
    render(null, body);
    const draw = prepare(state);
    let face = state.face;
    change = async changes => {
      face = kept(face, { ...face, ...changes });
      drawn = 0;
      render(draw(face), body);
      // Long lists come by and by, with some frames in which nothing else is drawn.
      for (let before = 0; before !== drawn; ) {
        before = drawn;
        await aFrame();
        await aFrame();
      }
      return drawn;
    };
    render(draw(face), body);
    await aFrame();
    for (const step of state.steps ?? []) await take(step);
    if (state.about) leaveOnly(state.about);
    scrollTo(0, 0);
  };
  const asked = Object.fromEntries(new URLSearchParams(location.search));
  window.shown = window.show({ state: own[0]?.name ?? '', ...asked });
}

/** As long as it takes until effects have run and promises that are kept have been heard of. */
async function aFrame(): Promise<void> {
  await new Promise(resolve => requestAnimationFrame(resolve));
  await new Promise(resolve => setTimeout(resolve));
}

async function take(step: Step): Promise<void> {
  if ('press' in step) find(step.press, HTMLElement).click();
  else if ('become' in step) await window.change(step.become);
  else if ('wait' in step) await appeared(step.wait);
  else if ('give' in step) give(find(step.give, HTMLInputElement), step.text);
  else fill(find(step.fill, HTMLElement), step.text);
  await aFrame();
  await aFrame();
}

async function appeared(selector: string): Promise<void> {
  while (!document.querySelector(selector)) await aFrame();
}

function give(field: HTMLInputElement, text: string): void {
  const files = new DataTransfer();
  files.items.add(new File([text], 'settings.json', { type: 'application/json' }));
  field.files = files.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

function fill(field: HTMLElement, text: string): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement))
    throw new TypeError(`${field.localName} cannot be filled`);
  field.value = text;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}

/** The first that can be seen: what is folded away, no user reaches. */
function find<Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind {
  const found = [...document.querySelectorAll(selector)].find(element => element.checkVisibility());
  if (!(found instanceof kind)) throw new RangeError(`Nothing to be seen matches ${selector}`);
  return found;
}

/** What stands around it goes, but for titles and for what is said of the whole page. */
function leaveOnly(about: string): void {
  const part = document.querySelector(about);
  if (!(part instanceof HTMLElement)) throw new RangeError(`Nothing matches ${about}`);
  Object.assign(part.style, { borderBlockStart: '0', paddingBlockStart: '0' });
  for (let one: HTMLElement = part; one.parentElement && one.localName !== 'main'; one = one.parentElement)
    for (const other of one.parentElement.children)
      if (other instanceof HTMLElement && other !== one && !other.matches('h2, .head, .notice'))
        other.style.display = 'none';
}
