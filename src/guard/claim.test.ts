import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { processOf } from './browser-process.ts';
import { claim, isSucceeded, lastToClaim } from './claim.ts';

const browser = processOf(process.pid);
const mine = { guard: 'mine', browser };

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'claims-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'logoff-on-close');
}

it.each([
  ['another Guard in the same run of the browser', { guard: 'other', browser }, true],
  ['itself', mine, false],
  ['a Guard of another browser', { guard: 'other', browser: processOf(process.ppid) }, false],
  [
    'a Guard of a later process of that number',
    { guard: 'other', browser: { ...browser, startedAt: '1' } },
    false,
  ],
])('is succeeded by %s: %s', async (_, last, succeeded) => {
  const folder = newFolder();
  await claim(folder, 'profile-1', mine);
  await claim(folder, 'profile-1', last);
  expect(await isSucceeded(folder, 'profile-1', mine)).toBe(succeeded);
  expect(await isSucceeded(folder, 'profile-2', mine)).toBe(false);
});

it('is not succeeded by the one that was there before it, while it has claimed nothing', async () => {
  const folder = newFolder();
  await claim(folder, 'profile-1', { guard: 'first', browser });
  const before = await lastToClaim(folder, 'profile-1');
  expect(await isSucceeded(folder, 'profile-1', { ...mine, before })).toBe(false);
  await claim(folder, 'profile-1', { guard: 'third', browser });
  expect(await isSucceeded(folder, 'profile-1', { ...mine, before })).toBe(true);
});
