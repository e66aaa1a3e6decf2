import { beforeEach, describe, expect, it } from 'vitest';
import { readDrill } from '../browser/records.ts';
import { verdictOf } from '../session/drill.ts';
import { createDrillRecord } from './drill-record.ts';
import { pass as password } from './stage/fake-fogbugz.ts';
import {
  browser,
  elsewhere,
  fogbugz,
  history,
  host,
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

const site = `https://${host}/`;

beforeEach(async () => {
  browser.tabs.set(90, { id: 90, windowId: 9, url: elsewhere });
  await startWorker();
});

async function ask(question: object): Promise<unknown> {
  const answer = await browser.send(question);
  await quiet();
  return answer;
}
const begin = (window: 'ordinary' | 'private' = 'ordinary', secret = password) =>
  ask({ ask: 'log-on-for-drill', site, email: 'ada@example.com', password: secret, window });
const drillWith = (id: string) => ask({ ask: 'drill-with', id });
const drill = () => readDrill(browser.disk);
const verdict = () => {
  const now = drill();
  return now && verdictOf(now);
};
const token = () => stored()[0]?.token.reveal() ?? '';
const id = () => stored()[0]?.id ?? '';
let nextTab = 100;
/** Killed, and started again with a window. */
async function killAndStart(): Promise<void> {
  browser.restart();
  nextTab += 1;
  browser.tabs.set(nextTab, { id: nextTab, windowId: 9, url: elsewhere });
  await startWorker();
}
const isOver = () => drill()?.end?.confirmed === true;

describe('a close drill', () => {
  it('is told of by the options that open at the next start, once', async () => {
    expect(await begin()).toEqual({ is: 'begun' });
    expect(verdict()).toEqual({ is: 'waiting' });
    const mine = token();
    await killAndStart();
    await until(isDead(mine));
    await until(isOver);
    expect(verdict()).toMatchObject({ is: 'next-start', proven: true });
    await until(() => browser.optionsOpened === 1);
    await quiet();
    await killAndStart();
    expect(browser.optionsOpened).toBe(1);
    expect(verdict()).toMatchObject({ is: 'next-start', proven: true });
    await ask({ do: 'end-drill' });
    expect(drill()).toBeUndefined();
  });

  it('credits the closing browser with what got through, though nobody heard the answer', async () => {
    await begin();
    const mine = token();
    browser.stopAnswering();
    browser.closeWindow(9);
    await until(isDead(mine));
    await killAndStart();
    await until(isOver);
    expect(verdict()).toEqual({ is: 'closing', proven: true });
  });

  it('writes neither password nor token into its record', async () => {
    await begin();
    expect(browser.diskText()).not.toContain(JSON.stringify(password).slice(1, -1));
    expect(JSON.stringify(browser.disk.drill)).not.toContain(token());
    expect(fogbugz.isAlive(token())).toBe(true);
  });

  it('is not begun with a session of a private window', async () => {
    const token = fogbugz.logOn(host);
    await ask({ ask: 'take-token', site, token, kind: 'session', window: 'private' });
    const [view] = Object.entries(browser.memory).flatMap(([key, value]) =>
      key.startsWith('session:') ? [Object(value).id] : [],
    );
    expect(await drillWith(view)).toEqual({ is: 'unfit', why: 'private' });
    expect(browser.diskText()).not.toContain(view);
  });

  it('is not begun where the log-on fails, nor from a private window', async () => {
    expect(await begin('ordinary', 'wrong')).toMatchObject({ is: 'failed' });
    expect(await begin('private')).toEqual({ is: 'unfit', why: 'private' });
    expect(drill()).toBeUndefined();
    expect(fogbugz.asked('logon')).toHaveLength(1);
  });

  it('is not begun where closing the browser is to end nothing', async () => {
    await ask({ do: 'set-exception', site, rules: { browserClose: false } });
    expect(await begin()).toEqual({ is: 'unfit', why: 'kept-by-rules' });
    await logOn();
    expect(await drillWith(id())).toEqual({ is: 'unfit', why: 'kept-by-rules' });
    expect(fogbugz.asked('logon')).toEqual([]);
    expect(drill()).toBeUndefined();
  });

  it('takes no API key, and nothing that has ended', async () => {
    const key = fogbugz.logOn(host);
    await ask({ ask: 'take-token', site, token: key, kind: 'api-key', window: 'ordinary' });
    expect(await drillWith(id())).toEqual({ is: 'unfit', why: 'api-key' });
    expect(await drillWith('nobody')).toEqual({ is: 'unfit', why: 'ended' });
    await killAndStart();
    expect(fogbugz.isAlive(key)).toBe(true);
  });

  it('logs off what it opened when it is called off, and says no more of it', async () => {
    await begin();
    const mine = token();
    await ask({ do: 'end-drill' });
    await until(isDead(mine));
    expect(drill()).toBeUndefined();
    await killAndStart();
    expect(browser.optionsOpened).toBe(0);
  });

  it('leaves a session of the user’s as it was when it is called off', async () => {
    const mine = await logOn();
    expect(await drillWith(id())).toEqual({ is: 'begun' });
    expect(stored()).toMatchObject([{ staysOnce: true }]);
    await ask({ do: 'end-drill' });
    expect(fogbugz.isAlive(mine)).toBe(true);
    expect(stored()).toMatchObject([{ staysOnce: false, state: { is: 'open' } }]);
  });

  it('outlasts the last tab, which may go a moment before the browser', async () => {
    settingsAre({ graceSeconds: 0 });
    browser.killWorker();
    await startWorker();
    const mine = await logOn();
    await drillWith(id());
    browser.closeTab(1);
    await quiet();
    expect(fogbugz.isAlive(mine)).toBe(true);
    await killAndStart();
    await until(isDead(mine));
    await until(isOver);
    expect(verdict()).toMatchObject({ is: 'next-start' });
  });

  it('says so when the session ends another way before the close, and opens nothing', async () => {
    await begin();
    const mine = token();
    await ask({ do: 'log-off', id: id() });
    await until(isDead(mine));
    await until(isOver);
    expect(verdict()).toEqual({ is: 'other-way', trigger: 'click' });
    await killAndStart();
    await quiet();
    expect(browser.optionsOpened).toBe(0);
    expect(verdict()).toEqual({ is: 'other-way', trigger: 'click' });
  });

  it('logs its session off at the next start though the rules have come to keep it', async () => {
    await begin();
    const mine = token();
    await ask({ do: 'change-settings', change: { browserClose: false } });
    await killAndStart();
    await until(isDead(mine));
    await until(isOver);
    expect(verdict()).toEqual({ is: 'kept', proven: true });
    expect(browser.optionsOpened).toBe(1);
  });

  it('has a result where no history is kept', async () => {
    await ask({ do: 'change-settings', change: { keepHistory: false } });
    await begin();
    await killAndStart();
    await until(isOver);
    expect(verdict()).toMatchObject({ is: 'next-start', proven: true });
    expect(history()).toEqual([]);
  });

  it('waits for the server over several starts, and opens the options at the first of them alone', async () => {
    await begin();
    const mine = token();
    fogbugz.reachable('no');
    await killAndStart();
    expect(verdict()).toEqual({ is: 'owed' });
    await until(() => browser.optionsOpened === 1);
    await quiet();
    fogbugz.reachable('yes');
    await killAndStart();
    await until(isDead(mine));
    await until(isOver);
    expect(verdict()).toMatchObject({ is: 'next-start' });
    expect(browser.optionsOpened).toBe(1);
  });

  it('goes on in another worker of the same run', async () => {
    await begin();
    browser.killWorker();
    await startWorker();
    expect(verdict()).toEqual({ is: 'waiting' });
    expect(states()).toEqual(['open']);
    expect(browser.optionsOpened).toBe(0);
  });

  it('opens no options in a browser that starts without a window, and does with the first one', async () => {
    await begin();
    browser.restart();
    await startWorker();
    await until(isOver);
    await quiet();
    expect(browser.optionsOpened).toBe(0);
    browser.openTab({ id: 3, windowId: 3, url: elsewhere });
    await until(() => browser.optionsOpened === 1);
  });

  it('tells of it with the next window, where the browser lives on after its last one', async () => {
    await begin();
    const mine = token();
    browser.closeWindow(9);
    await until(isDead(mine));
    await quiet();
    expect(verdict()).toMatchObject({ is: 'closing', proven: true });
    browser.killWorker();
    await pass(1_000);
    await wakeWorker();
    browser.openTab({ id: 3, windowId: 3, url: elsewhere });
    await until(() => browser.optionsOpened === 1);
    expect(verdict()).toMatchObject({ is: 'closing', proven: true });
  });

  it('keeps the line up as a page of the site would', async () => {
    const warmed = () => fogbugz.seen.filter(({ method }) => method === 'GET').length;
    // In steps: one wait of the line's follows from another.
    const twoMinutes = async () => {
      for (let step = 0; step < 6; step += 1) await pass(20_000);
    };
    await begin();
    const atFirst = warmed();
    await twoMinutes();
    expect(warmed()).toBeGreaterThan(atFirst);
    await ask({ do: 'end-drill' });
    await pass(20_000);
    const atLast = warmed();
    await twoMinutes();
    expect(warmed()).toBe(atLast);
  });
});

describe('the record of a drill', () => {
  const found = { session: 'one', site, whose: 'drill', stayedOnce: false, since: 0 } as const;
  const line = {
    id: 'one',
    at: 9_000,
    site,
    person: '',
    trigger: 'startup',
    outcome: 'already-off',
    attempts: 1,
    ms: 80,
    confirmed: true,
  } as const;
  async function create() {
    const record = createDrillRecord(async () => undefined);
    await record.set({ ...found, told: false, keptByRules: false, backAt: 8_900 });
    return record;
  }

  it('is corrected by a receipt of the Guard that comes after the line was written', async () => {
    const record = await create();
    await record.put(line);
    const receipt = { outcome: 'logged-off', at: 5_000, ms: 120, ended: 'browser-died' } as const;
    await record.amend('another', { ...receipt, trigger: 'guard' });
    expect(record.now()?.end?.trigger).toBe('startup');
    await record.amend('one', { ...receipt, trigger: 'guard' });
    const now = record.now();
    expect(now && verdictOf(now)).toEqual({
      is: 'guard',
      after: 120,
      ended: 'browser-died',
      proven: true,
    });
  });

  it('takes an end back that turned out to be untrue, and minds no other session', async () => {
    const record = await create();
    await record.put({ ...line, id: 'another' });
    expect(record.now()?.end).toBeUndefined();
    await record.put(line);
    await record.drop('another');
    expect(record.now()?.end).toBeDefined();
    await record.drop('one');
    expect(record.now()?.end).toBeUndefined();
  });
});
