import { beforeEach, expect, it, vi } from 'vitest';
import { FakeBrowser } from './stage/fake-browser.ts';

let browser: FakeBrowser;
let storage: typeof import('./storage.ts');

beforeEach(async () => {
  browser = new FakeBrowser();
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
  storage = await import('./storage.ts');
});

const absence = { since: 1_000, told: ['one'] };
const read = async () => storage.readAbsence(await storage.load());

it('an absence is known to the next worker, and gone when it is over', async () => {
  expect(await read()).toBeUndefined();
  await storage.saveAbsence(absence);
  expect(await read()).toEqual(absence);
  await storage.saveAbsence(undefined);
  expect(await read()).toBeUndefined();
});

it('an absence ends with the browser run, and never comes to the disk', async () => {
  await storage.saveAbsence(absence);
  expect(browser.disk).toEqual({});
  browser.memory = {};
  expect(await read()).toBeUndefined();
});

it.each([null, 'long', { since: 'yesterday', told: [] }, { since: Number.NaN, told: [] }])(
  'an absence that cannot be read is none: %j',
  async stored => {
    browser.memory = { absence: stored };
    expect(await read()).toBeUndefined();
  },
);
