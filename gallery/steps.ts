import type { Face } from '../src/browser/face.ts';
import type { Step } from './state.ts';

/** What a user does in a page of the gallery, and in a page of the extension that a picture is taken of. */

/** As long as it takes until effects have run and promises that are kept have been heard of. */
export async function aFrame(): Promise<void> {
  await new Promise(resolve => requestAnimationFrame(resolve));
  await new Promise(resolve => setTimeout(resolve));
}

/** @param become gives the page another face. @throws {RangeError} if there is nothing to do it to. */
export async function take(step: Step, become: (face: Partial<Face>) => Promise<unknown>): Promise<void> {
  if ('press' in step) find(step.press, HTMLElement).click();
  else if ('become' in step) await become(step.become);
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
export function leaveOnly(about: string): void {
  const part = document.querySelector(about);
  if (!(part instanceof HTMLElement)) throw new RangeError(`Nothing matches ${about}`);
  Object.assign(part.style, { borderBlockStart: '0', paddingBlockStart: '0' });
  for (let one: HTMLElement = part; one.parentElement && one.localName !== 'main'; one = one.parentElement)
    for (const other of one.parentElement.children)
      if (other instanceof HTMLElement && other !== one && !other.matches('h2, .head, .notice'))
        other.style.display = 'none';
}

/** Around what is shown of a part of a page, CSS pixels; and how much more there is below it. */
const margin = 16;
const room = 48;

/** What is to be seen of a page that shows a state: all of it, or of a part neither the page's head nor the room below. */
export function seenOf(
  page: Document,
  isPart: boolean,
): { readonly top: number; readonly width: number; readonly height: number } {
  const head = isPart ? page.querySelector<HTMLElement>('.head') : null;
  const top = head ? head.offsetTop + head.offsetHeight + margin : 0;
  const below = head ? room : 0;
  const { offsetHeight } = page.documentElement;
  return { top, width: page.body.offsetWidth, height: offsetHeight - top - below };
}
