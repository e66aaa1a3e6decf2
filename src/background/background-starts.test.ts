import { describe, expect, it } from 'vitest';
import { countAside } from '../browser/aside.ts';
import { readViews } from '../browser/page-records.ts';
import {
  browser,
  elsewhere,
  fogbugz,
  history,
  host,
  isDead,
  logOn,
  page,
  quiet,
  setStage,
  startWorker,
  states,
  stored,
  takeNewBrowser,
  until,
  wakeWorker,
} from './stage/stage.ts';

setStage();

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
    expect(countAside(browser.disk).sessions).toBe(1);
    expect(browser.diskText()).toContain('abcdefghijkl');
    browser.killWorker();
    await startWorker();
    expect(countAside(browser.disk).sessions).toBe(1);
  });

  it('keeps aside what it cannot read of settings, history and drill, and goes on with the rest', async () => {
    browser.disk = {
      settings: { graceSeconds: -1, lastTab: false, changedAt: 5 },
      history: ['garbage'],
      drill: 'x',
    };
    await startWorker();
    await quiet();
    expect(countAside(browser.disk)).toEqual({ sessions: 0, settings: true, history: true });
    expect(browser.disk).toMatchObject({ settings: { lastTab: false, changedAt: 5 }, history: [] });
    expect(browser.disk.drill).toBeUndefined();
    const { aside } = browser.disk;
    browser.killWorker();
    await startWorker();
    await quiet();
    expect(browser.disk.aside).toEqual(aside);
    await browser.send({ do: 'clear-history' });
    await browser.send({ do: 'change-settings', change: { graceSeconds: 3 } });
    expect(countAside(browser.disk)).toEqual({ sessions: 0, settings: false, history: false });
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
