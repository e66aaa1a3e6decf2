import { posix } from 'node:path';
import { parseArgs } from 'node:util';
import type { Process } from './calls.ts';
import type { GuardFiles } from './guard-files.ts';
import type { Care, GuardJudge } from './guard-judge.ts';
import { type Runtime, uuid, worldFor } from './runtime.ts';
import type { LightRequest, LightSignal } from './web.ts';

/** A host or a watcher. */
export type GuardProcess = Process & {
  readonly pid: number;
  readonly care: Care;
  /** The browser's number for a host, no browser's for a watcher. */
  readonly ppid: number;
  readonly stdin: Ears;
  readonly signals: Ears;
};

/** Who listens, by the names of events. */
export class Ears {
  readonly #listeners = new Map<string, ((heard: unknown) => void)[]>();
  on(event: string, listener: (heard: unknown) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }
  tell(event: string, heard?: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(heard);
  }
}

export type Around = {
  readonly runtime: Runtime;
  readonly files: GuardFiles;
  readonly judge: GuardJudge;
  readonly isAlive: (pid: number) => boolean;
  readonly isFirefox: boolean;
  readonly fetch: (from: GuardProcess) => (input: string | LightRequest, init?: object) => Promise<unknown>;
  /** Starts a watcher, which reads this. */
  readonly spawn: (from: GuardProcess, handed: string) => number | undefined;
  readonly logged: (text: string) => void;
};

/** Timers of a program that nobody waits for ring late: a vigil's many looks would be most of a schedule, ms. */
const coarseMs = 500;

/** The world of a host or a watcher. `say`: what becomes of a frame that is written. `given`: all that its input holds. */
export function guardWorld(
  self: GuardProcess,
  around: Around,
  { say, given }: { readonly say: (frame: Buffer) => void; readonly given: string },
): object {
  const { runtime, files, judge } = around;
  const { calls, time, dice } = runtime;
  const ask = <T>(name: string, work: () => T): Promise<T> => calls.ask(self, `guard ${name}`, work);
  const rest = (ms: number, _: undefined, { signal }: { readonly signal?: LightSignal } = {}) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(new Error('aborted'));
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
      time.set(self, resolve, Math.ceil(ms / coarseMs) * coarseMs);
    });
  const filesLater = {
    ...Object.fromEntries(
      Object.entries(files.calls).map(([name, work]) => [
        name,
        // Each has its own parameters, which the programs keep to.
        (...args: never[]) => ask(name, () => Reflect.apply(work, undefined, args)),
      ]),
    ),
    writeFile: (path: string, text: string, options: { readonly flag?: string }) => {
      judge.records(self.care, path, text);
      return ask('writeFile', () => files.calls.writeFile(path, text, options));
    },
    rename: (from: string, to: string) =>
      ask('rename', () => {
        judge.wrote(self.care, to, files.read(from));
        files.calls.rename(from, to);
      }),
    rm: (path: string) =>
      ask('rm', () => {
        if (files.below(posix.dirname(path)).includes(path)) judge.removes(path, files.read(path));
        files.calls.rm(path);
      }),
  };
  const outside = {
    'node:fs/promises': filesLater,
    'node:fs': {
      accessSync: (path: string) => {
        if (path.endsWith('application.ini') && !around.isFirefox) throw new Error('ENOENT');
      },
      readlinkSync: () => '/opt/browser/browser',
      readFileSync: (path: string) => {
        if (path.endsWith('boot_id')) return 'boot';
        const pid = Number(/^\/proc\/(\d+)\/stat$/.exec(path)?.[1]);
        if (!around.isAlive(pid)) throw new Error('ENOENT');
        return `${pid} (browser) S ${'0 '.repeat(18)}${pid}`;
      },
    },
    'node:child_process': {
      spawn: (_: string, args: readonly string[]) => {
        around.logged(args.join(' '));
        const watcher = {
          pid: undefined as number | undefined,
          once: () => undefined,
          stdin: {
            once: () => undefined,
            end: (text: string, done: () => void) =>
              void ask('hand-over', () => {
                watcher.pid = around.spawn(self, text);
              }).then(done),
          },
        };
        return watcher;
      },
    },
    'node:timers/promises': { setTimeout: rest },
    'node:crypto': { randomUUID: () => uuid(dice()) },
    'node:events': { setMaxListeners: () => undefined },
    'node:stream/consumers': { text: async () => given },
    'node:path': posix,
    'node:util': { parseArgs },
  };
  const process = {
    pid: self.pid,
    ppid: self.ppid,
    platform: 'linux',
    execPath: '/usr/bin/node',
    env: {},
    stdin: { on: (event: string, listener: (heard: unknown) => void) => self.stdin.on(event, listener) },
    stdout: { write: say, on: () => undefined },
    on: (signal: string, listener: () => void) => self.signals.on(signal, listener),
  };
  return worldFor(self, runtime, {
    __outside: outside,
    process,
    fetch: around.fetch(self),
    logged: around.logged,
  });
}
