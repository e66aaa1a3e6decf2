/** The browser's process: started, watched, and ended with all its helpers, each by its own id. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { until } from '../until.ts';

export type BrowserProcess = {
  readonly pid: number;
  readonly ended: Promise<number>;
  isRunning(): boolean;
  signal(name: NodeJS.Signals): void;
  /** Everything on standard error so far, for the message when the start fails. */
  trouble(): string;
  /** Ends what is left, and waits until it is gone. */
  end(): Promise<void>;
};

/** @param onLine is given each line of standard output. */
export function startProcess(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): BrowserProcess {
  // In a process group of its own, as Chromium: a test may kill the group.
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const { pid } = child;
  if (pid === undefined) {
    child.once('error', () => undefined);
    throw new Error(`${program} could not be started`);
  }
  let trouble = '';
  child.stderr.on('data', data => {
    trouble = `${trouble}${String(data)}`.slice(-20_000);
  });
  splitLines(child, onLine);

  let gone = false;
  let helpers: readonly Helper[] = [];
  const look = () => {
    if (!gone) helpers = [...helpers, ...helpersOf(pid)];
  };
  const kill = () => {
    look();
    if (!gone) child.kill('SIGKILL');
    for (const helper of helpers) killHelper(helper);
  };
  process.once('exit', kill);
  const ended = new Promise<number>(resolve => {
    child.once('exit', () => {
      gone = true;
      resolve(Date.now());
    });
  });

  return {
    pid,
    ended,
    isRunning: () => !gone,
    trouble: () => trouble,
    signal(name) {
      look();
      child.kill(name);
    },
    async end() {
      kill();
      await ended;
      await until(`the helpers of process ${pid} to end`, () => {
        for (const helper of helpers) killHelper(helper);
        return !helpers.some(isThere);
      });
      process.off('exit', kill);
    },
  };
}

/** A process by its id and the time of its start, because ids are used again. */
type Helper = { readonly pid: number; readonly started: string };

/** The processes below a process that run the same program. A native host is not one of them: it is the test's own. */
function helpersOf(root: number): readonly Helper[] {
  const program = programOf(root);
  const parents = new Map<number, { parent: number; started: string }>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) && statOf(Number(name));
    if (stat) parents.set(Number(name), stat);
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)?.parent;
    return parent !== undefined && (parent === root || isBelow(parent));
  };
  return [...parents]
    .filter(([pid]) => isBelow(pid) && programOf(pid) === program)
    .map(([pid, { started }]) => ({ pid, started }));
}

function isThere({ pid, started }: Helper): boolean {
  const stat = statOf(pid);
  return stat?.started === started && stat.state !== 'Z';
}

function killHelper(helper: Helper): void {
  if (!isThere(helper)) return;
  try {
    process.kill(helper.pid, 'SIGKILL');
  } catch {
    // It ended in between.
  }
}

/** Fields 3, 4 and 22 of proc(5)'s stat, after the name in brackets. */
function statOf(pid: number): { state: string; parent: number; started: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return '';
  }
}

function splitLines(child: ChildProcess, onLine: (line: string) => void): void {
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (data: string) => {
    const lines = `${rest}${data}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}
