import browser from 'webextension-polyfill';
import { originsOf } from './origins.ts';
import { isFirefox } from './vendor.ts';

/** Whether the extension may still reach a site: the browser lets its user take that back at any time. */
export async function isPermitted(base: string): Promise<boolean> {
  return browser.permissions.contains({ origins: originsOf(base) });
}

/** Those of several sites that the extension may not reach. Asked about one by one only where there are such. */
export async function withoutPermission(bases: readonly string[]): Promise<readonly string[]> {
  if (bases.length === 0 || (await browser.permissions.contains({ origins: bases.flatMap(originsOf) })))
    return [];
  const permitted = await Promise.all(bases.map(isPermitted));
  return bases.filter((_, index) => !permitted[index]);
}

/** Shows the browser's own question. To be called in the user's click, before anything is waited for. */
export async function requestAccess(base: string): Promise<boolean> {
  return browser.permissions.request({ origins: originsOf(base) });
}

/** Gives a permission back that is needed no more. One that was required at install stays. */
export async function dropAccess(base: string): Promise<void> {
  await browser.permissions.remove({ origins: originsOf(base) });
}

type KeptRunning = { readonly permissions: readonly ['background'] };
/** Chromium's own: Firefox knows no `background` and throws when it is asked for it. */
declare const chrome: {
  readonly permissions: Record<'contains' | 'request' | 'remove', (what: KeptRunning) => Promise<boolean>>;
};
const keptRunning: KeptRunning = { permissions: ['background'] };

/** Whether the browser's process stays after its last window is closed, so that what is owed gets through. */
export async function keepsRunning(): Promise<boolean> {
  return !isFirefox && (await chrome.permissions.contains(keptRunning));
}

/**
 * Has the browser's process stay, or not. To be called in the user's click, before anything is waited for.
 *
 * @throws {Error} if the browser or its user does not want it.
 */
export async function keepRunning(on: boolean): Promise<void> {
  const done = await (on ? chrome.permissions.request(keptRunning) : chrome.permissions.remove(keptRunning));
  if (!done) throw new Error('The browser left its permission as it was');
}

/** A permission that was missing is there, or there again. */
export function onGranted(listener: () => void): void {
  browser.permissions.onAdded.addListener(listener);
}

/** A permission was taken away, on the browser's own page for extensions. */
export function onWithheld(listener: () => void): void {
  browser.permissions.onRemoved.addListener(listener);
}

/** Whether the user lets the extension into private windows. */
export async function isAllowedInPrivate(): Promise<boolean> {
  return browser.extension.isAllowedIncognitoAccess();
}

/** Whether the browser shows notices of the extension. */
export async function mayShowNotices(): Promise<boolean> {
  return browser.permissions.contains({ permissions: ['notifications'] });
}

/** Shows the browser's own question. To be called in the user's click, before anything is waited for. */
export async function requestNotices(): Promise<boolean> {
  return browser.permissions.request({ permissions: ['notifications'] });
}
