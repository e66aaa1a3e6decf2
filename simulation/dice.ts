/** Chance that can be had again: the same seed gives the same throws. */
export type Dice = {
  /** 0 up to 1. */
  readonly next: () => number;
  /** A whole number, 0 up to `limit`. */
  readonly below: (limit: number) => number;
  readonly chance: (probability: number) => boolean;
  /** @throws {RangeError} if there is nothing to pick from. */
  readonly pick: <T>(list: readonly T[]) => T;
};

/** mulberry32: small, quick, and even enough. `seed`: a whole number. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  // The first throws of neighbouring seeds are much alike.
  for (let warmUp = 0; warmUp < 3; warmUp++) next();
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: probability => next() < probability,
    pick: list => {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new RangeError('Nothing to pick from');
      return picked;
    },
  };
}
