import { describe, expect, it, vi } from 'vitest';
import {
  browser,
  elsewhere,
  fogbugz,
  history,
  host,
  isDead,
  logOn,
  page,
  pass,
  quiet,
  setStage,
  settingsAre,
  sleepFor,
  startWorker,
  states,
  stored,
  until,
  wakeWorker,
} from './stage/stage.ts';

setStage();

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** Starts with these settings, and somebody logged on. */
async function begin(settings: object): Promise<string> {
  settingsAre(settings);
  browser.tabs.set(90, { id: 90, windowId: 9, url: elsewhere });
  await startWorker();
  return logOn();
}
/** The user goes, and the browser tells as late as it was asked to. */
async function leave(): Promise<void> {
  await pass(browser.tellsIdleAfter * 1000);
  browser.userBecomes('idle');
  await quiet();
}
const logOffs = () => fogbugz.asked('logoff').length;

describe('a user who is away', () => {
  it('is logged off after the minutes that were set', async () => {
    const token = await begin({ idleMinutes: 10 });
    await leave();
    await pass(4 * minuteMs);
    expect(states()).toEqual(['open']);
    await pass(minuteMs);
    await until(isDead(token));
    await quiet();
    expect(history()).toMatchObject([{ trigger: 'idle', outcome: 'logged-off', confirmed: true }]);
  });

  it('is logged off by the worker that the alarm wakes, the first having been put to sleep', async () => {
    const token = await begin({ idleMinutes: 10 });
    await leave();
    expect(states()).toEqual(['open']);
    await sleepFor(5 * minuteMs);
    await until(isDead(token));
    await quiet();
    expect(history()).toMatchObject([{ trigger: 'idle' }]);
  });

  it('is logged off as the browser tells, by the worker that this wakes', async () => {
    const token = await begin({ idleMinutes: 1 });
    expect(browser.tellsIdleAfter).toBe(60);
    browser.killWorker();
    await wakeWorker();
    await leave();
    await until(isDead(token));
  });

  it('stays logged on when back in time', async () => {
    await begin({ idleMinutes: 10 });
    await leave();
    browser.userBecomes('active');
    await quiet();
    await sleepFor(24 * hourMs);
    expect(states()).toEqual(['open']);
  });

  it('is logged off on the return from a long sleep of the computer', async () => {
    const token = await begin({ idleMinutes: 10 });
    await leave();
    vi.setSystemTime(Date.now() + 8 * hourMs);
    browser.userBecomes('active');
    await until(isDead(token));
  });

  it('is logged off at the sites alone whose rule it is', async () => {
    const token = await begin({ exceptions: { [`https://${host}/`]: { idleMinutes: 5 } } });
    const other = fogbugz.logOn('other.fogbugz.com');
    browser.openTab({ id: 2, windowId: 1, url: 'https://other.fogbugz.com/' });
    browser.setCookie({ value: other, domain: 'other.fogbugz.com' });
    await quiet();
    await leave();
    await until(isDead(token));
    await sleepFor(24 * hourMs);
    expect(fogbugz.isAlive(other)).toBe(true);
  });

  it('stays logged on this time, if told to, and not the next time', async () => {
    const token = await begin({ idleMinutes: 10 });
    await browser.send({ do: 'stay-once', id: stored()[0]?.id, on: true });
    await leave();
    await pass(5 * minuteMs);
    await sleepFor(hourMs);
    expect(fogbugz.isAlive(token)).toBe(true);
    browser.userBecomes('active');
    await quiet();
    await leave();
    await pass(5 * minuteMs);
    await until(isDead(token));
  });
});

describe('a locked screen', () => {
  it('logs off at once where that is set', async () => {
    const token = await begin({ lock: true });
    browser.userBecomes('locked');
    await until(isDead(token));
    await quiet();
    expect(history()).toMatchObject([{ trigger: 'lock' }]);
  });

  it('means nothing where it is not', async () => {
    await begin({ lock: false });
    browser.userBecomes('locked');
    await quiet();
    await sleepFor(24 * hourMs);
    expect(states()).toEqual(['open']);
  });
});

describe('the longest session', () => {
  it('is ended on time, user or no user', async () => {
    const token = await begin({ maxHours: 8 });
    await sleepFor(8 * hourMs - 1_000);
    expect(states()).toEqual(['open']);
    await pass(1_000);
    await until(isDead(token));
    await quiet();
    expect(history()).toMatchObject([{ trigger: 'max-age' }]);
  });

  it('is ended by the alarm, with the worker asleep', async () => {
    const token = await begin({ maxHours: 8 });
    expect(browser.alarm).toBe((stored()[0]?.since ?? 0) + 8 * hourMs);
    await sleepFor(8 * hourMs);
    await until(isDead(token));
  });

  it('is ended late, once, when the computer slept past it', async () => {
    const token = await begin({ maxHours: 8, idleMinutes: 30, dailyAt: '12:00' });
    await leave();
    vi.setSystemTime(Date.now() + 72 * hourMs);
    browser.events.alarm.fire({ name: 'wake' });
    browser.userBecomes('active');
    await until(isDead(token));
    await quiet();
    expect(logOffs()).toBe(1);
    expect(stored()).toEqual([]);
    expect(history()).toHaveLength(1);
  });

  it('counts from a rule that is made later as well', async () => {
    const token = await begin({});
    await sleepFor(9 * hourMs);
    expect(states()).toEqual(['open']);
    await browser.send({ do: 'change-settings', change: { maxHours: 8 } });
    await pass(1_000);
    await until(isDead(token));
  });

  it('is not made longer by a clock that is set back', async () => {
    const token = await begin({ maxHours: 8 });
    vi.setSystemTime(Date.now() - 48 * hourMs);
    browser.goTo(1, `${page}?pg=pgList`);
    await quiet();
    await sleepFor(8 * hourMs);
    await until(isDead(token));
  });
});

describe('the daily time', () => {
  it('ends what is open, and the next day what was opened since', async () => {
    vi.setSystemTime(new Date('2026-06-10 17:30'));
    const first = await begin({ dailyAt: '18:00' });
    await sleepFor(29 * minuteMs);
    expect(states()).toEqual(['open']);
    await pass(minuteMs);
    await until(isDead(first));
    await quiet();
    expect(history()).toMatchObject([{ trigger: 'daily' }]);
    const second = await logOn(2);
    await sleepFor(23 * hourMs);
    expect(fogbugz.isAlive(second)).toBe(true);
    await sleepFor(hourMs);
    await until(isDead(second));
  });

  it('ends a session although it was told to stay on this time', async () => {
    vi.setSystemTime(new Date('2026-06-10 17:30'));
    const token = await begin({ dailyAt: '18:00' });
    await browser.send({ do: 'stay-once', id: stored()[0]?.id, on: true });
    await sleepFor(30 * minuteMs);
    await until(isDead(token));
  });
});
