/** Chromium as a process of our own: started, watched and, at the latest with us, ended. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { programOf } from '../program.ts';
import { until } from '../until.ts';
import { type Devtools, devtoolsOver } from './devtools.ts';

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

export type ChromiumProcess = {
  readonly pid: number;
  readonly devtools: Devtools;
  /** Resolves with the time in ms since the epoch at which the system reported the end. */
  readonly ended: Promise<number>;
  /** What it wrote to its standard error so far. */
  log(): string;
  /** Kills the browser and all that it started, native hosts included. */
  endAll(): Promise<void>;
  /** Kills what a browser that has ended left of its own programs. Native hosts, and what they started, live on. */
  endOwn(): Promise<void>;
};

/** What to start, and how. */
type StartOptions = {
  readonly flags: readonly string[];
  readonly profile: string;
  readonly display: string;
  /** Added to its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder to have in the place of the machine's policies. Takes root and Linux's mount namespaces. */
  readonly policies: string | undefined;
};

/** Starts the browser and proves by its profile's lock that the process we signal is the browser, not a wrapper. */
export async function startChromium({
  flags,
  profile,
  display,
  env,
  policies,
}: StartOptions): Promise<ChromiumProcess> {
  // Left behind by a SIGKILL; a new browser replaces it, but we would read the old one first.
  rmSync(join(profile, 'SingletonLock'), { force: true });
  const mark = `E2E_LAUNCH=${process.pid}-${Date.now()}-${Math.random()}`;
  const [key = '', value] = mark.split('=');
  const [command = '', ...words] = [
    ...(policies ? withPolicies(policies) : []),
    programOf('CHROMIUM', names),
    ...flags,
  ];
  const child = spawn(command, words, {
    env: { ...process.env, ...env, DISPLAY: display, [key]: value },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that Ctrl+C in our terminal is not its end
  });
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (!(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable)) throw new Error('No pipe');
  const devtools = devtoolsOver(toBrowser, fromBrowser);

  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  let trouble: string | undefined;
  const ended = new Promise<number>(resolve => {
    child.once('error', error => {
      trouble = error.message;
      resolve(Date.now());
    });
    child.once('exit', (code, signal) => {
      trouble = `ended with ${code ?? signal}`;
      resolve(Date.now());
      devtools.close();
    });
  });

  const killAll = () => killEach(descendants(mark, child.pid));
  process.once('exit', killAll);
  const endAll = async () => {
    await until('the end of Chromium and of what it started', killAll);
    process.off('exit', killAll);
  };
  const endOwn = async (programs: string) => {
    await until('the end of Chromium', () =>
      killEach(descendants(mark, child.pid).filter(pid => folderOfProgram(pid) === programs)),
    );
    process.off('exit', killAll);
  };

  try {
    const owner = await until('the lock of the profile', () => {
      if (trouble) throw new Error(`Chromium did not start: ${trouble}\n${log}`);
      return lockOwner(profile);
    });
    if (child.pid === undefined || owner !== child.pid) {
      throw new Error(`${child.spawnfile} does not become the browser; name the program itself in CHROMIUM`);
    }
    const programs = folderOfProgram(child.pid);
    return { pid: child.pid, devtools, ended, log: () => log, endAll, endOwn: () => endOwn(programs) };
  } catch (error) {
    await endAll();
    throw error;
  }
}

/** A command in front of the browser's that shows the policies to that browser alone, and then becomes it. */
function withPolicies(folder: string): readonly string[] {
  const place = programOf('CHROMIUM', names).includes('google-chrome')
    ? '/etc/opt/chrome/policies'
    : '/etc/chromium/policies';
  mkdirSync(place, { recursive: true });
  const script = 'mount --bind "$0" "$1" && shift && exec "$@"';
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, folder, place];
}

/** The living processes that carry our mark in their environment or belong to the browser's group. */
function descendants(mark: string, group: number | undefined): readonly number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      // pid (name) state parent group …; the name may hold spaces and brackets
      const [state, , processGroup] = (read(`/proc/${pid}/stat`).split(') ').at(-1) ?? '').split(' ');
      if (state === undefined || state === '' || state === 'Z' || state === 'X') return false;
      return Number(processGroup) === group || read(`/proc/${pid}/environ`).split('\0').includes(mark);
    })
    .map(Number);
}

function lockOwner(profile: string): number | undefined {
  try {
    return Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
  } catch {
    return undefined;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Where the program of a process lies; nowhere, once the process is gone. */
function folderOfProgram(pid: number): string {
  try {
    return dirname(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return '';
  }
}

/** Tells whether there was nothing left to kill. */
function killEach(pids: readonly number[]): boolean {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // gone in the meantime
    }
  }
  return pids.length === 0;
}
