import browser from 'webextension-polyfill';
import type { Stored } from './records.ts';
import { isFirefox } from './vendor.ts';

/** How long a hand-over note is believed, in ms: a reload takes less than one second, a restart of the browser more. */
const handOverMs = 10_000;

/**
 * Whether the browser run that the stored sessions belong to is still going on. The marker lies in the area that a
 * restart empties; a reload or an update of the extension empties it too, so two things can stand in for it: the
 * note that a worker leaves just before it reloads itself, and what can only be of this run: in Chromium, whose tab ids
 * are not used twice, a tab that was there before; in Firefox the browser's process, if there is a Guard to name it.
 * Anything else is read as a restart, which is the safe reading: see docs/decisions. `isStarting` tells whether the browser
 * has said so by itself, as it does where its start woke the worker.
 */
export async function isSameRun(
  memory: Stored,
  disk: Stored,
  now: number,
  whichBrowser: () => Promise<string | undefined>,
  isStarting: () => boolean,
): Promise<boolean> {
  if (memory.run !== undefined) return true;
  // A note may outlive its browser, if that ends right after a reload.
  if (isStarting()) return false;
  const note = disk.handOver;
  if (typeof note === 'number' && now >= note && now - note < handOverMs) return true;
  if (isFirefox) return typeof disk.browser === 'string' && disk.browser === (await whichBrowser());
  if (!Array.isArray(disk.tabIds)) return false;
  const found = await Promise.all(
    disk.tabIds.map(
      id =>
        typeof id === 'number' &&
        browser.tabs.get(id).then(
          () => true,
          () => false,
        ),
    ),
  );
  return found.includes(true);
}

/** From here on this run's sessions are this run's. Only after what the last run left has been saved as owed. */
export async function markRun(now: number): Promise<void> {
  await Promise.all([browser.storage.session.set({ run: now }), browser.storage.local.remove('handOver')]);
}

/** Written just before the extension reloads itself, so that the next worker knows the browser lived on. */
export async function leaveHandOverNote(now: number): Promise<void> {
  await browser.storage.local.set({ handOver: now });
}

/** Ids of open tabs, by which the next worker in Chromium recognises the run after a reload. */
export async function rememberTabs(ids: readonly number[]): Promise<void> {
  if (!isFirefox) await browser.storage.local.set({ tabIds: ids });
}

/** The browser's process as the Guard names it, by which the next worker in Firefox recognises the run after a reload. */
export async function rememberBrowser(run: string): Promise<void> {
  if (isFirefox) await browser.storage.local.set({ browser: run });
}
