import type { Calls, Process } from './calls.ts';
import { GuardFiles } from './guard-files.ts';
import { Care, GuardJudge, returnWithinMs } from './guard-judge.ts';
import { type Around, Ears, type GuardProcess, guardWorld } from './guard-process.ts';
import type { Judge } from './judge.ts';
import type { createNetwork } from './network.ts';
import type { Programs, Vendor } from './programs.ts';
import type { Runtime } from './runtime.ts';

/** The program as bundled: entries/guard.ts. */
type Program = {
  readonly readHostOptions: (args: readonly string[]) => object;
  readonly runHost: (options: object, tools: object, self: object) => Promise<void>;
  readonly runWatcher: (tools: object) => Promise<void>;
};

/** One line between a worker and a host. */
type Line = {
  readonly host: GuardProcess;
  readonly worker: Process;
  readonly messages: Ears;
  open: boolean;
};

type Where = {
  readonly programs: Programs;
  readonly runtime: Runtime;
  readonly judge: Judge;
  readonly network: ReturnType<typeof createNetwork>;
  readonly vendor: Vendor;
  readonly worker: () => Process | undefined;
  readonly browserRuns: () => boolean;
  readonly note: (line: () => string) => void;
};

const stateFolder = '/home/ada/.local/state/logoff-on-close';
const extensionId = 'a'.repeat(32);

/** The Guard on this computer: its files, its processes, and the pipes between them and the extension. */
export class GuardHome {
  readonly files = new GuardFiles();
  readonly judge: GuardJudge;
  /** Whether the browser finds it. */
  installed = true;
  readonly #where: Where;
  readonly #calls: Calls;
  readonly #around: Around;
  #processes: GuardProcess[] = [];
  #line: Line | undefined;
  #last: Care | undefined;
  #started = 0;

  constructor(where: Where) {
    this.#where = where;
    this.#calls = where.runtime.calls;
    this.judge = new GuardJudge(where.judge, where.runtime.time.elapsed, where.runtime.time.now);
    this.#around = {
      runtime: where.runtime,
      files: this.files,
      judge: this.judge,
      isFirefox: where.vendor === 'firefox',
      isAlive: pid =>
        pid === this.#browser()
          ? where.browserRuns()
          : this.#processes.some(one => one.pid === pid && one.alive),
      fetch: from =>
        where.network.ofProgram(from, ({ name, token }) => {
          if (name === 'logoff' && token !== undefined) this.judge.sends(from.care, token);
        }),
      spawn: (from, handed) => this.#watch(from, handed),
      logged: text => where.judge.logged(text),
    };
  }

  #browser(): number {
    return 1_000 + this.#where.judge.run;
  }

  processes(): readonly GuardProcess[] {
    return this.#processes;
  }

  /** The browser starts a host for a worker, as `runtime.connectNative` does. */
  readonly connect = () => {
    const worker = this.#where.worker();
    if (!worker) throw new Error('Nobody asks');
    const messages = new Ears();
    const host = this.#process('host', this.#browser(), new Care(this.#where.judge.run));
    const line: Line = { host, worker, messages, open: true };
    const port = {
      onMessage: { addListener: (listener: (message: unknown) => void) => messages.on('message', listener) },
      onDisconnect: { addListener: (listener: () => void) => messages.on('gone', listener) },
      postMessage: (message: object) => this.#send(line, message),
      disconnect: () => void this.#calls.ask(worker, 'guard pipe', () => this.#closes(line), host.name),
    };
    if (!this.installed) {
      void this.#calls.ask(worker, 'guard pipe', () => messages.tell('gone'));
      return port;
    }
    this.#line = line;
    this.#last = host.care;
    this.#processes = [...this.#processes, host];
    const program = this.#start(
      host,
      '',
      frame =>
        // Read at once where it was written: each write is one frame.
        void this.#calls.ask(
          host,
          'guard says',
          () => {
            if (line.open && worker.alive) messages.tell('message', JSON.parse(frame.toString('utf8', 4)));
          },
          `${host.name} says`,
        ),
    );
    const called =
      this.#where.vendor === 'firefox'
        ? ['/manifest.json', extensionId]
        : [`chrome-extension://${extensionId}/`];
    const options = program.readHostOptions([
      '--extension-id',
      extensionId,
      '--return-within-ms',
      String(returnWithinMs),
      '--',
      ...called,
    ]);
    this.#lasts(host, program.runHost(options, this.#tools(host), { program: '/guard.mjs', version: '1.0' }));
    return port;
  };

  #send(line: Line, message: object): void {
    // As it is now: whoever sent it may change it.
    const text = JSON.stringify(message);
    void this.#calls.ask(line.worker, 'guard pipe', () => this.#arrives(line, text), line.host.name);
  }

  #arrives({ host }: Line, text: string): void {
    if (!host.alive) return;
    const json = Buffer.from(text);
    const header = Buffer.alloc(4);
    header.writeUInt32LE(json.length);
    this.judge.told(host.care, JSON.parse(text));
    this.#pours(host, Buffer.concat([header, json]));
  }

  /** In pieces, as pipes have it. */
  #pours(host: GuardProcess, bytes: Buffer): void {
    const cut = this.#where.runtime.dice().below(bytes.length);
    for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)])
      if (piece.length > 0) host.stdin.tell('data', piece);
  }

  /** Somebody who can write into the pipe says what makes no sense. */
  hearGarbage(what: 'no json' | 'no request' | 'too long'): boolean {
    const host = this.#line?.open ? this.#line.host : undefined;
    if (!host?.alive) return false;
    const text = { 'no json': '{"do":', 'no request': '{"do":"dance"}', 'too long': 'x'.repeat(1_048_577) }[
      what
    ];
    const header = Buffer.alloc(4);
    header.writeUInt32LE(text.length);
    this.#pours(host, Buffer.concat([header, Buffer.from(text)]));
    return true;
  }

  /** The pipe closes: at the worker's wish, or because the worker or its browser is gone. */
  #closes(line: Line): void {
    if (!line.open) return;
    line.open = false;
    line.host.care.closedAt = this.#where.runtime.time.elapsed();
    line.host.care.closedOnWall = this.#where.runtime.time.now();
    line.host.stdin.tell('end');
  }

  /** The worker is gone, and its pipe with it. */
  workerGone(worker: Process): void {
    if (this.#line?.worker === worker) this.#closes(this.#line);
  }

  /** Ended without a word, between any two of its steps. */
  async kill(one: GuardProcess): Promise<void> {
    one.care.intact = false;
    await this.#ends(one);
  }

  /** Asked to end, as by a system that shuts down. */
  signal(one: GuardProcess): void {
    // It has some seconds more, while a host hands over.
    if (one.ppid !== this.#browser()) one.care.isHurried = true;
    one.signals.tell('SIGTERM');
  }

  /** The care of the last run of the browser, if it had one. */
  lastCare(): Care | undefined {
    return this.#last?.run === this.#where.judge.run ? this.#last : undefined;
  }

  #process(what: string, ppid: number, care: Care): GuardProcess {
    this.#started += 1;
    const name = `${what} ${this.#started}`;
    this.#where.note(() => `${name} starts`);
    const [stdin, signals] = [new Ears(), new Ears()];
    return { name, alive: true, callsAre: 'guard ', pid: 5_000 + this.#started, ppid, care, stdin, signals };
  }

  #watch(from: GuardProcess, handed: string): number {
    const watcher = this.#process('watcher', 1, from.care);
    this.#processes = [...this.#processes, watcher];
    const program = this.#start(watcher, handed, () => undefined);
    this.#lasts(watcher, program.runWatcher(this.#tools(watcher)));
    return watcher.pid;
  }

  #start(one: GuardProcess, given: string, say: (frame: Buffer) => void): Program {
    // The border of what was bundled: its text was made from entries/guard.ts.
    return this.#where.programs.guard(guardWorld(one, this.#around, { say, given })) as Program;
  }

  #tools(one: GuardProcess): object {
    return { stateFolder, fetch: this.#around.fetch(one) };
  }

  #lasts(one: GuardProcess, run: Promise<void>): void {
    const over = () => void (one.alive && this.#ends(one));
    run.then(over, over);
  }

  async #ends(one: GuardProcess): Promise<void> {
    this.#where.note(() => `${one.name} is gone`);
    // Its own end counts as the pipe's: a signal may have come first.
    one.care.closedAt ??= this.#where.runtime.time.elapsed();
    one.care.closedOnWall ??= this.#where.runtime.time.now();
    const line = this.#line;
    await this.#calls.abandon(one, this.#where.runtime.dice());
    this.#where.runtime.time.forget(one);
    this.#processes = this.#processes.filter(other => other !== one);
    if (line?.host !== one || !line.open) return;
    line.open = false;
    if (line.worker.alive) line.messages.tell('gone');
  }
}
