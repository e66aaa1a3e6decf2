import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readViews } from '../browser/page-records.ts';
import { readSessions } from '../browser/records.ts';
import { longestWaitMs } from '../session/backoff.ts';
import {
  browser,
  comeOnline,
  elsewhere,
  fogbugz,
  graceMs,
  history,
  host,
  isDead,
  logOn,
  page,
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

function wakes(state: unknown): boolean {
  return JSON.stringify(state).includes('"waiting"');
}
function fail(): never {
  throw new Error('nothing there');
}

describe('while the browser lives', () => {
  beforeEach(startWorker);

  it('adopts a log-on without being asked, and shows no page the token', async () => {
    const token = await logOn();
    expect(states()).toEqual(['open']);
    expect(stored()[0]?.token.reveal()).toBe(token);
    expect(readViews(browser.memory)).toMatchObject([{ site: `https://${host}/`, state: { inUse: true } }]);
    expect(JSON.stringify(browser.memory)).not.toContain(token);
    expect(browser.button.icon).toBe('/icons/on-16.png');
  });

  it('logs off some seconds after the last FogBugz tab was closed', async () => {
    browser.openTab({ id: 9, windowId: 1, url: elsewhere });
    const token = await logOn();
    browser.closeTab(1);
    await quiet();
    expect(states()).toEqual(['counting-down']);
    vi.advanceTimersByTime(graceMs - 1_000);
    await quiet();
    expect(fogbugz.isAlive(token)).toBe(true);
    vi.advanceTimersByTime(1_000);
    await until(isDead(token));
    await quiet();
    expect(stored()).toEqual([]);
    expect(browser.cookies).toEqual([]);
    expect(readViews(browser.memory)).toEqual([]);
    expect(history()).toMatchObject([{ trigger: 'last-tab', outcome: 'logged-off', confirmed: true }]);
    expect(fogbugz.asked('logoff')).toHaveLength(1);
    expect(browser.diskText()).not.toContain(token);
  });

  it('logs off when the last tab goes to another site, and stays when it comes back in time', async () => {
    browser.openTab({ id: 9, windowId: 1, url: elsewhere });
    const token = await logOn();
    browser.goTo(1, elsewhere);
    await quiet();
    expect(states()).toEqual(['counting-down']);
    browser.goTo(1, page);
    await quiet();
    vi.advanceTimersByTime(2 * graceMs);
    await quiet();
    expect(states()).toEqual(['open']);
    browser.goTo(1, elsewhere);
    await quiet();
    vi.advanceTimersByTime(graceMs);
    await until(isDead(token));
  });

  it('never adopts a dead token again', async () => {
    browser.openTab({ id: 9, windowId: 1, url: elsewhere });
    const token = await logOn();
    browser.events.buttonClicked.fire({ id: 1 });
    await until(isDead(token));
    await quiet();
    browser.setCookie({ value: token });
    await quiet();
    expect(stored()).toEqual([]);
    expect(browser.cookies).toEqual([]);
    browser.killWorker();
    browser.setCookie({ value: token });
    await startWorker();
    expect(stored()).toEqual([]);
    expect(browser.cookies).toEqual([]);
  });

  it('logs the former session off when the same cookie carries another token', async () => {
    const former = await logOn();
    const token = fogbugz.logOn(host);
    browser.setCookie({ value: token });
    await until(isDead(former));
    await quiet();
    expect(stored().map(session => session.token.reveal())).toEqual([token]);
    expect(browser.cookies.map(({ value }) => value)).toEqual([token]);
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it("takes the page's own log-off for what it is", async () => {
    const token = await logOn();
    fogbugz.kill(token);
    browser.removeCookie(token);
    await quiet();
    expect(stored()).toEqual([]);
    expect(history()).toMatchObject([{ outcome: 'by-page', trigger: 'cookie-gone' }]);
    expect(fogbugz.asked('logoff')).toEqual([]);
  });

  it('logs off what a cleaner of cookies left alive', async () => {
    const token = await logOn();
    browser.removeCookie(token);
    await until(isDead(token));
  });

  it.each([
    ['the button', () => browser.events.buttonClicked.fire({ id: 1 })],
    ['the keyboard', () => browser.events.command.fire('log-off', { id: 1 })],
    ['the menu', () => browser.events.menuClicked.fire({ menuItemId: 'menuLogOff' }, { id: 1 })],
    ['the popup', () => browser.send({ do: 'log-off', id: stored()[0]?.id })],
    ['the popup, for all', () => browser.send({ do: 'log-off-everywhere' })],
  ])('logs off at once by %s', async (_, act) => {
    const token = await logOn();
    await act();
    await until(isDead(token));
  });

  it.each([
    ['the key', () => browser.events.command.fire('log-off', { id: 2 })],
    ['the menu', () => browser.events.menuClicked.fire({ menuItemId: 'menuLogOff' }, { id: 2 })],
  ])('logs off the session of the page in front alone, with a worker that %s had to wake', async (_, ask) => {
    const token = await logOn();
    const other = fogbugz.logOn('other.fogbugz.com');
    browser.openTab({ id: 2, windowId: 1, url: 'https://other.fogbugz.com/' });
    browser.setCookie({ value: other, domain: 'other.fogbugz.com' });
    await quiet();
    expect(states()).toEqual(['open', 'open']);
    browser.killWorker();
    await wakeWorker();
    ask();
    await until(isDead(other));
    await quiet();
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it('leaves a server alone that does not answer, between one attempt and the next', async () => {
    await logOn();
    fogbugz.reachable('no');
    browser.events.buttonClicked.fire({ id: 1 });
    await until(() => wakes(stored()[0]?.state));
    await quiet();
    vi.setSystemTime(Date.now() - 3_600_000); // so that no attempt comes due, however many timers ring
    const before = fogbugz.seen.length;
    vi.advanceTimersByTime(120_000);
    await quiet();
    expect(fogbugz.seen).toHaveLength(before);
  });

  it('takes commands of its own pages alone', async () => {
    const token = await logOn();
    const everywhere = { do: 'log-off-everywhere' };
    for (const answer of [
      browser.send(everywhere, 'https://acme.fogbugz.com/'),
      browser.events.message.fire(everywhere, { id: 'other', url: 'chrome-extension://id/x.html' })[0],
      browser.send({ do: 'reveal' }),
      browser.send({ do: 'change-settings', change: { graceSeconds: -1 } }),
    ]) {
      await expect(answer).rejects.toThrow('does not know this command');
    }
    await quiet();
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it('tries again when the network is back', async () => {
    const token = await logOn();
    fogbugz.reachable('no');
    browser.events.buttonClicked.fire({ id: 1 });
    await until(() => stored()[0]?.state.is === 'owed' && wakes(stored()[0]?.state));
    expect(fogbugz.isAlive(token)).toBe(true);
    fogbugz.reachable('yes');
    comeOnline();
    await until(isDead(token));
  });

  it('says that a permission is missing, keeps what it owes, and goes on when it is back', async () => {
    const token = await logOn();
    fogbugz.reachable('no');
    browser.permitted = () => false;
    browser.events.buttonClicked.fire({ id: 1 });
    await until(() => JSON.stringify(stored()).includes('not-permitted'));
    expect(states()).toEqual(['owed']);
    browser.permitted = () => true;
    fogbugz.reachable('yes');
    vi.advanceTimersByTime(longestWaitMs);
    await until(isDead(token));
  });

  it('does not take a hidden cookie for a vanished one', async () => {
    const token = await logOn();
    browser.permitted = () => false;
    browser.events.cookieChanged.fire({
      removed: true,
      cookie: browser.cookies[0] ?? fail(),
      cause: 'explicit',
    });
    await quiet();
    expect(states()).toEqual(['open']);
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it('does not take a page for closed that was hidden as the tabs were listed', async () => {
    const token = await logOn();
    browser.killWorker();
    const listed = () => browser.called.get('tabs.query');
    const before = listed();
    browser.permitted = () => listed() === before;
    await startWorker();
    expect(listed()).not.toBe(before);
    vi.advanceTimersByTime(graceMs);
    await quiet();
    expect(states()).toEqual(['open']);
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it('keeps nothing of a private window on the disk', async () => {
    const token = fogbugz.logOn(host);
    browser.openTab({ id: 9, windowId: 1, url: elsewhere });
    browser.openTab({ id: 2, windowId: 2, url: page, incognito: true });
    browser.setCookie({ value: token, storeId: '1' });
    await quiet();
    expect(readSessions(browser.memory).sessions).toHaveLength(1);
    expect(browser.diskText()).not.toContain(token);
    browser.closeWindow(2);
    await quiet();
    vi.advanceTimersByTime(graceMs);
    await until(isDead(token));
    await quiet();
    expect(readSessions(browser.memory).sessions).toEqual([]);
    expect(browser.diskText()).not.toContain(token);
    expect(browser.diskText()).not.toContain(host);
    expect(history()).toEqual([]);
  });
});

describe('as the browser closes', () => {
  beforeEach(startWorker);

  it('sends the log-off although the browser answers nothing any more: its only window', async () => {
    browser.openTab({ id: 9, windowId: 1, url: elsewhere });
    const token = await logOn();
    browser.stopAnswering();
    browser.closeWindow(1);
    await until(isDead(token));
    expect(fogbugz.asked('logoff')).toHaveLength(1);
  });

  it('sends it outside of the queue, in which a call to the browser hangs', async () => {
    const token = await logOn();
    browser.stopAnswering();
    browser.setCookie({ value: token });
    browser.goTo(1, `${page}?pg=pgList`);
    await quiet();
    browser.closeWindow(1);
    await until(isDead(token));
  });

  it('sends it when the last tab goes', async () => {
    const token = await logOn();
    browser.stopAnswering();
    browser.closeTab(1);
    await until(isDead(token));
  });

  it('sends it when two windows close together, and not before the second one does', async () => {
    browser.openTab({ id: 9, windowId: 2, url: elsewhere });
    const token = await logOn();
    browser.stopAnswering();
    browser.closeWindow(2);
    await quiet();
    expect(fogbugz.isAlive(token)).toBe(true);
    browser.closeWindow(1);
    await until(isDead(token));
  });

  it('leaves what was sent to the next start, which finds it dead', async () => {
    const token = await logOn();
    browser.stopAnswering();
    browser.closeWindow(1);
    await until(isDead(token));
    expect(states()).toEqual(['open']);
    browser.restart();
    await startWorker();
    expect(stored()).toEqual([]);
    expect(history()).toMatchObject([{ trigger: 'startup', outcome: 'already-off', confirmed: true }]);
  });

  it('records it where the browser lives on', async () => {
    const token = await logOn();
    browser.closeWindow(1);
    await until(isDead(token));
    await quiet();
    expect(stored()).toEqual([]);
    expect(fogbugz.asked('logoff')).toHaveLength(1);
    expect(history()).toMatchObject([{ trigger: 'browser-close', outcome: 'logged-off', confirmed: true }]);
  });

  it('logs off where the browser lives on and the last tab has to wake the worker', async () => {
    settingsAre({ lastTab: false });
    browser.killWorker();
    await startWorker();
    const token = await logOn();
    browser.killWorker();
    browser.tabs.clear();
    await wakeWorker();
    browser.events.tabRemoved.fire(1, { windowId: 1, isWindowClosing: true });
    browser.events.windowRemoved.fire(1);
    await until(isDead(token));
  });

  it('does nothing with that trigger switched off, nor at the next start', async () => {
    settingsAre({ browserClose: false });
    browser.killWorker();
    await startWorker();
    const token = await logOn();
    browser.setCookie({ value: token, expirationDate: 4e9 });
    await quiet();
    browser.closeWindow(1);
    await quiet();
    browser.restart();
    await startWorker();
    expect(fogbugz.isAlive(token)).toBe(true);
    expect(states()).toEqual(['open']);
  });
});
