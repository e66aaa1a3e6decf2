/** The context menu of the extension's toolbar button. No protocol shows it: a user's hands reach it all the same. */
import type { Screen } from '../display.ts';
import { until } from '../until.ts';

/** In pixels. The extension's name is the first row, and a line divides it from the entries. */
const entries = { fromLeft: 40, firstFromTop: 64, height: 29 };
/** More than any tooltip has. */
const leastHeight = 150;

/** @param entry one of the extension's own, counted from 0. */
export async function chooseInMenu(
  screen: Screen,
  pid: number,
  button: { readonly x: number; readonly y: number },
  entry: number,
  by: 'mouse' | 'keys',
): Promise<void> {
  const before = await screen.shown(pid);
  const find = async (): Promise<string | undefined> => {
    for (const id of await screen.shown(pid))
      if (!before.includes(id) && (await screen.heightOf(id)) > leastHeight) return id;
    return undefined;
  };
  // From the browser's own menu over the user's picture and the list of extensions to the button.
  if (by === 'mouse') await screen.click(button.x, button.y, 'right');
  else await screen.press('F10 Left Left Left shift+F10');
  const menu = await until('the menu of the toolbar button', find);
  if (by === 'mouse') {
    const { fromLeft, firstFromTop, height } = entries;
    await screen.clickIn(menu, fromLeft, firstFromTop + entry * height);
  } else await screen.press(['Home', ...Array<string>(entry).fill('Down'), 'Return'].join(' '));
  await until('the menu to be gone', async () => !(await find()));
}
