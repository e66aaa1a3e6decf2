import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { processOf } from './browser-process.ts';
import { runningWatchers } from './watcher.ts';

it('tells the watchers that run by their marks, and clears those of dead ones away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'marks-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const marks = join(folder, 'watchers');
  mkdirSync(marks);
  const mine = processOf(process.pid);
  writeFileSync(join(marks, 'mine.json'), JSON.stringify(mine));
  writeFileSync(join(marks, 'before.json'), JSON.stringify({ ...mine, startedAt: '1' }));
  expect(await runningWatchers(folder)).toEqual([process.pid]);
  expect(readdirSync(marks)).toEqual(['mine.json']);
});
