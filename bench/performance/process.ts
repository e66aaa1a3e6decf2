import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../e2e/until.ts';
import { processesWith } from '../../src/guard/stage/processes.ts';

/** How often is looked while something is watched. A thread that comes and goes in between is not seen. */
const lookEveryMs = 500;

/** The memory that a process has to itself, with its part of what it shares (proportional set size), in kB. */
export function memoryKb(pid: number): number {
  const [, pss] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(pss);
}

/** What each living thread of a process has computed so far, in ms, by the scheduler's own count of nanoseconds. */
function computedByThread(pid: number): ReadonlyMap<string, number> {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return new Map(threads.map(thread => [`${pid}/${thread}`, threadMs(pid, thread)]));
  } catch {
    return new Map(); // gone meanwhile
  }
}

function threadMs(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0; // gone meanwhile: what was seen before counts
  }
}

/**
 * What processes compute until something is done, in ms. `pidsNow` is asked again and again, for some come and go: who
 * comes is counted from its beginning, and of who goes what was last seen.
 */
export async function computedUntil(
  pidsNow: () => readonly number[],
  done: Promise<unknown>,
): Promise<number> {
  const look = () => new Map(pidsNow().flatMap(pid => [...computedByThread(pid)]));
  const before = look();
  const last = new Map(before);
  const ended = done.then(() => 'ended' as const);
  for (let isOver = false; !isOver; ) {
    isOver = (await Promise.race([ended, wait(lookEveryMs)])) === 'ended';
    for (const [thread, computed] of look()) last.set(thread, Math.max(computed, last.get(thread) ?? 0));
  }
  return [...last].reduce((sum, [thread, computed]) => sum + computed - (before.get(thread) ?? 0), 0);
}

/** The same for `ms` milliseconds. */
export function computedWhile(pidsNow: () => readonly number[], ms: number): Promise<number> {
  return computedUntil(pidsNow, wait(ms));
}

/** What a process that waits needs, beside a Node that waits for its standard input and does nothing else. */
export async function atRest(pid: number, ms: number): Promise<Record<string, number>> {
  const node = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  try {
    await until('an idle Node', () => node.pid !== undefined && computedByThread(node.pid).size > 0);
    const computedMs = await computedWhile(() => [pid], ms);
    return { memoryKb: memoryKb(pid), nodeKb: memoryKb(node.pid ?? 0), computedMs };
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

/** That one of them in which something computes. `compute` has to keep it busy for a while, and nothing else may. */
export async function busiest(pids: readonly number[], compute: () => Promise<unknown>): Promise<number> {
  const of = (pid: number) => [...computedByThread(pid).values()].reduce((sum, one) => sum + one, 0);
  const before = pids.map(of);
  await compute();
  const computed = pids.map((pid, index) => of(pid) - (before[index] ?? 0));
  const pid = pids[computed.indexOf(Math.max(...computed))];
  if (pid === undefined) throw new Error('There is no process that could have computed');
  return pid;
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
