import type { Page, Tab } from './browser.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

/** The control that does this, as a selector. */
export const does = (what: string): string => `[data-does=${what}]`;

/** Real keys, into a control that has the focus: one that is busy takes none, and a page that is not in front no keys. */
export async function press(
  { browser }: Stage,
  page: Tab | Page,
  control: string,
  keys: string,
): Promise<void> {
  if ('bringToFront' in page) await page.bringToFront();
  await page.waitFor(`document.querySelector(${JSON.stringify(control)}) !== null`);
  await until(`the focus on ${control}`, () => page.evaluate<boolean>(focused, control));
  await browser.press(keys);
}

const focused = `
  const element = document.querySelector(argument);
  element?.focus();
  return element !== null && document.activeElement === element && document.hasFocus();`;

/** The popup's page itself, for a tab of its own. */
export function popupUrl({ browser }: Stage): Promise<string> {
  return browser.inWorker<string>(
    'return (globalThis.browser ?? chrome).runtime.getURL("src/popup/popup.html")',
  );
}

/** Settings by their names. */
export type Change = Readonly<Record<string, unknown>>;

type Stored = {
  readonly settings?: Change & { readonly exceptions?: Readonly<Record<string, Change>> };
};

/** The settings that the user has chosen, as they are stored. */
export async function settings({ browser }: Stage): Promise<NonNullable<Stored['settings']>> {
  const { settings = {} } = await browser.inWorker<Stored>(
    'return (globalThis.browser ?? chrome).storage.local.get("settings")',
  );
  return settings;
}

/** Waits until these are among them. */
export function stored(stage: Stage, change: Change): Promise<unknown> {
  return until(`${JSON.stringify(change)} to be stored`, async () => {
    const now = await settings(stage);
    return Object.entries(change).every(([key, value]) => now[key] === value);
  });
}

/** As a user does it from the menu, and then starts the browser again. */
export async function startAgain(stage: Stage): Promise<void> {
  await stage.browser.quit();
  await stage.restart();
}
