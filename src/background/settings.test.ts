import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from '../browser/records.ts';
import { readSynced, writeSynced } from '../browser/synced.ts';
import { defaultSettings, type Settings } from '../session/settings.ts';
import {
  browser,
  elsewhere,
  fogbugz,
  graceMs,
  history,
  isDead,
  logOn,
  pass,
  quiet,
  setStage,
  settingsAre,
  startWorker,
  states,
  stored,
  takeNewBrowser,
  until,
} from './stage/stage.ts';

setStage();

const acme = 'https://acme.fogbugz.com/';
const bugs = 'https://intranet/bugs/';

beforeEach(() => {
  browser.tabs.set(90, { id: 90, windowId: 9, url: elsewhere });
});

const change = async (change: Partial<Settings>): Promise<void> => {
  await browser.send({ do: 'change-settings', change });
  await quiet();
};
const disk = () => readSettings(browser.disk);
const synced = () => readSynced(browser.synced);
const refused = (command: object) => expect(browser.send(command)).rejects.toThrow(/administrator/);
const icon = () => browser.button.icon.replace(/^\/icons\/|-16\.png$/g, '');
const from = (settings: Partial<Settings>, changedAt: number) =>
  writeSynced({ settings: { ...defaultSettings, ...settings }, changedAt });

describe('settings that follow the user', () => {
  it('go to their other computers, and never a token with them', async () => {
    await startWorker();
    const token = await logOn();
    await change({ graceSeconds: 33, lock: true });
    expect(synced().settings).toEqual({ ...defaultSettings, graceSeconds: 33, lock: true });
    expect(JSON.stringify(browser.synced)).not.toContain(token);
  });

  it('are taken over as they come, and count at once', async () => {
    await startWorker();
    const token = await logOn();
    browser.syncBrings(from({ graceSeconds: 0, toolbarClick: 'log-off' }, Date.now() + 1));
    await quiet();
    expect(disk()).toMatchObject({ graceSeconds: 0, toolbarClick: 'log-off' });
    expect(browser.button.popup).toBe('');
    browser.closeTab(1);
    await until(isDead(token));
  });

  it('are taken over at the start, on a computer where nobody ever set anything', async () => {
    browser.synced = { ...from({ idleMinutes: 20 }, 5) };
    await startWorker();
    expect(disk().idleMinutes).toBe(20);
  });

  it('stay, where the change is the later one, and go there', async () => {
    await startWorker();
    await change({ graceSeconds: 7 });
    browser.syncBrings(from({ graceSeconds: 1 }, Date.now() - 1000));
    await quiet();
    expect([disk().graceSeconds, synced().settings?.graceSeconds]).toEqual([7, 7]);
  });

  it('win with a later change, though the clock of the other computer is ahead', async () => {
    await startWorker();
    browser.syncBrings(from({ graceSeconds: 1 }, Date.now() + 86_400_000));
    await quiet();
    await change({ graceSeconds: 2 });
    expect(synced().settings?.graceSeconds).toBe(2);
    takeNewBrowserWith(browser.synced);
    await startWorker();
    expect(disk().graceSeconds).toBe(2);
  });

  it('wait for their last part, and are not overwritten meanwhile', async () => {
    const ownSites = Array.from({ length: 60 }, (_, index) => `https://server-${index}.example.com/`);
    await startWorker();
    await change({ graceSeconds: 7 });
    const { 'settings:0': first, ...rest } = from({ ownSites }, Date.now() + 1000);
    browser.syncBrings(rest);
    await quiet();
    expect(disk()).toMatchObject({ graceSeconds: 7, ownSites: [] });
    browser.syncBrings({ 'settings:0': first });
    await quiet();
    expect(disk().ownSites).toEqual(ownSites);
  });

  it('stay here where sync is switched off, and follow once it is there', async () => {
    browser.syncIs = 'refused';
    await startWorker();
    await change({ graceSeconds: 7 });
    expect(disk().graceSeconds).toBe(7);
    expect(browser.synced).toEqual({});
    browser.syncIs = 'there';
    browser.killWorker();
    await startWorker();
    expect(synced().settings?.graceSeconds).toBe(7);
  });

  it('stay here where they are too long for it', async () => {
    const ownSites = Array.from({ length: 3000 }, (_, index) => `https://server-${index}.example.com/`);
    await startWorker();
    await browser.send({ do: 'import-settings', settings: { ownSites } });
    await quiet();
    expect(disk().ownSites).toHaveLength(3000);
    expect(browser.synced).toEqual({});
    browser.syncBrings(from({}, Date.now() + 1));
    await quiet();
    expect(disk().ownSites).toHaveLength(3000);
  });

  it('change nothing where what came makes no sense', async () => {
    await startWorker();
    await change({ graceSeconds: 7 });
    browser.syncBrings({ 'settings:0': { version: 1, changedAt: Date.now() + 9, parts: 1, text: '{' } });
    browser.syncBrings({ 'settings:0': { token: 'x' } });
    await quiet();
    expect(disk().graceSeconds).toBe(7);
  });

  it('bring a server that needs its permission here first, and then works', async () => {
    await startWorker();
    browser.syncBrings(from({ ownSites: [bugs], graceSeconds: 0 }, Date.now() + 1));
    await quiet();
    expect(icon()).toBe('trouble');
    const token = fogbugz.logOn('intranet/bugs');
    browser.openTab({ id: 1, windowId: 1, url: `${bugs}default.asp` });
    browser.setCookie({ value: token, domain: 'intranet', path: '/bugs/' });
    await quiet();
    expect(stored()).toEqual([]);
    browser.grant('intranet');
    await quiet();
    expect(stored()).toMatchObject([{ site: bugs }]);
    browser.closeTab(1);
    await until(isDead(token));
  });

  it('cost no session, where a server is removed on another computer', async () => {
    settingsAre({ ownSites: [bugs], graceSeconds: 0 });
    browser.grant('intranet');
    await startWorker();
    const token = fogbugz.logOn('intranet/bugs');
    browser.openTab({ id: 1, windowId: 1, url: `${bugs}default.asp` });
    browser.setCookie({ value: token, domain: 'intranet', path: '/bugs/' });
    await quiet();
    browser.syncBrings(from({ graceSeconds: 0 }, Date.now() + 1));
    await quiet();
    expect(states()).toEqual(['open']);
    browser.closeTab(1);
    await until(isDead(token));
  });
});

describe('what an administrator sets', () => {
  it('stands over what the user set, from the first moment on', async () => {
    settingsAre({ lastTab: false });
    browser.policy = { lastTab: true, graceSeconds: 0 };
    await startWorker();
    const token = await logOn();
    browser.closeTab(1);
    await until(isDead(token));
  });

  it('decides at the start about what the last run left', async () => {
    settingsAre({ browserClose: false });
    browser.policy = { browserClose: true };
    await startWorker();
    const token = await logOn();
    browser.restart();
    browser.policyIs = 'slow';
    await startWorker();
    expect(fogbugz.isAlive(token)).toBe(false);
    expect(history()).toMatchObject([{ trigger: 'startup' }]);
  });

  it('counts at once when it changes, and gives the user’s own choice back when it goes', async () => {
    await startWorker();
    await change({ lastTab: false });
    const token = await logOn();
    browser.administratorSets({ lastTab: true, graceSeconds: 0, toolbarClick: 'log-off' });
    await quiet();
    expect(browser.button.popup).toBe('');
    browser.closeTab(1);
    await until(isDead(token));
    browser.administratorSets({});
    await quiet();
    expect(browser.button.popup).not.toBe('');
    const second = await logOn(2);
    browser.closeTab(2);
    await pass(2 * graceMs);
    expect(fogbugz.isAlive(second)).toBe(true);
  });

  it('is not to be changed by a page, and comes to no record of the user', async () => {
    browser.policy = { idleMinutes: 15, exceptions: { [acme]: { lock: true } }, ownSites: [bugs] };
    await startWorker();
    await refused({ do: 'change-settings', change: { idleMinutes: 0 } });
    await refused({ do: 'import-settings', settings: { idleMinutes: 0 } });
    await refused({ do: 'set-exception', site: 'https://other.fogbugz.com/', rules: { idleMinutes: 0 } });
    await refused({ do: 'set-exception', site: acme, rules: { lock: false } });
    await refused({ do: 'remove-site', base: bugs });
    await change({ idleMinutes: 15, graceSeconds: 5 });
    await browser.send({
      do: 'set-exception',
      site: acme,
      rules: { lock: true, idleMinutes: 15, maxHours: 3 },
    });
    await quiet();
    expect(disk()).toEqual({
      ...defaultSettings,
      graceSeconds: 5,
      idleMinutes: 15,
      exceptions: { [acme]: { maxHours: 3 } },
    });
    expect(synced().settings).toEqual(disk());
  });

  it('is told apart from what can not be read, which is said', async () => {
    browser.policy = { idleMinutes: 'soon', graceSeconds: 0 };
    await startWorker();
    expect(vi.mocked(console.error).mock.calls.flat()).toContain(
      "An administrator's setting could not be read: idleMinutes",
    );
    const token = await logOn();
    browser.closeTab(1);
    await until(isDead(token));
  });

  it('may be a server, which needs its permission like any other', async () => {
    browser.policy = { ownSites: ['https://intranet/bugs'] };
    await startWorker();
    expect(icon()).toBe('trouble');
    browser.grant('intranet');
    await quiet();
    expect(icon()).toBe('none');
  });
});

describe('settings from a file', () => {
  it('replace what is set, and add servers and exceptions', async () => {
    settingsAre({ lock: true, ownSites: [bugs], exceptions: { [acme]: { maxHours: 1 } } });
    await startWorker();
    const other = 'https://other.example.com/';
    await browser.send({
      do: 'import-settings',
      settings: {
        lock: false,
        graceSeconds: 3,
        ownSites: [other, bugs],
        exceptions: { [other]: { lock: true } },
      },
    });
    expect(disk()).toEqual({
      ...defaultSettings,
      graceSeconds: 3,
      ownSites: [bugs, other],
      exceptions: { [acme]: { maxHours: 1 }, [other]: { lock: true } },
    });
  });

  it('are refused by the worker, too, if they make no sense', async () => {
    await startWorker();
    await expect(
      browser.send({ do: 'import-settings', settings: { ownSites: ['https://*/'] } }),
    ).rejects.toThrow();
    expect(disk()).toEqual(defaultSettings);
  });
});

/** Another computer of the same user. */
function takeNewBrowserWith(brought: Record<string, unknown>): void {
  browser.killWorker();
  takeNewBrowser();
  browser.synced = brought;
}
