import browser from 'webextension-polyfill';

const name = 'wake';
const shortestMs = 30_000;

/** What the browser says of the user: whether there was a touch of keyboard or mouse, and the screen is open. */
export type UserState = 'active' | 'idle' | 'locked';

/** One alarm, which also wakes a sleeping worker. `at` in ms since the epoch; the browser allows no less than 30 s. */
export async function setAlarm(at: number | undefined): Promise<void> {
  if (at === undefined) await browser.alarms.clear(name);
  else browser.alarms.create(name, { when: Math.max(at, Date.now() + shortestMs) });
}

export function onAlarm(listener: () => void): void {
  browser.alarms.onAlarm.addListener(alarm => {
    if (alarm.name === name) listener();
  });
}

/** Whether the user has touched the computer within the last `seconds` (15 or more). */
export async function userState(seconds: number): Promise<UserState> {
  return browser.idle.queryState(seconds);
}

/** After how many seconds without a touch the browser tells; it keeps that until it ends. */
export function tellIdleAfter(seconds: number): void {
  browser.idle.setDetectionInterval(seconds);
}

export function onUserActivity(listener: (state: UserState) => void): void {
  browser.idle.onStateChanged.addListener(listener);
}
