/** A drop-down list of a page, handled with the mouse. It opens as a window of its own, which no protocol shows. */
import type { Page } from './browser.ts';
import type { Screen } from './display.ts';
import { until } from './until.ts';

type List = { readonly x: number; readonly y: number; readonly entries: number };

/** In pixels. No tooltip is as high for each entry of a list that has two or more. */
const leastOfEntry = 16;
const fromLeft = 24;

/** @param entry counted from 0. */
export async function chooseInList(
  screen: Screen,
  pid: number,
  page: Page,
  selector: string,
  entry: number,
): Promise<void> {
  const before = await screen.shown(pid);
  await page.waitFor(`document.querySelector(${JSON.stringify(selector)}) !== null`);
  const { x, y, entries } = await page.evaluate<List>(onScreen, selector);
  const find = async (): Promise<{ id: string; height: number } | undefined> => {
    for (const id of await screen.shown(pid)) {
      const height = before.includes(id) ? 0 : await screen.heightOf(id);
      if (height >= entries * leastOfEntry) return { id, height };
    }
    return undefined;
  };
  await screen.click(x, y);
  const list = await until(`the list ${selector} to open`, find);
  await screen.clickIn(list.id, fromLeft, Math.round(((entry + 0.5) * list.height) / entries));
  await until(`the list ${selector} to be gone`, async () => !(await find()));
}

/** The middle of a list that is folded, in pixels of the screen. Only Firefox tells where its pages stand there. */
const onScreen = `
  const list = document.querySelector(argument);
  list.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = list.getBoundingClientRect();
  const { mozInnerScreenX, mozInnerScreenY, screenX, screenY } = window;
  const fromLeft = mozInnerScreenX ?? screenX + (outerWidth - innerWidth) / 2;
  const fromTop = mozInnerScreenY ?? screenY + outerHeight - innerHeight;
  return { x: Math.round(fromLeft + left + width / 2), y: Math.round(fromTop + top + height / 2), entries: list.length };`;
