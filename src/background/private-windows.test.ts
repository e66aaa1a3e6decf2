import { beforeEach, describe, expect, it } from 'vitest';
import { readViews } from '../browser/page-records.ts';
import { readSessions } from '../browser/records.ts';
import { longestWaitMs } from '../session/backoff.ts';
import {
  browser,
  elsewhere,
  fogbugz,
  graceMs,
  history,
  host,
  isDead,
  logOn,
  page,
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
beforeEach(() => {
  browser.tabs.set(90, { id: 90, windowId: 9, url: elsewhere });
});

const minuteMs = 60_000;

/** The user logs on in a private window. */
async function logOnPrivately(tab = 1, windowId = 1): Promise<string> {
  const token = fogbugz.logOn(host);
  browser.openTab({ id: tab, windowId, url: page, incognito: true });
  browser.setCookie({ value: token, storeId: '1' });
  await quiet();
  return token;
}
/** A private window closes; with the last one go its cookies. */
function closePrivate(windowId: number): void {
  browser.closeWindow(windowId);
  if (![...browser.tabs.values()].some(({ incognito }) => incognito)) {
    browser.cookies = browser.cookies.filter(({ storeId }) => storeId !== '1');
  }
}
const fleeting = () => readSessions(browser.memory).sessions;
const nothingIsLeft = (token: string): void => {
  expect(browser.diskText()).not.toContain(token);
  expect(browser.diskText()).not.toContain(host);
  expect(history()).toEqual([]);
};

describe('the last private window', () => {
  beforeEach(startWorker);

  it('takes its session with it at once, although its cookie is gone', async () => {
    const token = await logOnPrivately();
    closePrivate(1);
    expect(browser.cookies).toEqual([]);
    await until(isDead(token));
    await quiet();
    expect(fleeting()).toEqual([]);
    expect(readViews(browser.memory)).toEqual([]);
    expect(fogbugz.asked('logoff')).toHaveLength(1);
    nothingIsLeft(token);
  });

  it('takes it with it although no FogBugz page was open any more, or it was to stay on', async () => {
    const token = await logOnPrivately();
    await browser.send({ do: 'stay-once', id: fleeting()[0]?.id, on: true });
    browser.goTo(1, elsewhere);
    await quiet();
    expect(fogbugz.isAlive(token)).toBe(true);
    closePrivate(1);
    await until(isDead(token));
  });

  it('takes it with it where nothing else would end it', async () => {
    browser.killWorker();
    settingsAre({ lastTab: false, browserClose: false });
    await startWorker();
    const token = await logOnPrivately();
    closePrivate(1);
    await until(isDead(token));
  });

  it('leaves it on while another private window is open', async () => {
    browser.killWorker();
    settingsAre({ lastTab: false });
    await startWorker();
    const token = await logOnPrivately(1, 1);
    browser.openTab({ id: 2, windowId: 2, url: elsewhere, incognito: true });
    await quiet();
    closePrivate(1);
    await pass(minuteMs);
    expect(fogbugz.isAlive(token)).toBe(true);
    closePrivate(2);
    await until(isDead(token));
  });

  it('leaves the sessions of ordinary windows on', async () => {
    const ordinary = await logOn(2, 9);
    const token = await logOnPrivately();
    closePrivate(1);
    await until(isDead(token));
    await quiet();
    expect(states()).toEqual(['open']);
    expect(fogbugz.isAlive(ordinary)).toBe(true);
  });

  it('has its sessions logged off by the worker that it wakes, which asks nobody about cookies first', async () => {
    const token = await logOnPrivately();
    browser.killWorker();
    browser.tabs.delete(1);
    browser.cookies = [];
    await wakeWorker();
    browser.events.tabRemoved.fire(1, { windowId: 1, isWindowClosing: true });
    browser.events.windowRemoved.fire(1);
    await until(isDead(token));
    await quiet();
    expect(fogbugz.asked('logon')).toHaveLength(1); // the proof
    nothingIsLeft(token);
  });

  it('has them logged off once the network is back, and nothing of them written in between', async () => {
    const token = await logOnPrivately();
    fogbugz.reachable('no');
    closePrivate(1);
    await until(() => JSON.stringify(fleeting()).includes('"waiting"'));
    nothingIsLeft(token);
    fogbugz.reachable('yes');
    await pass(longestWaitMs);
    await until(isDead(token));
    await quiet();
    nothingIsLeft(token);
  });
});

describe('a private window', () => {
  it('ends its session as the browser closes, whatever is set', async () => {
    browser.tabs.clear();
    settingsAre({ browserClose: false });
    await startWorker();
    const token = await logOnPrivately();
    browser.stopAnswering();
    closePrivate(1);
    await until(isDead(token));
    nothingIsLeft(token);
  });

  it('leaves no site on the disk, with whatever else is written', async () => {
    await startWorker();
    const token = await logOnPrivately();
    const ordinary = fogbugz.logOn('other.fogbugz.com');
    browser.openTab({ id: 3, windowId: 9, url: 'https://other.fogbugz.com/' });
    browser.setCookie({ value: ordinary, domain: 'other.fogbugz.com' });
    await quiet();
    expect(stored().map(({ site }) => site)).toEqual(['https://other.fogbugz.com/']);
    expect(browser.diskText()).toContain('other.fogbugz.com');
    nothingIsLeft(token);
  });

  it('beside an ordinary one on the same site has a session of its own', async () => {
    await startWorker();
    const ordinary = await logOn(2, 9);
    const token = await logOnPrivately();
    expect(stored().map(session => session.token.reveal())).toEqual([ordinary]);
    expect(fleeting().map(session => session.token.reveal())).toEqual([token]);
    browser.goTo(2, elsewhere);
    await quiet();
    await pass(graceMs);
    await until(isDead(ordinary));
    expect(fogbugz.isAlive(token)).toBe(true);
  });
});
