import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { siteAt, token } from '../fogbugz/stage/loopback.ts';
import { openReceipts } from './receipts.ts';
import { takeCare } from './take-care.ts';

it('gives up after 24 hours, and says so', async () => {
  const stateFolder = mkdtempSync(join(tmpdir(), 'guard-state-'));
  onTestFinished(() => rmSync(stateFolder, { recursive: true }));
  const now = Date.now();
  let asked = 0;
  const offline: typeof fetch = async () => {
    asked += 1;
    throw new TypeError('fetch failed');
  };
  const handed = {
    guard: 'guard',
    profile: 'profile-1',
    browser: undefined,
    closedAt: now,
    sessions: [
      { session: 'one', site: siteAt('http://127.0.0.1:9', 'json'), token, private: false, attempts: 1 },
    ],
  } as const;
  const longAgo = now - 25 * 3_600_000;
  await takeCare(
    { ...handed, state: { is: 'over', ended: 'browser-died', at: longAgo } },
    { stateFolder, fetch: offline },
    new AbortController().signal,
  );
  expect(asked).toBe(1);
  expect(await openReceipts(stateFolder, 'profile-1').read()).toMatchObject([
    { session: 'one', outcome: 'gave-up', attempts: 2 },
  ]);
});
