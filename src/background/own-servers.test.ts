import { beforeEach, describe, expect, it } from 'vitest';
import { readSettings, readSites } from '../browser/records.ts';
import { longestWaitMs } from '../session/backoff.ts';
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
  states,
  stored,
  until,
} from './stage/stage.ts';

setStage();

const host = 'intranet';
const bugs = 'https://intranet/bugs/';
const page = `${bugs}default.asp`;

beforeEach(async () => {
  browser.tabs.set(90, { id: 90, windowId: 9, url: elsewhere });
  await startWorker();
});

/** The user adds a server on the options page, and lets the extension in. */
async function add(base = bugs): Promise<unknown> {
  browser.grant(new URL(base).hostname);
  const added = await browser.send({ ask: 'add-site', address: base });
  await quiet();
  return added;
}
/** The user logs on there, in a tab of its own. */
async function logOn(base = bugs, tab = 1): Promise<string> {
  const { host, hostname, pathname } = new URL(base);
  const token = fogbugz.logOn(`${host}${pathname.slice(0, -1)}`);
  browser.openTab({ id: tab, windowId: 1, url: `${base}default.asp` });
  browser.setCookie({ value: token, domain: hostname, path: pathname });
  await quiet();
  return token;
}
const own = () => readSettings(browser.disk).ownSites;
const tokens = () => stored().map(({ token }) => token.reveal());
const icon = () => browser.button.icon.replace(/^\/icons\/|-16\.png$/g, '');

describe("the user's own server", () => {
  it('is added, and the session that is open there is adopted', async () => {
    const token = await logOn();
    expect(stored()).toEqual([]);
    expect(await add()).toEqual({ is: 'added', base: bugs });
    expect(own()).toEqual([bugs]);
    expect(tokens()).toEqual([token]);
    expect(stored()).toMatchObject([{ site: bugs, state: { is: 'open', inUse: true } }]);
    expect(icon()).toBe('on');
  });

  it('is protected like any other', async () => {
    await add();
    const token = await logOn();
    browser.closeTab(1);
    await quiet();
    expect(states()).toEqual(['counting-down']);
    await pass(graceMs);
    await until(isDead(token));
    await quiet();
    expect(browser.cookies).toEqual([]);
  });

  it('is removed: logged off there first, then the permission is given back', async () => {
    await add();
    const token = await logOn();
    await browser.send({ do: 'remove-site', base: bugs });
    await until(isDead(token));
    await quiet();
    expect(stored()).toEqual([]);
    expect(own()).toEqual([]);
    expect(readSites(browser.disk).has(bugs)).toBe(false);
    expect(browser.givenBack).toEqual([host]);
    expect(history()).toMatchObject([{ site: bugs, trigger: 'site-removed', confirmed: true }]);
    expect(icon()).toBe('none');
  });

  it('is removed while it is down: the permission stays until the log-off is answered', async () => {
    await add();
    const token = await logOn();
    fogbugz.reachable('no');
    await browser.send({ do: 'remove-site', base: bugs });
    await quiet();
    expect(states()).toEqual(['owed']);
    expect(browser.givenBack).toEqual([]);
    browser.killWorker();
    fogbugz.reachable('yes');
    await startWorker();
    await pass(longestWaitMs);
    await until(isDead(token));
    await quiet();
    expect(browser.givenBack).toEqual([host]);
  });

  it('that is none is not added, and its permission is given back', async () => {
    fogbugz.reachable('no');
    expect(await add()).toMatchObject({ is: 'failed', obstacle: { is: 'unreachable' } });
    expect(own()).toEqual([]);
    expect(browser.givenBack).toEqual([host]);
  });
});

describe('a permission that is taken away', () => {
  let token: string;
  beforeEach(async () => {
    await add();
    token = await logOn();
    browser.withhold(host);
    await quiet();
  });

  it('is shown as trouble', () => {
    expect(icon()).toBe('trouble');
  });

  it('hides the tabs and cookies of the site, and ends nothing by that', async () => {
    browser.goTo(1, `${page}?pg=pgList`);
    browser.openTab({ id: 2, windowId: 1, url: page });
    await quiet();
    await pass(2 * graceMs);
    expect(states()).toEqual(['open']);
    browser.killWorker();
    await startWorker();
    await pass(2 * graceMs);
    expect(states()).toEqual(['open']);
    expect(fogbugz.isAlive(token)).toBe(true);
    expect(icon()).toBe('trouble');
  });

  it('and granted again resumes what was watched', async () => {
    browser.killWorker();
    await startWorker();
    browser.grant(host);
    await quiet();
    expect(icon()).toBe('on');
    expect(states()).toEqual(['open']);
    browser.closeTab(1);
    await quiet();
    await pass(graceMs);
    await until(isDead(token));
  });

  it('and granted again sends at once what could not be sent', async () => {
    browser.events.buttonClicked.fire({ id: 90 });
    await until(() => JSON.stringify(stored()).includes('not-permitted'));
    expect(fogbugz.isAlive(token)).toBe(true);
    browser.grant(host);
    await until(isDead(token));
    await quiet();
    expect(icon()).toBe('none');
  });

  it('and granted again finds that the session was ended in between', async () => {
    fogbugz.kill(token);
    browser.cookies = [];
    browser.grant(host);
    await quiet();
    expect(stored()).toEqual([]);
    expect(history()).toMatchObject([{ outcome: 'by-page' }]);
  });

  it('is no trouble any more once the site is removed and nothing is owed', async () => {
    await browser.send({ do: 'remove-site', base: bugs });
    await until(() => JSON.stringify(stored()).includes('not-permitted'));
    await browser.send({ do: 'forget', id: stored()[0]?.id });
    await quiet();
    expect(icon()).toBe('none');
  });
});

describe('two servers on one host', () => {
  it('are told apart by their paths', async () => {
    const wiki = 'https://intranet/wiki/';
    await add(bugs);
    await add(wiki);
    const [first, second] = [await logOn(bugs, 1), await logOn(wiki, 2)];
    expect(stored().map(({ site }) => site)).toEqual([bugs, wiki]);
    expect(tokens()).toEqual([first, second]);
    browser.closeTab(2);
    await quiet();
    await pass(graceMs);
    await until(isDead(second));
    expect(fogbugz.isAlive(first)).toBe(true);
  });

  it('are told apart by their ports, by the tabs that use their cookie', async () => {
    const other = 'https://intranet:8443/';
    const root = 'https://intranet/';
    await add(root);
    await add(other);
    const token = await logOn(other);
    expect(stored()).toMatchObject([{ site: other, state: { inUse: true } }]);
    browser.goTo(1, root);
    await quiet();
    expect(states()).toEqual(['counting-down']);
    await pass(graceMs);
    await until(isDead(token));
  });

  it('keep the permission until both are removed', async () => {
    const wiki = 'https://intranet/wiki/';
    await add(bugs);
    await add(wiki);
    await browser.send({ do: 'remove-site', base: wiki });
    await quiet();
    expect(browser.givenBack).toEqual([]);
    await browser.send({ do: 'remove-site', base: bugs });
    await quiet();
    expect(browser.givenBack).toEqual([host]);
  });
});

describe('another program on the same host', () => {
  it('is no FogBugz page, although it is sent the cookie', async () => {
    await add();
    const token = fogbugz.logOn('intranet/bugs');
    browser.openTab({ id: 1, windowId: 1, url: page });
    browser.openTab({ id: 2, windowId: 1, url: 'https://intranet/mail/' });
    browser.setCookie({ value: token, domain: host });
    await quiet();
    expect(stored()).toMatchObject([{ site: bugs, state: { inUse: true } }]);
    browser.closeTab(1);
    await quiet();
    expect(states()).toEqual(['counting-down']);
    await pass(graceMs);
    await until(isDead(token));
  });

  it('in front is no page whose session a click ends alone', async () => {
    await add();
    const token = await logOn();
    const acme = fogbugz.logOn();
    browser.setCookie({ value: acme });
    browser.openTab({ id: 2, windowId: 1, url: 'https://intranet/mail/' });
    await quiet();
    browser.events.buttonClicked.fire({ id: 2 });
    await until(() => !fogbugz.isAlive(token) && !fogbugz.isAlive(acme));
  });
});
