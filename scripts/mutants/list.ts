import type { Mistake } from '../../simulation/bundles.ts';
import { background } from './background.ts';
import { fogbugz } from './fogbugz.ts';
import { guard } from './guard.ts';
import { invariants } from './invariants.ts';
import { first } from './promises.ts';
import { session } from './session.ts';

/**
 * Breakages on purpose, by what they break: the number of a promise of the design, or a file. Each must make a test
 * fail.
 */
export const mutants: Readonly<Record<string, Mistake>> = {
  ...first,
  ...invariants,
  ...session,
  ...background,
  ...fogbugz,
  ...guard,
};

/** Files of those rooms in which nothing decides anything, and why. */
export const withoutLogic: Readonly<Record<string, string>> = {
  'src/session/event.ts': 'types alone',
  'src/session/guarding.ts': 'types alone',
  'src/session/view.ts': 'types, and how many lines the history keeps',
  'src/background/answer.ts': 'names the part that answers a question, which the types hold',
  'src/fogbugz/outcome.ts': 'types alone',
  'src/fogbugz/site.ts': 'types, and the usual endpoint',
  'src/guard/care.ts': 'types alone',
  'src/guard/without-ky.ts': 'nobody calls it',
};

/** The promises of the design, by number. */
export const promises = [1, 2, 3, 4, 5, 6, 7, 8] as const;
