import { execFile } from 'node:child_process';
import { accessSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A process, told from a later one with the same number by when it began; empty where the system doesn't say. */
export type BrowserProcess = { readonly pid: number; readonly startedAt: string };

/**
 * The browser that started this process. `undefined` when its parent can't be the browser: nobody, or the system's
 * first process, which outlives every browser.
 */
export async function findBrowser(): Promise<BrowserProcess | undefined> {
  const pid = process.platform === 'win32' ? await parentOf(process.ppid) : process.ppid;
  return pid > 1 ? processOf(pid) : undefined;
}

/** A process that lives now, to be asked about later. */
export function processOf(pid: number): BrowserProcess {
  return { pid, startedAt: statOf(pid)?.startedAt ?? '' };
}

/** Windows: the parent is the `cmd.exe` that runs the launcher, and only its own parent is the browser. */
function parentOf(pid: number): Promise<number> {
  const question = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').ParentProcessId`;
  const args = ['-NoProfile', '-NonInteractive', '-Command', question];
  return new Promise(resolve => {
    execFile('powershell.exe', args, { windowsHide: true }, (_, answer) =>
      resolve(Number.parseInt(answer, 10) || 0),
    );
  });
}

const firstParent = process.ppid;

/**
 * Whether the process lives. A zombie is dead: after SIGKILL the browser is one for as long as its other threads or
 * its own parent take. And so is a parent whose child has been given to another.
 */
export function isAlive({ pid, startedAt }: BrowserProcess): boolean {
  if (pid === firstParent && process.ppid !== pid) return false;
  if (startedAt === '') return answersSignals(pid);
  const stat = statOf(pid);
  return stat !== undefined && !'ZXx'.includes(stat.state) && stat.startedAt === startedAt;
}

/**
 * A name that no other process of this computer ever has. `undefined` where the system doesn't say when processes began
 * (all but Linux), and where this one is no Firefox: a sandboxed one lets a portal start its programs, which outlives it.
 */
export function runOf({ pid, startedAt }: BrowserProcess): string | undefined {
  if (startedAt === '') return undefined;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    // Every browser made from Firefox has this file beside its program.
    accessSync(join(dirname(readlinkSync(`/proc/${pid}/exe`)), 'application.ini'));
    return `${boot} ${pid} ${startedAt}`;
  } catch {
    return undefined;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name in parentheses may hold anything. */
function statOf(pid: number): { readonly state: string; readonly startedAt: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state = ''] = fields;
    return { state, startedAt: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
