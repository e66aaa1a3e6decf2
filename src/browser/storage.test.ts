import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBrowser } from './stage/fake-browser.ts';

let browser: FakeBrowser;
let storage: typeof import('./storage.ts');

const startWorker = async (): Promise<void> => {
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
  storage = await import('./storage.ts');
};

beforeEach(async () => {
  browser = new FakeBrowser();
  await startWorker();
});

describe("the profile's id", () => {
  it('is made once, and the same for every worker and every run', async () => {
    const id = await storage.profileId();
    expect(id).toMatch(/^[\w-]{8,64}$/);
    expect(await storage.profileId()).toBe(id);
    browser.restart();
    await startWorker();
    expect(await storage.profileId()).toBe(id);
  });

  it('is another one in another profile', async () => {
    const id = await storage.profileId();
    browser = new FakeBrowser();
    await startWorker();
    expect(await storage.profileId()).not.toBe(id);
  });

  it.each([7, '', 'short', 'with a space', '../../etc'])('is made anew where %j stands', async profile => {
    browser.disk = { profile };
    const id = await storage.profileId();
    expect(id).not.toBe(profile);
    expect(browser.disk.profile).toBe(id);
  });

  it('is none while it cannot be kept: a Guard must know the next worker by it', async () => {
    browser.diskIs = 'full';
    await expect(storage.profileId()).rejects.toThrow('quota');
  });
});
