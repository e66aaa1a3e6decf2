import { FakeBrowser, type FakeCall } from '../src/browser/stage/fake-browser.ts';
import { Calls, drained, type Process } from './calls.ts';
import { createDice, type Dice } from './dice.ts';
import { FogBugz } from './fogbugz.ts';
import { GuardHome } from './guard.ts';
import { Judge } from './judge.ts';
import { createNetwork } from './network.ts';
import type { Programs, Vendor } from './programs.ts';
import { dateBy, worldFor } from './runtime.ts';
import { SimTime } from './time.ts';
import type { LightBlob } from './web.ts';

type Fogbugz = ReturnType<Programs['fogbugz']>;

/** A worker: one start of the extension's program. */
type Worker = Process & {
  online: () => void;
  /** Calls of it that failed: it knows less than others then. */
  refused: number;
};

export const hosts = [
  'acme.fogbugz.com',
  'beta.manuscript.com',
  'bugs.corp.test',
  'hidden.fogbugz.com',
] as const;

/** What a schedule begins with. `writes`: somebody wants to read what happened. */
export type Setting = {
  readonly vendor: Vendor;
  readonly isCalm: boolean;
  /** The user has the Guard, and has turned it on. */
  readonly hasGuard: boolean;
  readonly seed: number;
  readonly writes: boolean;
};

/** What goes on while a browser answers none of its extension's calls: requests, and the Guard. */
export const isOutside = (name: string): boolean => name.startsWith('fetch') || name.startsWith('guard');

/** A browser, its extension, servers, a clock: everything of one schedule. */
export class World {
  readonly vendor: Vendor;
  readonly time = new SimTime(Date.UTC(2026, 5, 15, 9));
  readonly judge = new Judge();
  readonly browser: FakeBrowser;
  readonly sites: ReadonlyMap<string, FogBugz>;
  readonly calls: Calls;
  readonly journal: string[] = [];
  /** Whether anybody wants to read it. */
  readonly writes: boolean;
  dice: Dice;
  worker: Worker | undefined;
  browserRuns = false;
  online = true;
  lossy = true;
  /** The user has told that closing is not to end sessions. */
  closeKeeps = false;
  /** Kinds of calls that the browser is slow to carry out at present. */
  slow: (name: string) => boolean = () => false;
  lastTab = 0;
  /** Nothing happens in this schedule that ends a session. */
  readonly isCalm: boolean;
  readonly hasGuard: boolean;
  readonly guard: GuardHome;
  /** A rule is set by which time alone ends a session. */
  timeDecides = false;
  /** Cookies that went with the browser, and come back if it restores its session. */
  leftCookies: FakeBrowser['cookies'] = [];
  #workers = 0;
  /** The cookies that were looked at last. */
  #seen = { list: this.leftCookies, length: 0 };
  readonly #programs: Programs;
  readonly #fogbugz: Fogbugz;
  readonly #network: ReturnType<typeof createNetwork>;

  constructor(programs: Programs, { vendor, isCalm, hasGuard, seed, writes }: Setting) {
    this.#programs = programs;
    this.vendor = vendor;
    this.isCalm = isCalm;
    this.hasGuard = hasGuard;
    this.writes = writes;
    this.dice = createDice(seed);
    this.calls = new Calls(() => this.#look());
    this.browser = new FakeBrowser({
      now: this.time.now,
      carry: call => this.#carry(call),
      stores:
        vendor === 'firefox'
          ? { own: 'firefox-default', private: 'firefox-private' }
          : { own: '0', private: '1' },
      ...(hasGuard ? { connectNative: () => this.guard.connect() } : {}),
    });
    this.#fogbugz = programs.fogbugz({ Date: dateBy(this.time.now), dice: this.dice, time: this.time });
    this.sites = new Map(hosts.map(host => [host, this.#found(host)]));
    this.#network = createNetwork({
      calls: this.calls,
      judge: this.judge,
      dice: () => this.dice,
      siteAt: host => this.sites.get(host),
      isOnline: () => this.online,
      isLossy: () => this.lossy,
      journal: line => this.note(line),
    });
    this.guard = new GuardHome({
      programs,
      runtime: { time: this.time, dice: () => this.dice, calls: this.calls },
      judge: this.judge,
      network: this.#network,
      vendor,
      worker: () => this.worker,
      browserRuns: () => this.browserRuns,
      note: line => this.note(line),
    });
  }

  #found(host: string): FogBugz {
    const site: FogBugz = new FogBugz(
      this.#fogbugz,
      host,
      host === 'bugs.corp.test' ? '/fogbugz' : '',
      token => this.judge.born(token, site),
    );
    return site;
  }

  note(line: () => string): void {
    if (this.writes) this.journal.push(`        ${line()}`);
  }

  site(host: string): FogBugz {
    const site = this.sites.get(host);
    if (!site) throw new RangeError(host);
    return site;
  }

  /** A worker is there, or starts now: in the turn of the event that wakes it. */
  wake(): Worker | undefined {
    if (!this.browserRuns || this.worker?.alive) return this.worker;
    this.#workers += 1;
    const worker: Worker = {
      name: `worker ${this.#workers}`,
      alive: true,
      online: () => undefined,
      refused: 0,
    };
    this.worker = worker;
    this.note(() => `${worker.name} starts`);
    const own = {
      __outside: { 'webextension-polyfill': this.#withWords(this.browser.startWorker()) },
      fetch: this.#network.ofBrowser(worker, this.browser),
      logged: (text: string) => {
        this.judge.logged(text);
        this.note(() => `console: ${this.judge.masked(text)}`);
      },
      navigator: {
        sendBeacon: (url: string, { text, type }: LightBlob) =>
          void this.#network
            .ofBrowser(worker, this.browser)(url, {
              method: 'POST',
              headers: { 'Content-Type': type },
              body: text,
              keepalive: true,
            })
            .catch(() => undefined),
      },
      addEventListener: (event: string, listener: () => void) => {
        if (event === 'online') worker.online = listener;
      },
    };
    const runtime = { time: this.time, dice: () => this.dice, calls: this.calls };
    this.#programs.worker[this.vendor](worldFor(worker, runtime, own));
    return worker;
  }

  /** An event of the browser: wakes a worker if there is none, and reaches it in the same turn. */
  async fire(event: () => void): Promise<void> {
    this.wake();
    event();
    await drained();
    await this.#afterwards();
  }

  /** The worker is gone, in the middle of whatever it was doing. */
  async killWorker(): Promise<void> {
    const { worker } = this;
    if (!worker?.alive) return;
    this.note(() => `${worker.name} dies, waiting for: ${this.calls.names().join(', ') || 'nothing'}`);
    this.judge.faults += 1;
    this.#noteUnknownRun();
    await this.#bury(worker);
  }

  /**
   * A worker that dies before it has marked the run, or takes its time to, leaves the run in doubt, unless a tab of
   * before is there; and in doubt it counts as over.
   */
  #noteUnknownRun(): void {
    const { run }: { run?: unknown } = this.browser.memory;
    const { tabIds = [] }: { tabIds?: readonly number[] } = this.browser.disk;
    const known = this.vendor === 'chromium' && tabIds.some(id => this.browser.tabs.has(id));
    if (this.browserRuns && run === undefined && !known)
      this.judge.decide('run unknown', ({ kind }) => kind === 'session');
  }

  /** Lets calls go on: so many, or until nobody waits any more. */
  async work(most: number, may: (name: string) => boolean = () => true): Promise<void> {
    for (let done = 0; done < most && this.calls.size() > 0; done++) {
      const name = await this.calls.advance(this.dice, one => may(one) && !this.slow(one), 0.15);
      await this.#afterwards();
      if (name === undefined) return;
    }
    if (this.calls.size() === 0) this.judge.rests();
  }

  /** The clock goes on, and what rings by it is heard. */
  async pass(ms: number): Promise<void> {
    this.noteTime();
    const end = this.time.elapsed() + ms;
    for (let steps = 0; steps < 2_000; steps++) {
      const left = end - this.time.elapsed();
      const { alarm } = this.browser;
      const toAlarm = this.browserRuns && alarm !== undefined ? Math.max(0, alarm - this.time.now()) : left;
      const step = Math.min(left, this.time.untilNext() ?? left, toAlarm);
      this.time.pass(step);
      this.#lookAtCookies();
      await drained();
      await this.#afterwards();
      // As it is set now: a timer of this moment may have put it off.
      const { alarm: set } = this.browser;
      if (this.browserRuns && set !== undefined && set <= this.time.now()) {
        this.browser.alarm = undefined;
        this.note(() => 'the alarm rings');
        await this.fire(() => this.browser.events.alarm.fire({ name: 'wake' }));
      }
      if (this.time.elapsed() >= end) return;
      await this.work(this.dice.chance(0.9) ? 60 : 0);
    }
    this.time.pass(0);
  }

  /** The browser's process ends, however it ends. */
  async endBrowser(): Promise<void> {
    if (!this.browserRuns) return;
    await this.killWorker();
    this.judge.rests();
    this.browserRuns = false;
    this.judge.runEnds = true;
    this.leftCookies = this.browser.cookies.filter(
      ({ expirationDate, storeId }) => expirationDate === undefined && storeId === this.browser.stores.own,
    );
    this.browser.restart();
    this.browser.cookies = this.browser.cookies.filter(({ storeId }) => storeId === this.browser.stores.own);
    this.browser.alarm = undefined;
    this.#look();
  }

  startBrowser(): void {
    this.browserRuns = true;
    this.judge.runEnds = false;
    this.judge.run += 1;
  }

  /** The user does something, or a page does: with the worker's reload in between, nobody is there to hear it. */
  async #afterwards(): Promise<void> {
    this.#look();
    const { worker } = this;
    // `runtime.reload` ends it from within.
    if (worker?.alive && this.browser.worker === 'dead') {
      this.note(() => `${worker.name} reloads itself`);
      await this.#bury(worker);
      this.wake();
      await drained();
    }
  }

  #look(): void {
    if (this.browser.cookies !== this.#seen.list || this.browser.cookies.length !== this.#seen.length)
      this.#lookAtCookies();
    this.judge.look(this.browser);
  }

  #lookAtCookies(): void {
    this.#seen = { list: this.browser.cookies, length: this.browser.cookies.length };
    const present = this.browser.cookies.flatMap(({ value, expirationDate }) =>
      expirationDate === undefined || expirationDate * 1000 > this.time.now() ? [value] : [],
    );
    this.judge.lookAtCookies(new Set(present));
  }

  /** The clock has gone on, by itself or not. */
  noteTime(): void {
    this.#lookAtCookies();
    this.#noteUnknownRun();
    if (this.timeDecides) this.judge.decide('time', ({ kind }) => kind === 'session');
  }

  /** One call of that kind fails. */
  async refuse(may: (name: string) => boolean): Promise<string | undefined> {
    const name = await this.calls.refuse(this.dice, new Error('The browser refused'), may);
    if (name !== undefined) this.judge.faults += 1;
    if (name !== undefined && this.worker) this.worker.refused += 1;
    await this.#afterwards();
    return name;
  }

  /** The tokens that a worker which has come to rest has to send as the browser closes. */
  dueAtClose(): readonly string[] {
    const { worker } = this;
    const rests = worker?.alive && worker.refused === 0 && !this.calls.has(name => !isOutside(name));
    if (!rests || this.browser.diskIs === 'full') return [];
    if (this.closeKeeps) return [];
    // A disk that was full may hold a session as open whose end is known to the worker, and to its server.
    const isDead = (token: string) => this.judge.lives.get(token)?.site.isDead(token);
    return this.judge
      .stored()
      .filter(({ kind, state, token }) => kind === 'session' && state.is === 'open' && !isDead(token))
      .map(({ token }) => token);
  }

  async #bury(worker: Worker): Promise<void> {
    this.browser.killWorker();
    await this.calls.abandon(worker, this.dice);
    this.guard.workerGone(worker);
    this.time.forget(worker);
    this.#look();
  }

  #carry({ name, work }: FakeCall): Promise<unknown> {
    const { worker } = this;
    if (!worker) return new Promise(() => undefined);
    return this.calls.ask(worker, name, () => {
      if (this.browser.diskIs === 'full' && name.startsWith('local.set')) this.judge.faults += 1;
      const result = work();
      return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
    });
  }

  #withWords<T extends object>(api: T): T {
    return {
      ...api,
      i18n: { getMessage: (key: string) => (key === 'languageTag' ? 'en' : key) },
    };
  }
}
