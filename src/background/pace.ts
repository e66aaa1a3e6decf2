import type { Reuse } from '../browser/reuse.ts';

/**
 * How long a connection may rest, ms: each a little less than a limit that servers come with. Node and Apache close a
 * connection after 5 s without a request, others after 10, 15, 30; load balancers after 60, nginx after 75, IIS after
 * 120 s. Firefox itself closes one after 115 s.
 */
const restsMs = [4_000, 8_500, 13_000, 26_000, 54_000, 70_000, 105_000] as const;
const longest = restsMs.length - 1;

/** Where nothing can be learnt, ms: less than most limits, and no more often than the worker is stirred anyway. */
const blindRestMs = 20_000;

/** How often a connection must be gone after a rest to prove that the rest is too long: once may be an accident. */
const proof = 2;

/** How far the learning has come at one site. */
export type Pace = {
  /** Which of the rests comes next. */
  readonly step: number;
  /** How often the connection was gone after each of them. */
  readonly lost: readonly number[];
  /** What the last request has shown. */
  readonly last: Reuse;
};

export const firstPace: Pace = { step: 0, lost: restsMs.map(() => 0), last: 'unknown' };

/**
 * Lengthens the rest until the connection does not last, then steps back.
 *
 * @param restedMs how long nothing was asked, by the clock: a computer that slept has proved nothing. Undefined: there
 *   was no connection of ours before.
 */
export function learn(pace: Pace, last: Reuse, restedMs: number | undefined): Pace {
  const { step, lost } = pace;
  if (restedMs === undefined || restedMs > restMs(pace) * 1.5) return { ...pace, last };
  switch (last) {
    case 'reused':
      return { step: (lost[step + 1] ?? proof) < proof ? step + 1 : step, lost: lost.with(step, 0), last };
    case 'new': {
      const counted = lost.with(step, (lost[step] ?? 0) + 1);
      const shorter = Math.max(0, step - 1);
      // Where even the shortest rest is too long, a request every few seconds would warm nothing.
      return { step: (counted[shorter] ?? 0) < proof ? shorter : longest, lost: counted, last };
    }
    case 'unanswered':
    case 'unknown':
      return { ...pace, last };
    default:
      return last satisfies never;
  }
}

/** How long to rest before the next request, ms. */
export function restMs({ step, last }: Pace): number {
  const rest = restsMs[step] ?? blindRestMs;
  switch (last) {
    case 'reused':
    case 'new':
      return rest;
    case 'unknown':
      return blindRestMs;
    case 'unanswered':
      return Math.max(rest, blindRestMs);
    default:
      return last satisfies never;
  }
}
