import browser from 'webextension-polyfill';
import { type KeyCommand, keyCommands } from './action.ts';
import { isFirefox } from './vendor.ts';

/** What can be done by keys, and by which; no keys: the user has not chosen any. */
export type Shortcut = { readonly command: KeyCommand; readonly keys: string };

export async function shortcuts(): Promise<readonly Shortcut[]> {
  const all = await browser.commands.getAll();
  return keyCommands.map(command => ({
    command,
    keys: all.find(({ name }) => name === command)?.shortcut ?? '',
  }));
}

/** Opens the browser's own page for them. */
export async function openShortcuts(): Promise<void> {
  if (isFirefox) await browser.commands.openShortcutSettings();
  else await browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}
