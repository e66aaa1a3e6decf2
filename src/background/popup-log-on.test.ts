import { beforeEach, describe, expect, it } from 'vitest';
import { readSessions } from '../browser/records.ts';
import { pass as password } from './stage/fake-fogbugz.ts';
import {
  browser,
  elsewhere,
  fogbugz,
  graceMs,
  host,
  isDead,
  page,
  pass,
  quiet,
  setStage,
  startWorker,
  states,
  stored,
  until,
} from './stage/stage.ts';

setStage();

const site = `https://${host}/`;

beforeEach(async () => {
  browser.tabs.set(90, { id: 90, windowId: 9, url: elsewhere });
  await startWorker();
});

async function logOn(where: 'too' | 'not'): Promise<unknown> {
  const answer = await browser.send({
    ask: 'log-on',
    site,
    email: 'ada@example.com',
    password,
    page: where,
    window: 'ordinary',
  });
  await quiet();
  return answer;
}
async function paste(token: string, kind: 'session' | 'api-key'): Promise<unknown> {
  const answer = await browser.send({ ask: 'take-token', site, token, kind, window: 'ordinary' });
  await quiet();
  return answer;
}
const token = () => stored()[0]?.token.reveal() ?? '';
/** What stands on the disk, without the one place in which a token may stand. */
const besidesTheToken = (): string => {
  const [session] = Object.keys(browser.disk).filter(key => key.startsWith('session:'));
  return JSON.stringify({ ...browser.disk, [session ?? '']: undefined });
};

describe('a log-on in the popup', () => {
  it('wakes the worker that answers it', async () => {
    browser.killWorker();
    await startWorker();
    expect(await logOn('not')).toEqual({ is: 'logged-on' });
    expect(stored()).toMatchObject([{ site, source: { is: 'logon' }, state: { is: 'open' } }]);
    expect(browser.cookies).toEqual([]);
  });

  it('ends with the browser, and at the next start at the latest', async () => {
    await logOn('not');
    const mine = token();
    browser.stopAnswering();
    browser.closeWindow(9);
    await until(isDead(mine));
    browser.restart();
    await startWorker();
    expect(stored()).toEqual([]);
  });

  it('is not ended by tabs that come and go, which have no part in it', async () => {
    await logOn('not');
    browser.openTab({ id: 1, windowId: 1, url: page });
    await quiet();
    browser.closeTab(1);
    await quiet();
    await pass(2 * graceMs);
    expect(states()).toEqual(['open']);
  });

  it('for the pages too is a session of the web, in use by the tabs that show it', async () => {
    browser.openTab({ id: 1, windowId: 1, url: page });
    expect(await logOn('too')).toEqual({ is: 'logged-on' });
    expect(browser.cookies.map(({ value }) => value)).toEqual([token()]);
    expect(stored()).toMatchObject([
      { source: { is: 'web', cookie: { domain: host } }, state: { is: 'open', inUse: true } },
    ]);
    const mine = token();
    browser.closeTab(1);
    await quiet();
    await pass(graceMs);
    await until(isDead(mine));
    await quiet();
    expect(browser.cookies).toEqual([]);
  });

  it('for the pages too logs off whoever was logged on there', async () => {
    const former = fogbugz.logOn();
    browser.setCookie({ value: former });
    await quiet();
    await logOn('too');
    await until(isDead(former));
    await quiet();
    expect(stored()).toHaveLength(1);
    expect(fogbugz.isAlive(token())).toBe(true);
  });

  it('leaves its password nowhere, and its token only where tokens stand', async () => {
    await logOn('too');
    for (const kept of [
      browser.diskText(),
      JSON.stringify(browser.memory),
      JSON.stringify(browser.cookies),
    ]) {
      expect(kept).not.toContain('horse');
    }
    expect(besidesTheToken()).not.toContain(token());
    expect(JSON.stringify(browser.memory)).not.toContain(token());
    expect(fogbugz.seen.filter(({ body }) => body.includes('horse'))).toHaveLength(1);
    for (const { url, headers } of fogbugz.seen) {
      expect(JSON.stringify([url, headers])).not.toContain(token());
    }
  });
});

describe('a pasted token', () => {
  it('of a session is logged off like any other', async () => {
    const mine = fogbugz.logOn();
    expect(await paste(` ${mine} `, 'session')).toEqual({ is: 'taken' });
    expect(stored()).toMatchObject([{ source: { is: 'pasted' }, kind: 'session' }]);
    expect(besidesTheToken()).not.toContain(mine);
    expect(JSON.stringify(browser.memory)).not.toContain(mine);
    await browser.send({ do: 'log-off-everywhere' });
    await until(isDead(mine));
    await quiet();
    expect(browser.diskText()).not.toContain(mine);
  });

  it('that the pages have as well becomes theirs', async () => {
    const mine = fogbugz.logOn();
    await paste(mine, 'session');
    browser.setCookie({ value: mine });
    await quiet();
    expect(stored()).toMatchObject([{ source: { is: 'web' } }]);
    expect(await paste(mine, 'session')).toEqual({ is: 'known' });
  });

  it('that is dead or none leaves nothing behind', async () => {
    const dead = fogbugz.logOn();
    fogbugz.kill(dead);
    expect(await paste(dead, 'session')).toEqual({ is: 'dead' });
    expect(await paste('two words', 'session')).toEqual({ is: 'not-a-token' });
    expect(stored()).toEqual([]);
    expect(browser.diskText()).not.toContain(dead);
  });
});

describe('an API key', () => {
  it('outlives everything but its own end', async () => {
    const key = fogbugz.logOn();
    await paste(key, 'api-key');
    browser.events.buttonClicked.fire({ id: 90 });
    await browser.send({ do: 'log-off-everywhere' });
    browser.userBecomes('locked');
    await quiet();
    browser.closeWindow(9);
    await quiet();
    browser.restart();
    await startWorker();
    expect(states()).toEqual(['open']);
    expect(fogbugz.isAlive(key)).toBe(true);
    await browser.send({ do: 'revoke-key', id: stored()[0]?.id });
    await until(isDead(key));
    await quiet();
    expect(stored()).toEqual([]);
  });

  it('that is dropped is gone here and lives on there', async () => {
    const key = fogbugz.logOn();
    await paste(key, 'api-key');
    await browser.send({ do: 'drop-key', id: stored()[0]?.id });
    await quiet();
    expect(stored()).toEqual([]);
    expect(browser.diskText()).not.toContain(key);
    expect(fogbugz.isAlive(key)).toBe(true);
  });
});

describe('a partitioned cookie', () => {
  const partitionKey = { topLevelSite: 'https://portal.example' };

  it('is adopted, and used by no tab that shows the site by itself', async () => {
    const mine = fogbugz.logOn();
    browser.openTab({ id: 1, windowId: 1, url: page });
    browser.setCookie({ value: mine, partitionKey });
    await quiet();
    expect(stored()).toMatchObject([
      { source: { cookie: { partition: 'https://portal.example' } }, state: { is: 'open', inUse: false } },
    ]);
    browser.closeTab(1);
    await quiet();
    await pass(2 * graceMs);
    expect(states()).toEqual(['open']);
  });

  it('stands beside an ordinary one, and ends with the browser like it', async () => {
    const [ordinary, mine] = [fogbugz.logOn(), fogbugz.logOn()];
    browser.setCookie({ value: ordinary });
    browser.setCookie({ value: mine, partitionKey });
    await quiet();
    expect(readSessions(browser.disk).sessions).toHaveLength(2);
    browser.stopAnswering();
    browser.closeWindow(9);
    await until(() => !fogbugz.isAlive(mine) && !fogbugz.isAlive(ordinary));
  });

  it('goes with its token, and leaves the ordinary one', async () => {
    const [ordinary, mine] = [fogbugz.logOn(), fogbugz.logOn()];
    browser.setCookie({ value: ordinary });
    browser.setCookie({ value: mine, partitionKey });
    await quiet();
    const id = stored().find(session => session.token.reveal() === mine)?.id;
    await browser.send({ do: 'log-off', id });
    await until(isDead(mine));
    await quiet();
    expect(browser.cookies.map(({ value }) => value)).toEqual([ordinary]);
    expect(fogbugz.isAlive(ordinary)).toBe(true);
  });
});
