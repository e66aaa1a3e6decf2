import { beforeEach, describe, expect, it } from 'vitest';
import { longestWaitMs } from '../session/backoff.ts';
import {
  browser,
  elsewhere,
  fogbugz,
  graceMs,
  isDead,
  logOn,
  pass,
  quiet,
  setStage,
  settingsAre,
  startWorker,
  states,
  stored,
  until,
  wakeWorker,
} from './stage/stage.ts';

setStage();

/** The browser's process stays: macOS does that always, Chromium with the permission `background`. */
describe('a browser that lives on after its last window', () => {
  beforeEach(startWorker);

  it('logs off at the close although its worker slept', async () => {
    const token = await logOn();
    browser.killWorker();
    await wakeWorker();
    browser.closeWindow(1);
    await until(isDead(token));
    await quiet();
    expect(stored()).toEqual([]);
  });

  it('tries again until the server answers, with no window open', async () => {
    const token = await logOn();
    fogbugz.reachable('no');
    browser.closeWindow(1);
    await quiet();
    expect(states()).toEqual(['owed']);
    fogbugz.reachable('yes');
    await pass(longestWaitMs);
    await until(isDead(token));
  });

  it('takes its next window for no restart', async () => {
    settingsAre({ browserClose: false });
    browser.killWorker();
    await startWorker();
    const token = await logOn();
    browser.closeWindow(1);
    await quiet();
    browser.killWorker();
    await wakeWorker();
    browser.openTab({ id: 2, windowId: 2, url: elsewhere });
    await quiet();
    await pass(2 * graceMs);
    expect(states()).toEqual(['open']);
    expect(fogbugz.isAlive(token)).toBe(true);
    expect(fogbugz.asked('logoff')).toEqual([]);
  });
});
