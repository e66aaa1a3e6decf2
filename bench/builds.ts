import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOf } from '../e2e/stage.ts';
import type { Cell } from './cells.ts';

const guard = fileURLToPath(new URL('../dist/guard', import.meta.url));

/** Tells the build that a cell measures from any other: a hash of all that its browser, and its Guard, are given. */
export function buildHash({ browser, guard: isGuarded }: Pick<Cell, 'browser' | 'guard'>): string {
  const hash = createHash('sha256');
  for (const folder of [buildOf(browser), ...(isGuarded === 'on' ? [guard] : [])]) {
    for (const file of filesIn(folder)) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}
