import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { envelope, siteAt, token } from '../fogbugz/stage/loopback.ts';
import { openReceipts } from './receipts.ts';
import { takeCare } from './take-care.ts';

/** Hours pass in no time: whoever waits has the clock put on by as much. */
vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => void vi.setSystemTime(Date.now() + ms),
}));

const hourMs = 3_600_000;
const end = Date.UTC(2026, 0, 1);
let stateFolder = '';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: end });
  stateFolder = mkdtempSync(join(tmpdir(), 'guard-hours-'));
  return () => {
    vi.useRealTimers();
    rmSync(stateFolder, { recursive: true });
  };
});

/** A network that is there from some moment on. Returns when each request was made, in ms after the end. */
async function careUntil(isThere: (attempts: number) => boolean): Promise<readonly number[]> {
  const asked: number[] = [];
  const fetch: typeof globalThis.fetch = async () => {
    asked.push(Date.now() - end);
    if (!isThere(asked.length)) throw new TypeError('fetch failed');
    return new Response(envelope({ data: {} }));
  };
  await takeCare(
    {
      guard: 'guard',
      profile: 'profile-1',
      browser: undefined,
      closedAt: end,
      state: { is: 'over', ended: 'browser-died', at: end },
      sessions: [
        { session: 'one', site: siteAt('http://127.0.0.1:9', 'json'), token, private: false, attempts: 0 },
      ],
    },
    { stateFolder, fetch },
    new AbortController().signal,
  );
  return asked;
}
const receipts = () => openReceipts(stateFolder, 'profile-1').read();

it('logs off after a day without a network, without having pressed it', async () => {
  const asked = await careUntil(() => Date.now() - end > 23 * hourMs);
  expect(asked.at(-1)).toBeLessThan(23.5 * hourMs);
  expect(asked.length).toBeLessThan(230);
  expect(await receipts()).toMatchObject([{ outcome: 'logged-off', attempts: asked.length }]);
});

it('gives up when the day is over', async () => {
  const asked = await careUntil(() => false);
  expect(asked.at(-1)).toBeGreaterThanOrEqual(24 * hourMs);
  expect(asked.at(-1)).toBeLessThan(24.5 * hourMs);
  expect(await receipts()).toMatchObject([{ outcome: 'gave-up' }]);
});

it('goes on when the clock is set back, and says no time that makes no sense', async () => {
  await careUntil(attempts => {
    if (attempts === 3) vi.setSystemTime(end - 48 * hourMs);
    return attempts === 6;
  });
  expect(await receipts()).toMatchObject([{ outcome: 'logged-off', attempts: 6, msAfterEnd: 0 }]);
});

it('leaves the rest to the next start when the clock is set on by days', async () => {
  const asked = await careUntil(attempts => {
    if (attempts === 3) vi.setSystemTime(end + 72 * hourMs);
    return false;
  });
  expect(asked).toHaveLength(3);
  expect(await receipts()).toMatchObject([{ outcome: 'gave-up', attempts: 3 }]);
});
