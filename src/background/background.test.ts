import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readViews } from '../browser/page-records.ts';
import { countAside, readSessions } from '../browser/records.ts';
import {
  browser,
  comeOnline,
  elsewhere,
  fogbugz,
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
  takeNewBrowser,
  until,
  wakeWorker,
} from './stage/stage.ts';

setStage();

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
    vi.advanceTimersByTime(9_000);
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
    vi.advanceTimersByTime(60_000);
    await quiet();
    expect(states()).toEqual(['open']);
    browser.goTo(1, elsewhere);
    await quiet();
    vi.advanceTimersByTime(10_000);
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
    vi.advanceTimersByTime(2_000);
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
    vi.advanceTimersByTime(10_000);
    await until(isDead(token));
    await quiet();
    expect(readSessions(browser.memory).sessions).toEqual([]);
    expect(browser.diskText()).not.toContain(token);
    expect(browser.diskText()).not.toContain(host);
    expect(history()).toEqual([]);
  });
});

function wakes(state: unknown): boolean {
  return JSON.stringify(state).includes('"waiting"');
}
function fail(): never {
  throw new Error('nothing there');
}

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

describe('at the next start', () => {
  it('logs off what the last run left, however that ended', async () => {
    await startWorker();
    const token = await logOn();
    browser.restart();
    await startWorker();
    await until(isDead(token));
    await quiet();
    expect(stored()).toEqual([]);
    expect(history()).toMatchObject([{ trigger: 'startup', outcome: 'logged-off', confirmed: true }]);
  });

  it('sends one log-off for a token that stands in two records, and leaves neither', async () => {
    await startWorker();
    const token = await logOn();
    browser.killWorker();
    const [key = '', record] =
      Object.entries(browser.disk).find(([name]) => name.startsWith('session:')) ?? [];
    const twin = { ...(record as object), id: 'twin' };
    browser.disk = { ...browser.disk, 'session:twin': twin };
    expect(stored().map(({ id }) => `session:${id}`)).toEqual([key, 'session:twin']);
    browser.restart();
    await startWorker();
    await until(isDead(token));
    await quiet();
    expect(fogbugz.asked('logoff')).toHaveLength(1);
    expect(stored()).toEqual([]);
    expect(history()).toHaveLength(1);
  });

  it('logs it off although the browser brings its tab and its cookie back', async () => {
    await startWorker();
    const token = await logOn();
    browser.setCookie({ value: token, expirationDate: 4e9 });
    await quiet();
    browser.restart();
    browser.tabs.set(501, { id: 501, windowId: 1, url: page });
    await startWorker();
    await until(isDead(token));
    await quiet();
    expect(stored()).toEqual([]);
    expect(browser.cookies).toEqual([]);
    expect(fogbugz.asked('logoff')).toHaveLength(1);
  });

  it('keeps owing it until the server is there', async () => {
    await startWorker();
    const token = await logOn();
    fogbugz.reachable('no');
    for (let start = 0; start < 3; start++) {
      browser.restart();
      await startWorker();
      expect(states()).toEqual(['owed']);
    }
    fogbugz.reachable('yes');
    browser.restart();
    await startWorker();
    await until(isDead(token));
  });

  it('logs off with a full disk, and watches over new sessions as ever', async () => {
    await startWorker();
    const token = await logOn();
    browser.restart();
    browser.diskIs = 'full';
    browser.disk = { ...browser.disk, 'session:broken': { version: 99 } };
    await startWorker();
    await until(isDead(token));
    const next = await logOn(601);
    expect(readViews(browser.memory).some(({ state }) => state.is === 'open')).toBe(true);
    browser.closeWindow(1);
    await until(isDead(next));
  });

  it('does not take a worker that was put to sleep for a restart', async () => {
    await startWorker();
    const token = await logOn();
    browser.killWorker();
    await startWorker();
    expect(states()).toEqual(['open']);
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it('does not take a reload of the extension for a restart while a tab is there that was there before', async () => {
    await startWorker();
    const token = await logOn();
    browser.killWorker();
    browser.memory = {};
    await startWorker();
    expect(states()).toEqual(['open']);
    expect(fogbugz.isAlive(token)).toBe(true);
  });

  it('owes what the last run left, though the disk was full at the first start and the worker died', async () => {
    await startWorker();
    const token = await logOn();
    browser.restart();
    browser.setCookie({ value: token });
    fogbugz.reachable('no');
    browser.diskIs = 'full';
    await startWorker();
    browser.killWorker();
    browser.diskIs = 'writable';
    fogbugz.reachable('yes');
    await startWorker();
    await until(isDead(token));
  });

  it('takes an update when all is quiet, and hands over what is open', async () => {
    await startWorker();
    const token = await logOn();
    browser.events.updateAvailable.fire();
    await until(() => browser.reloads === 1);
    browser.tabs.clear();
    browser.tabs.set(77, { id: 77, windowId: 1, url: page });
    await startWorker();
    expect(states()).toEqual(['open']);
    expect(fogbugz.isAlive(token)).toBe(true);
    expect(browser.disk.handOver).toBeUndefined();
  });

  it('keeps aside what it cannot read, and loses nothing', async () => {
    const newer = { version: 2, id: 'x', token: 'abcdefghijkl' };
    browser.disk = { 'session:x': newer };
    await startWorker();
    expect(browser.disk['session:x']).toBeUndefined();
    expect(countAside(browser.disk)).toBe(1);
    expect(browser.diskText()).toContain('abcdefghijkl');
    browser.killWorker();
    await startWorker();
    expect(countAside(browser.disk)).toBe(1);
  });

  it('does not keep aside on the disk what belongs to a private window', async () => {
    browser.memory = { run: 1, 'session:x': { version: 2, id: 'x', token: 'abcdefghijkl', private: true } };
    await startWorker();
    expect(browser.memory['session:x']).toBeDefined();
    expect(browser.diskText()).not.toContain('abcdefghijkl');
  });

  it('shows the pages no session that is none any more', async () => {
    await startWorker();
    await logOn();
    const [view] = readViews(browser.memory);
    browser.killWorker();
    browser.memory = { ...browser.memory, 'view:ghost': { ...view, id: 'ghost' } };
    await startWorker();
    expect(readViews(browser.memory).map(({ id }) => id)).toEqual([view?.id]);
  });

  it('finds the cookies that came while no worker was there', async () => {
    browser.tabs.set(1, { id: 1, windowId: 1, url: page });
    const token = fogbugz.logOn(host);
    browser.setCookie({ value: token });
    await startWorker();
    expect(stored().map(session => session.token.reveal())).toEqual([token]);
    expect(states()).toEqual(['open']);
  });
});

describe('a worker that dies at any call of the browser', () => {
  it.each(['done', 'not done'] as const)(
    'leaves no token alive in the end, the last call %s',
    async lastCall => {
      for (let n = 1; ; n++) {
        takeNewBrowser();
        browser.lastCall = lastCall;
        browser.tabs.set(9, { id: 9, windowId: 1, url: elsewhere });
        const started = wakeWorker();
        browser.diesAt = n;
        await started;
        await quiet();
        const token = await logOn();
        browser.events.buttonClicked.fire({ id: 1 });
        await quiet();
        const died = browser.worker === 'dead';

        browser.diesAt = Number.POSITIVE_INFINITY;
        browser.killWorker();
        await startWorker();
        const known = stored().map(session => session.token.reveal());
        if (fogbugz.isAlive(token)) expect(known, `after death ${n}`).toEqual([token]);
        browser.restart();
        await startWorker();
        expect(fogbugz.isAlive(token), `after death ${n}`).toBe(false);
        expect(stored(), `after death ${n}`).toEqual([]);
        if (!died) break;
      }
    },
  );
});
