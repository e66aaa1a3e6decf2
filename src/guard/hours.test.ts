import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { envelope, siteAt, token } from '../fogbugz/stage/loopback.ts';
import { openReceipts } from './receipts.ts';
import { hurriedForMs, takeCare } from './take-care.ts';

/** Hours pass in no time: whoever waits has the clocks put on by as much, but for a wait that is called off. */
vi.mock('node:timers/promises', () => ({
  async setTimeout(ms: number, _?: undefined, { signal }: { readonly signal?: AbortSignal } = {}) {
    if (signal?.aborted) throw signal.reason;
    vi.advanceTimersByTime(ms);
  },
}));

const hourMs = 3_600_000;
const end = Date.UTC(2026, 0, 1);
let stateFolder = '';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: end });
  stateFolder = mkdtempSync(join(tmpdir(), 'guard-hours-'));
  return () => {
    vi.useRealTimers();
    rmSync(stateFolder, { recursive: true });
  };
});

/** A network that is there from some moment on. Returns when each request was made, in ms after the end. */
async function careUntil(
  isThere: (attempts: number) => boolean | Response,
  hurry = new AbortController().signal,
): Promise<readonly number[]> {
  const asked: number[] = [];
  const fetch: typeof globalThis.fetch = async () => {
    asked.push(Date.now() - end);
    const answer = isThere(asked.length);
    if (!answer) throw new TypeError('fetch failed');
    return answer === true ? new Response(envelope({ data: {} })) : answer;
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
    hurry,
  );
  return asked;
}
/** Too much to do, for so many seconds. */
function busy(seconds: number): Response {
  return new Response('', { status: 503, headers: { 'Retry-After': String(seconds) } });
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

describe('somebody wishes that it end', () => {
  it('during an attempt: others follow, for the seconds that systems leave', async () => {
    const hurry = new AbortController();
    const asked = await careUntil(attempts => {
      if (attempts === 3) hurry.abort();
      return false;
    }, hurry.signal);
    const since = asked.slice(2).map(at => at - (asked[2] ?? 0));
    expect(since).toEqual(Array.from({ length: hurriedForMs / 250 }, (_, index) => index * 250));
    expect(await receipts()).toEqual([]);
  });

  it('before it has begun: just as long', async () => {
    const asked = await careUntil(() => false, AbortSignal.abort());
    expect(asked).toHaveLength(hurriedForMs / 250);
    expect(await receipts()).toEqual([]);
  });

  it('and the server is back a second later: it is logged off', async () => {
    const asked = await careUntil(() => Date.now() - end >= 1_000, AbortSignal.abort());
    expect(asked.at(-1)).toBe(1_000);
    expect(await receipts()).toMatchObject([{ outcome: 'logged-off', attempts: 5 }]);
  });

  it('however late the clock on the wall says it is: it gives nothing up', async () => {
    const asked = await careUntil(attempts => {
      if (attempts === 2) vi.setSystemTime(end + 72 * hourMs);
      return attempts === 5;
    }, AbortSignal.abort());
    expect(asked).toHaveLength(5);
    expect(await receipts()).toMatchObject([{ outcome: 'logged-off' }]);
  });

  it('and the server has asked for a pause: this is kept, where there is time for it', async () => {
    const asked = await careUntil(attempts => attempts === 2 || busy(3), AbortSignal.abort());
    expect(asked).toEqual([0, 3_000]);
    expect(await receipts()).toMatchObject([{ outcome: 'logged-off' }]);
  });

  it('and the server has asked for a longer pause than there is: it leaves the rest to the next start', async () => {
    expect(await careUntil(() => busy(60), AbortSignal.abort())).toEqual([0]);
    expect(await receipts()).toEqual([]);
  });
});
