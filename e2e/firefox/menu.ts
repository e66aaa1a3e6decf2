/** The context menu of the extension's toolbar button, handled as a user handles it. */
import * as v from 'valibot';
import type { Screen } from '../display.ts';
import { until } from '../until.ts';
import type { Driver } from './driver.ts';

const point = v.object({ x: v.number(), y: v.number() });
const entries = v.array(v.object({ ...point.entries, isChosen: v.boolean() }));

/** @param entry one of the extension's own, counted from 0. */
export async function chooseInMenu(
  driver: Driver,
  screen: Screen,
  { id, pid }: { readonly id: string; readonly pid: number },
  entry: number,
  by: 'mouse' | 'keys',
): Promise<void> {
  const find = async () => (await driver.call(entries, 'menuEntries', id))[entry];
  await screen.focus(pid);
  const button = await driver.call(point, 'focusToolbarButton', id);
  if (by === 'mouse') await screen.click(button.x, button.y, 'right');
  else await screen.press('shift+F10');
  const { x, y } = await until(`entry ${entry} of the button's menu`, find);
  if (by === 'mouse') await screen.click(x, y);
  else {
    await until('the entry to be chosen', async () => {
      if ((await find())?.isChosen) return true;
      await screen.press('Down');
      return false;
    });
    await screen.press('Return');
  }
  await until('the menu to be gone', async () => !(await find()));
}
