import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Step } from './plan.ts';

/**
 * Does one step and says what it did; `undefined` if there was nothing to do.
 *
 * @throws if the system refuses.
 */
export function carryOut(step: Step): string | undefined {
  switch (step.do) {
    case 'copy':
      replace(step.path, step.mode, path => copyFileSync(step.from, path, constants.COPYFILE_EXCL));
      return `wrote ${step.path}`;
    case 'write':
      replace(step.path, step.mode, path => writeFileSync(path, step.text, { flag: 'wx' }));
      return `wrote ${step.path}`;
    case 'register':
      registry(['add', step.key, '/ve', '/t', 'REG_SZ', '/d', step.path, '/f']);
      return `registered ${step.key}`;
    case 'unregister':
      if (!isRegistered(step.key)) return undefined;
      registry(['delete', step.key, '/f']);
      return `removed ${step.key}`;
    case 'remove':
    case 'remove-folder':
      if (!existsSync(step.path)) return undefined;
      rmSync(step.path, { recursive: step.do === 'remove-folder', force: true });
      return `removed ${step.path}`;
    case 'remove-if-empty':
      return removeIfEmpty(step.path) ? `removed ${step.path}` : undefined;
    default:
      return step satisfies never;
  }
}

export function isRegistered(key: string): boolean {
  try {
    registry(['query', key, '/ve']);
    return true;
  } catch {
    return false;
  }
}

/** A browser that looks meanwhile finds the old file or the new one, never half of either. */
function replace(path: string, mode: number, write: (unfinished: string) => void): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  const unfinished = `${path}.new`;
  // Whatever lies there: a link would be written through.
  rmSync(unfinished, { recursive: true, force: true });
  write(unfinished);
  chmodSync(unfinished, mode);
  renameSync(unfinished, path);
}

function removeIfEmpty(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch {
    return false; // not empty, or not there
  }
}

function registry(args: readonly string[]): void {
  execFileSync('reg.exe', args, { windowsHide: true, stdio: 'ignore' });
}
