import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../e2e/until.ts';
import { processesWith } from '../../src/guard/stage/processes.ts';

/** Linux counts a process's time in these, ms. */
const tickMs = 10;

/** The memory that a process has to itself, with its part of what it shares (proportional set size), in kB. */
function memoryKb(pid: number): number {
  const [, pss] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(pss);
}

/** What a process has computed so far, in ms. */
export function computedMs(pid: number): number {
  // pid (name) state parent …; the name may hold spaces and brackets
  const fields = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** What a process that waits needs, beside a Node that waits for its standard input and does nothing else. */
export async function atRest(pid: number, ms: number): Promise<Record<string, number>> {
  const node = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  try {
    await until('an idle Node', () => node.pid !== undefined && computedMs(node.pid) > 0);
    const before = computedMs(pid);
    await wait(ms);
    return {
      memoryKb: memoryKb(pid),
      nodeKb: memoryKb(node.pid ?? 0),
      computedMs: computedMs(pid) - before,
    };
  } finally {
    node.kill('SIGKILL');
    await once(node, 'exit');
  }
}

/** The processes in which Chromium runs its extensions: those below the browser's own. */
export function extensionProcesses(browser: number): readonly number[] {
  return processesWith('--extension-process')
    .map(({ pid }) => pid)
    .filter(pid => isBelow(pid, browser));
}

function isBelow(pid: number, ancestor: number): boolean {
  for (let at = pid; at > 1; at = parentOf(at)) if (at === ancestor) return true;
  return false;
}

function parentOf(pid: number): number {
  try {
    return Number((readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ')[1]);
  } catch {
    return 0; // gone meanwhile
  }
}
