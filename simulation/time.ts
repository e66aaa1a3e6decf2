/** Whoever set a timer: when it ends, its timers end with it. */
export type Owner = object;

type Timer = {
  readonly owner: Owner;
  readonly act: () => void;
  readonly everyMs: number | undefined;
  at: number;
};

/** Simulated time: a clock on the wall that may jump, and one for timers that only goes on. All in ms. */
export class SimTime {
  #elapsed = 0;
  #offset: number;
  #lastId = 0;
  readonly #timers = new Map<number, Timer>();

  constructor(start: number) {
    this.#offset = start;
  }

  /** The clock on the wall, since the epoch. */
  readonly now = (): number => this.#offset + this.#elapsed;

  /** What timers count. */
  readonly elapsed = (): number => this.#elapsed;

  /** The wall clock alone: set by hand, or gone on while the computer slept. */
  jump(ms: number): void {
    this.#offset += ms;
  }

  set(owner: Owner, act: () => void, ms: number, everyMs?: number): number {
    this.#lastId += 1;
    this.#timers.set(this.#lastId, { owner, act, everyMs, at: this.#elapsed + Math.max(0, ms) });
    return this.#lastId;
  }

  clear(id: unknown): void {
    if (typeof id === 'number') this.#timers.delete(id);
  }

  forget(owner: Owner): void {
    for (const [id, timer] of this.#timers) if (timer.owner === owner) this.#timers.delete(id);
  }

  /** ms until the next timer; `undefined` if there is none. */
  untilNext(): number | undefined {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of this.#timers.values()) next = Math.min(next, at);
    return next === Number.POSITIVE_INFINITY ? undefined : Math.max(0, next - this.#elapsed);
  }

  /** Goes on by so much, which must not be further than the next timer; rings those that are due. */
  pass(ms: number): void {
    this.#elapsed += ms;
    for (const [id, timer] of [...this.#timers]) {
      if (timer.at > this.#elapsed || !this.#timers.has(id)) continue;
      if (timer.everyMs === undefined) this.#timers.delete(id);
      else timer.at = this.#elapsed + Math.max(1, timer.everyMs);
      timer.act();
    }
  }
}
