import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from '../browser/records.ts';
import {
  browser,
  elsewhere,
  fogbugz,
  graceMs,
  history,
  isDead,
  pass,
  quiet,
  setStage,
  startWorker,
  stored,
  until,
} from './stage/stage.ts';

setStage();

const given = 'https://intranet/bugs/';

beforeEach(async () => {
  vi.doMock('../browser/given-servers.ts', () => ({ givenServers: [given] }));
  browser.permitted = host => host === 'intranet';
  browser.tabs.set(90, { id: 90, windowId: 9, url: elsewhere });
  await startWorker();
  return () => void vi.doUnmock('../browser/given-servers.ts');
});

async function logOn(): Promise<string> {
  const token = fogbugz.logOn('intranet/bugs');
  browser.openTab({ id: 1, windowId: 1, url: `${given}default.asp` });
  browser.setCookie({ value: token, domain: 'intranet', path: '/bugs' });
  await quiet();
  return token;
}

describe("an administrator's server", () => {
  it('is there without being added, and is logged off as any other', async () => {
    const token = await logOn();
    expect(stored()).toMatchObject([{ site: given, state: { is: 'open', inUse: true } }]);
    browser.closeTab(1);
    await quiet();
    await pass(graceMs);
    await until(isDead(token));
    await quiet();
    expect(history()).toMatchObject([{ site: given, trigger: 'last-tab', confirmed: true }]);
  });

  it('is no setting of the user', async () => {
    await logOn();
    expect(await browser.send({ ask: 'add-site', address: given })).toEqual({ is: 'added', base: given });
    await quiet();
    expect(readSettings(browser.disk).ownSites).toEqual([]);
  });

  it('is not removed by the user, whose sessions there stay', async () => {
    const token = await logOn();
    await expect(browser.send({ do: 'remove-site', base: given })).rejects.toThrow('administrator');
    await quiet();
    expect(isDead(token)()).toBe(false);
    expect(stored()).toMatchObject([{ state: { is: 'open' } }]);
  });

  it('keeps its permission, whatever was added on its host and removed again', async () => {
    const other = 'https://intranet/old/';
    await browser.send({ ask: 'add-site', address: other });
    await browser.send({ do: 'remove-site', base: other });
    await quiet();
    expect(readSettings(browser.disk).ownSites).toEqual([]);
    expect(browser.givenBack).toEqual([]);
  });
});
