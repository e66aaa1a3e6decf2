import browser from 'webextension-polyfill';
import { type CountedKey, counting, type MessageKey } from './plural.ts';
import { language, say } from './words.ts';

const sayCount = counting(say, language);

/** A text with what it names, or one that counts. */
export type Tooltip =
  | readonly [MessageKey, ...string[]]
  | { readonly key: CountedKey; readonly count: number };

/** Draws the toolbar button. `icon` names a drawing in `public/icons`. */
export async function paintButton(icon: string, badge: string, tooltip: Tooltip) {
  await Promise.all([
    browser.action.setIcon({
      path: { 16: `/icons/${icon}-16.png`, 32: `/icons/${icon}-32.png` },
    }),
    browser.action.setBadgeText({ text: badge }),
    browser.action.setBadgeBackgroundColor({ color: '#3b4a5a' }),
    browser.action.setTitle({
      title: 'key' in tooltip ? sayCount(tooltip.key, tooltip.count) : say(...tooltip),
    }),
  ]);
}

/** Whether a click opens the popup, or is told to `onButtonClicked`. */
export async function setButtonPopup(opens: 'popup' | 'log-off'): Promise<void> {
  const popup = opens === 'popup' ? (browser.runtime.getManifest().action?.default_popup ?? '') : '';
  await browser.action.setPopup({ popup });
}

/** Opens the popup; its page in a tab, where the browser opens it for nothing but a click on its own button. */
export async function openPopup(): Promise<void> {
  const popup = await browser.action.getPopup({});
  try {
    if (popup === '') throw new Error('A click on the button opens no popup now');
    await browser.action.openPopup();
  } catch {
    await browser.tabs.create({
      url: browser.runtime.getURL(browser.runtime.getManifest().action?.default_popup ?? ''),
    });
  }
}

export function onButtonClicked(listener: (tabId: number | undefined) => void): void {
  browser.action.onClicked.addListener(tab => listener(tab.id));
}

export const keyCommands = ['log-off', 'log-off-everywhere', 'stay-once'] as const;
export type KeyCommand = (typeof keyCommands)[number];

/** The keyboard commands. `tabId`: the tab in front, where the browser says which. */
export function onKeysPressed(listener: (command: KeyCommand, tabId: number | undefined) => void): void {
  browser.commands.onCommand.addListener((name, tab) => {
    const command = keyCommands.find(one => one === name);
    if (command) listener(command, tab?.id);
  });
}

const menuItems = ['menuLogOff', 'menuLogOffEverywhere', 'menuStayOnce', 'menuOptions'] as const;
export type MenuItem = (typeof menuItems)[number];

/** The button's context menu. The browser keeps it from one start to the next, so it is made anew at each installation. */
export async function makeMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  for (const id of menuItems) browser.contextMenus.create({ id, title: say(id), contexts: ['action'] });
}

export function onMenuChosen(listener: (item: MenuItem, tabId: number | undefined) => void): void {
  browser.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    const item = menuItems.find(one => one === menuItemId);
    if (item) listener(item, tab?.id);
  });
}
