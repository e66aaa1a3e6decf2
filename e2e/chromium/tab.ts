import type { Tab } from '../browser.ts';
import { until, within } from '../until.ts';
import type { Devtools } from './devtools.ts';
import type { Helper } from './helper.ts';
import { loaded, pageOf } from './page.ts';

export function tabOf(devtools: Devtools, helper: Helper, first: number): Tab {
  let id = first;
  const find = async () => {
    const targetId = await helper.targetOf(id);
    const target = (await devtools.targets()).find(candidate => candidate.targetId === targetId);
    if (!target) throw new Error(`There is no tab ${id}`);
    return target;
  };
  const page = pageOf(devtools, find);

  return {
    ...page,
    get id() {
      return id;
    },
    url: () => helper.url(id),
    async click(selector) {
      await helper.bringToFront(id); // a hidden page takes no input
      await page.click(selector);
    },
    async type(selector, text) {
      await helper.bringToFront(id);
      await page.type(selector, text);
    },
    async chooseFile(selector, file) {
      await helper.bringToFront(id);
      await page.chooseFile(selector, file);
    },
    async goto(url) {
      const { errorText } = await devtools.attached(await find(), session =>
        session.send('Page.navigate', { url, transitionType: 'typed' }),
      );
      if (errorText) throw new Error(`${url}: ${errorText}`);
      await loaded(devtools, find, url);
    },
    async reload() {
      await devtools.attached(await find(), async session => {
        const done = new Promise(resolve => session.once('Page.loadEventFired', resolve));
        await session.send('Page.enable');
        await session.send('Page.reload');
        await within(`the reload of tab ${id}`, done);
      });
    },
    moveToNewWindow: () => helper.moveToNewWindow(id),
    async discard() {
      id = await helper.discard(id);
    },
    bringToFront: () => helper.bringToFront(id),
  };
}

/** Opens a tab and waits until it has loaded. */
export async function openTab(
  devtools: Devtools,
  helper: Helper,
  url: string,
  where: 'front-window' | 'new-window',
): Promise<Tab> {
  const { targetId } = await devtools.send('Target.createTarget', { url, newWindow: where === 'new-window' });
  const id = await until(`the tab with ${url}`, () => helper.tabOf(targetId));
  return loadedTab(devtools, helper, id, url);
}

/** The tab with that id, once it has loaded. */
export async function loadedTab(devtools: Devtools, helper: Helper, id: number, url: string): Promise<Tab> {
  const targetId = await until(`the target of the tab with ${url}`, () => helper.targetOf(id));
  await loaded(
    devtools,
    async () => {
      const target = (await devtools.targets()).find(candidate => candidate.targetId === targetId);
      if (!target) throw new Error(`The tab with ${url} is gone`);
      return target;
    },
    url,
  );
  return tabOf(devtools, helper, id);
}
