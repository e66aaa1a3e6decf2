import browser from 'webextension-polyfill';
import { type MessageKey, say } from './words.ts';

/** Draws the toolbar button. `icon` names a drawing in `public/icons`. */
export async function paintButton(icon: string, badge: string, tooltip: readonly [MessageKey, ...string[]]) {
  const [key, ...names] = tooltip;
  await Promise.all([
    browser.action.setIcon({
      path: { 16: `/icons/${icon}-16.png`, 32: `/icons/${icon}-32.png` },
    }),
    browser.action.setBadgeText({ text: badge }),
    browser.action.setBadgeBackgroundColor({ color: '#3b4a5a' }),
    browser.action.setTitle({ title: say(key, ...names) }),
  ]);
}

/** Whether a click opens the popup, or is told to `onButtonClicked`. */
export async function setButtonPopup(opens: 'popup' | 'log-off'): Promise<void> {
  const popup = opens === 'popup' ? (browser.runtime.getManifest().action?.default_popup ?? '') : '';
  await browser.action.setPopup({ popup });
}

export function onButtonClicked(listener: (tabId: number | undefined) => void): void {
  browser.action.onClicked.addListener(tab => listener(tab.id));
}

/** The keyboard command. `tabId`: the tab in front, where the browser says which. */
export function onLogOffPressed(listener: (tabId: number | undefined) => void): void {
  browser.commands.onCommand.addListener((name, tab) => {
    if (name === 'log-off') listener(tab?.id);
  });
}

const menuItems = ['menuLogOff', 'menuLogOffEverywhere', 'menuStayOnce', 'menuOptions'] as const;
export type MenuItem = (typeof menuItems)[number];

/** The button's context menu. The browser keeps it from one start to the next, so it is made once per version. */
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
