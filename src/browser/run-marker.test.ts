import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBrowser } from './stage/fake-browser.ts';

let browser: FakeBrowser;
let marker: typeof import('./run-marker.ts');
let isFirefox: boolean;
/** What the Guard says. */
let run: string | undefined;

beforeEach(async () => {
  browser = new FakeBrowser();
  isFirefox = false;
  run = undefined;
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
  vi.doMock('./vendor.ts', () => ({
    get isFirefox() {
      return isFirefox;
    },
  }));
  marker = await import('./run-marker.ts');
});

const isSameRun = (now: number, disk = browser.disk, memory = browser.memory, isStarting = false) =>
  marker.isSameRun(
    memory,
    disk,
    now,
    async () => run,
    () => isStarting,
  );
const reloaded = () => {
  browser.memory = {};
};

describe('the run of the browser', () => {
  it('is over where nothing says that it goes on', async () => {
    expect(await isSameRun(1_000)).toBe(false);
  });

  it('goes on for as long as its marker is there', async () => {
    await marker.markRun(1_000);
    expect(await isSameRun(9e9)).toBe(true);
    reloaded();
    expect(await isSameRun(1_001)).toBe(false);
  });

  it('goes on over a reload that was announced, for ten seconds and for one worker', async () => {
    await marker.leaveHandOverNote(1_000);
    expect(await isSameRun(1_000)).toBe(true);
    expect(await isSameRun(10_999)).toBe(true);
    expect(await isSameRun(11_000)).toBe(false);
    expect(await isSameRun(999)).toBe(false);
    await marker.markRun(1_500);
    reloaded();
    expect(await isSameRun(1_600)).toBe(false);
  });

  it('is over where the browser says that it starts, whatever a browser before it has left', async () => {
    await marker.leaveHandOverNote(1_000);
    expect(await isSameRun(1_000, browser.disk, {}, true)).toBe(false);
    // That was a worker ago, and the marker is of this run.
    expect(await isSameRun(1_000, browser.disk, { run: 900 }, true)).toBe(true);
  });

  it('goes on where a tab is still there that was there before', async () => {
    browser.tabs.set(7, { id: 7, windowId: 1, url: 'https://example.org/' });
    await marker.rememberTabs([5, 6, 7]);
    expect(await isSameRun(1_000)).toBe(true);
    browser.tabs.clear();
    browser.tabs.set(8, { id: 8, windowId: 1, url: 'https://example.org/' });
    expect(await isSameRun(1_000)).toBe(false);
  });

  it('is over where what was remembered makes no sense', async () => {
    for (const disk of [{ tabIds: 'x' }, { tabIds: [null, '7'] }, { handOver: 'now' }, { handOver: null }]) {
      expect(await isSameRun(1_000, disk, {})).toBe(false);
    }
  });

  it('goes on in Firefox where the Guard names the same process as before', async () => {
    isFirefox = true;
    await marker.rememberBrowser('boot 42 1000');
    run = 'boot 42 1000';
    expect(await isSameRun(1_000)).toBe(true);
    run = 'boot 42 1001';
    expect(await isSameRun(1_000)).toBe(false);
    run = undefined;
    expect(await isSameRun(1_000)).toBe(false);
  });

  it('is over in Firefox where no process was ever named, and whatever tabs there are', async () => {
    isFirefox = true;
    expect(await isSameRun(1_000)).toBe(false);
    browser.tabs.set(7, { id: 7, windowId: 1, url: 'https://example.org/' });
    expect(await isSameRun(1_000, { tabIds: [7] })).toBe(false);
  });
});
