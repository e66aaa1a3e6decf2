import browser from 'webextension-polyfill';

/**
 * What is asked for to reach a site. Both schemes, because Chromium hides a cookie that is not `Secure` from a
 * permission for https alone; no port, because Firefox knows none here, and cookies don't either.
 */
const originsOf = (base: string): string[] => [`*://${new URL(base).hostname}/*`];

/** Whether the extension may still reach a site: the browser lets its user take that back at any time. */
export async function isPermitted(base: string): Promise<boolean> {
  return browser.permissions.contains({ origins: originsOf(base) });
}

/** Shows the browser's own question. To be called in the user's click, before anything is waited for. */
export async function requestAccess(base: string): Promise<boolean> {
  return browser.permissions.request({ origins: originsOf(base) });
}

/** Gives a permission back that is needed no more. One that was required at install stays. */
export async function dropAccess(base: string): Promise<void> {
  await browser.permissions.remove({ origins: originsOf(base) });
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
