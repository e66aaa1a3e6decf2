import { aFrame } from '../../../gallery/steps.ts';

/** Functions of the browser's own, in a page of the extension: others in their place, and how many are being waited for. */

let awaited = 0;

/**
 * Puts another function in the place of one. It answers both who waits for a promise and, as the polyfill does, who gives a
 * function to be called back; where it throws, it throws at once.
 */
export function replace<Words extends readonly never[]>(
  owner: object,
  name: string,
  answer: (...words: Words) => unknown,
): void {
  const value = (...words: Words): unknown => {
    const callback: unknown = words.at(-1);
    const answered = Promise.resolve(answer(...words));
    if (typeof callback !== 'function') return answered;
    void answered.then(result => callback(result));
    return undefined;
  };
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}

/** Leaves a function as it is, and notes how many of its answers have not come yet. */
export function count(owner: object, name: string): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new TypeError(`${name} is no function`);
  replace(owner, name, async (...words: readonly never[]) => {
    awaited += 1;
    try {
      return await original.apply(owner, typeof words.at(-1) === 'function' ? words.slice(0, -1) : words);
    } finally {
      awaited -= 1;
    }
  });
}

/** So many frames without a change, and the page is as it stays: a long list grows in every second one. */
const quietFrames = 4;

/** Resolves once the page has its answers and has drawn what came of them. */
export async function settled(): Promise<void> {
  let quiet = 0;
  const drawn = new MutationObserver(() => {
    quiet = 0;
  });
  drawn.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  while (quiet < quietFrames || !document.querySelector('main')) {
    await aFrame();
    quiet = awaited > 0 ? 0 : quiet + 1;
  }
  drawn.disconnect();
}
