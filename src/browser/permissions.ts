import browser from 'webextension-polyfill';

/** Whether the extension may still reach a site: the browser lets its user take that back at any time. */
export async function isPermitted(base: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [`${new URL(base).origin}/*`] });
}

/** A permission that was missing is there, or there again. */
export function onGranted(listener: () => void): void {
  browser.permissions.onAdded.addListener(listener);
}
