import type { FakeBrowser } from '../src/browser/stage/fake-browser.ts';
import type { Judge } from './judge.ts';

/** What the extension gave into the care of one Guard: its host, and the watcher that this leaves behind. */
export class Care {
  /** Tokens, by the ids of their sessions. */
  readonly armed = new Map<string, string>();
  /** Tokens that the extension took back. */
  readonly takenBack = new Set<string>();
  /** Tokens whose end this Guard has put on record. */
  readonly answered = new Set<string>();
  /** Tokens that this Guard gave up: its day was over before all was well again, or the clock on the wall said so. */
  readonly givenUp = new Set<string>();
  /** The run of the browser that the pipe came from. */
  readonly run: number;
  /** When the pipe closed, by the clock of timers and by the one on the wall. */
  closedAt: number | undefined;
  closedOnWall: number | undefined;
  /** A log-off was sent. */
  began = false;
  /** Nobody killed it. */
  intact = true;
  /** Its watcher was told to end, which leaves to the next start what gets no answer within seconds. */
  isHurried = false;

  constructor(run: number) {
    this.run = run;
  }
}

/** How long an extension may stay away, ms. */
export const returnWithinMs = 90_000;
/** Not before, ms. */
const gaveUpAfterMs = 24 * 60 * 60 * 1000;
/** A watcher that has just looked for a successor may miss one that comes now, ms. */
const tooLateMs = 5_000;

/** Looks on at the Guard from outside: what it was told, what it sends, what it writes. */
export class GuardJudge {
  readonly #judge: Judge;
  readonly #now: () => number;
  readonly #onWall: () => number;
  /** Files could not be written: a successor may have gone unseen. */
  filesFailed = false;
  readonly #acknowledged = new Set<string>();
  #claimed: { readonly care: Care; readonly at: number } | undefined;

  constructor(judge: Judge, now: () => number, onWall: () => number) {
    this.#judge = judge;
    this.#now = now;
    this.#onWall = onWall;
  }

  /** A message of the extension's has reached the Guard. */
  told(care: Care, message: object): void {
    const { do: what, session = '', token = '' }: { do?: string; session?: string; token?: string } = message;
    if (what === 'arm') {
      care.armed.set(session, token);
      care.takenBack.delete(token);
    }
    const { sessions = [] }: { sessions?: readonly string[] } = message;
    if (what === 'acknowledge') for (const one of sessions) this.#acknowledged.add(one);
    const before = care.armed.get(session);
    if (what !== 'disarm' || before === undefined) return;
    care.armed.delete(session);
    care.takenBack.add(before);
  }

  /** The Guard is about to send a log-off. */
  sends(care: Care, token: string): void {
    const name = this.#judge.nameOf(token);
    if (care.takenBack.has(token)) this.#judge.breaks(`the Guard logs ${name} off, which was taken back`);
    if (care.answered.has(token)) this.#judge.breaks(`the Guard logs ${name} off though it had the answer`);
    // What has begun is seen through, whoever comes back meanwhile.
    if (care.began) return;
    care.began = true;
    const away = care.closedAt === undefined ? 0 : this.#now() - care.closedAt;
    if (this.#judge.run !== care.run || away < returnWithinMs) return;
    if (this.#isSucceeded(care))
      this.#judge.breaks(`the Guard logs ${name} off though the extension came back`);
    const held = [...care.armed.values()];
    this.#judge.decide('the extension stays away', life => held.includes(life.token));
  }

  #isSucceeded(care: Care): boolean {
    const last = this.#claimed;
    if (!last || last.care === care || last.care.run !== care.run || this.filesFailed) return false;
    return this.#now() - last.at >= tooLateMs;
  }

  /** A file gets its final name. */
  wrote(care: Care, path: string, text: string): void {
    for (const { token, name } of this.#judge.lives.values())
      if (text.includes(token)) this.#judge.breaks(`${name} stands in a file of the Guard`);
    if (path.includes('/claims/')) this.#claimed = { care, at: this.#now() };
  }

  /** The Guard wants this written: whether or not the disk takes it, it knows the answer. */
  records(care: Care, path: string, text: string): void {
    if (!path.includes('/receipts/')) return;
    const { session = '', outcome }: { session?: string; outcome?: string } = JSON.parse(text);
    const token = care.armed.get(session);
    if (token === undefined) return;
    if (outcome !== 'gave-up') return void care.answered.add(token);
    const since = (now: number, closed = now) => now - closed;
    // A computer that slept for a day, or whose clock was set, has no other way to know.
    if (Math.max(since(this.#now(), care.closedAt), since(this.#onWall(), care.closedOnWall)) < gaveUpAfterMs)
      this.#judge.breaks(`the Guard gives ${this.#judge.nameOf(token)} up too early`);
    care.givenUp.add(token);
  }

  /** A receipt goes: not before the extension has said that it is stored. */
  removes(path: string, text: string): void {
    if (!path.includes('/receipts/')) return;
    const { session = '' }: { session?: string } = JSON.parse(text);
    if (!this.#acknowledged.has(session))
      this.#judge.breaks('a receipt is gone that the extension has not acknowledged');
  }

  /** The browser stays away, and there was time enough: nothing that was in this care may live. */
  hadItsTime(care: Care): void {
    if (!care.intact || care.isHurried) return;
    for (const token of care.armed.values()) {
      const life = this.#judge.lives.get(token);
      if (!life || care.givenUp.has(token) || care.answered.has(token) || life.site.isDead(token)) continue;
      this.#judge.breaks(`${life.name} was in the Guard's care, and lives on without its browser`);
    }
  }

  /** The extension is back, asked for receipts, and could learn from nobody else: they have closed their entries. */
  hasToldOf(care: Care, { disk }: FakeBrowser): void {
    if (this.filesFailed) return;
    const { sites = {} }: { sites?: Readonly<Record<string, { webSession?: string }>> } = disk;
    for (const { id, token, state, kind, site, source } of this.#judge.stored()) {
      if (kind !== 'session' || !care.answered.has(token)) continue;
      // The disk had never taken the session that the Guard held: its cookie was met anew, and is another entry.
      if (care.armed.get(id) !== token) continue;
      // Where the pages outlive the log-off, the Guard has done no more than half of it.
      if (source.is === 'web' && sites[site]?.webSession === 'lives-on') continue;
      if (state.is === 'open' || state.is === 'owed')
        this.#judge.breaks(`the Guard has ended ${this.#judge.nameOf(token)}, and it is still ${state.is}`);
    }
  }
}
