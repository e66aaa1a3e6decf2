import browser from 'webextension-polyfill';

const name = 'wake';
const shortestMs = 30_000;
const awaySeconds = 300;

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

/** Whether the user has touched the computer within five minutes. */
export async function userIsActive(): Promise<boolean> {
  return (await browser.idle.queryState(awaySeconds)) === 'active';
}

export function onUserActivity(listener: () => void): void {
  browser.idle.setDetectionInterval(awaySeconds);
  browser.idle.onStateChanged.addListener(listener);
}
