import type { Dice } from './dice.ts';

/** A process: what it waits for dies with it. `callsAre`: before the names of its calls, outside the browser. */
export type Process = { readonly name: string; alive: boolean; readonly callsAre?: string };

type Call = {
  readonly name: string;
  readonly owner: Process;
  /** Calls of one lane are carried out in their order: what stands in a pipe, say. */
  readonly lane: string | undefined;
  readonly carryOut: () => Promise<void> | void;
  readonly answer: () => void;
  readonly fail: (error: Error) => void;
  stage: 'asked' | 'carried-out';
};

/** Resolves when every promise that could go on has gone on. */
export const drained = (): Promise<void> => new Promise(resolve => process.nextTick(resolve));

/**
 * Every call that a process has made of the world outside it and waits for: its await points. Nothing is answered
 * before somebody here says so, in whatever order, and what is waited for by a process that died is never answered.
 */
export class Calls {
  #pending: Call[] = [];
  /** Told after a call has been carried out. */
  readonly #carriedOut: (name: string) => void;

  constructor(carriedOut: (name: string) => void) {
    this.#carriedOut = carriedOut;
  }

  /** @param work what the call does; what it returns is the answer, what it throws the failure. */
  ask<T>(owner: Process, name: string, work: () => T | Promise<T>, lane?: string): Promise<T> {
    if (!owner.alive) return new Promise(() => undefined);
    return new Promise<T>((resolve, reject) => {
      let answer = (): void => undefined;
      this.#pending.push({
        name,
        owner,
        lane,
        stage: 'asked',
        carryOut: () => {
          const failed = (error: unknown) => {
            answer = () => reject(error);
          };
          const done = (value: T) => {
            answer = () => resolve(value);
          };
          try {
            const value = work();
            if (value instanceof Promise) return value.then(done, failed);
            done(value);
          } catch (error) {
            failed(error);
          }
          return undefined;
        },
        answer: () => answer(),
        fail: reject,
      });
    });
  }

  /** What is waited for now, by name. */
  names(): readonly string[] {
    return this.#pending.map(({ name }) => name);
  }

  size(): number {
    return this.#pending.length;
  }

  /** Whether anything is waited for that a picky reader of names cares for. */
  has(wanted: (name: string) => boolean): boolean {
    return this.#pending.some(({ name }) => wanted(name));
  }

  /**
   * Lets one call go on: carries it out, answers it, or both. Older ones rather than younger. Returns its name, or
   * `undefined` if none may go on.
   */
  async advance(dice: Dice, may: (name: string) => boolean, halves: number): Promise<string | undefined> {
    const ready = this.#pending.filter(call => may(call.name) && this.#isFirstInLane(call));
    if (ready.length === 0) return undefined;
    const call = ready[dice.chance(0.7) ? 0 : dice.below(ready.length)];
    if (!call) return undefined;
    const stops = call.stage === 'asked' && dice.chance(halves);
    if (call.stage === 'asked') await this.#carryOut(call);
    if (stops || !this.#pending.includes(call)) return call.name;
    this.#take(call);
    if (call.owner.alive) call.answer();
    await drained();
    return call.name;
  }

  /** Lets one call of that kind fail without having been carried out. */
  async refuse(dice: Dice, error: Error, may: (name: string) => boolean): Promise<string | undefined> {
    const ready = this.#pending.filter(call => call.stage === 'asked' && may(call.name));
    if (ready.length === 0) return undefined;
    const call = dice.pick(ready);
    this.#take(call);
    if (call.owner.alive) call.fail(error);
    await drained();
    return call.name;
  }

  /** What the process has asked for in the order of asking, up to some point: the rest never left it. */
  async abandon(owner: Process, dice: Dice): Promise<void> {
    owner.alive = false;
    const mine = this.#pending.filter(call => call.owner === owner);
    const upTo = dice.below(mine.length + 1);
    this.#pending = this.#pending.filter(call => call.owner !== owner);
    for (const call of mine.slice(0, upTo)) if (call.stage === 'asked') await this.#carryOut(call);
  }

  async #carryOut(call: Call): Promise<void> {
    call.stage = 'carried-out';
    const done = call.carryOut();
    if (done) {
      await Promise.race([done, drained()]);
      await drained();
    }
    this.#carriedOut(call.name);
  }

  #isFirstInLane(call: Call): boolean {
    return call.lane === undefined || this.#pending.find(other => other.lane === call.lane) === call;
  }

  #take(call: Call): void {
    this.#pending = this.#pending.filter(other => other !== call);
  }
}
