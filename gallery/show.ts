import { type ComponentChild, options, render } from 'preact';
import type { Face } from '../src/browser/face.ts';
import { kept } from '../src/browser/kept.ts';
import { here, settle } from '../src/ui/here.ts';
import { boxTroubles } from './box-troubles.ts';
import { now } from './faces.ts';
import type { PageName, State } from './state.ts';
import { states } from './states.ts';
import { aFrame, leaveOnly, take } from './steps.ts';
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
    for (const step of state.steps ?? []) await take(step, window.change);
    if (state.about) leaveOnly(state.about);
    scrollTo(0, 0);
  };
  const asked = Object.fromEntries(new URLSearchParams(location.search));
  window.shown = window.show({ state: own[0]?.name ?? '', ...asked });
}
