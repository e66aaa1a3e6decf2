import { createDice } from './dice.ts';
import { happenings } from './happenings/all.ts';
import { type Schedule, scheduleOf, settingOf } from './schedule.ts';

/** What is to happen while something is waited for. */
export type Wish = { readonly name: string; readonly point: string };

/** What has to have happened before something can, or before something is waited for. */
const before: Readonly<Record<string, readonly string[]>> = {
  'log off': ['log-on'],
  'stay or keep': ['log-on'],
  'try now': ['log-on'],
  'page within': ['log-on'],
  'log off at the page': ['log-on'],
  'cookie cleared': ['log-on'],
  'cookie written again': ['log-on'],
  'dead cookie back': ['log-on', 'log off at the page'],
  'close a tab': ['open a tab', 'open a tab'],
  'close private windows': ['private log-on'],
  'key out': ['paste', 'paste'],
  forget: ['log-on', 'network', 'log off everywhere'],
  'call fails': ['log-on', 'open a tab', 'user away', 'change manners'],
  'guard killed': ['log-on'],
  'guard told to end': ['log-on'],
  'guard hears garbage': ['log-on'],

  'permissions.remove': ['add the site', 'remove the site'],
  'cookies.set': ['log on in the popup'],
  'crypto.digest': ['log-on', 'log off', 'open a tab'],
  'fetch logon': ['log-on', 'log off'],
  'fetch logoff': ['log-on', 'log off'],
  'fetch page': ['log-on', 'log off everywhere'],
  'guard pipe': ['log-on'],
  'guard says': ['log-on'],
  'guard hand-over': ['log-on', 'worker dies'],
  'guard, its reading': ['log-on', 'worker dies', 'worker wakes'],
  'guard, its requests': ['log-on', 'worker dies'],
  'guard, its writing': ['log-on', 'worker dies'],
  'local.get history': ['log-on', 'log off everywhere'],
  'local.set history': ['log-on', 'log off everywhere'],
  'local.set dead': ['log-on', 'log off everywhere'],
  'local.set handOver': ['live update'],
  'local.set settings': ['change manners'],
  'local.set sites': ['log-on'],
  'session.set session': ['private log-on'],
  'sync and managed': ['worker dies', 'worker wakes'],
  once: ['worker dies', 'worker wakes'],
};

/** The same, where both are wanted at once: a hand-over with a pipe that is open is one of a host that was told to end. */
const beforeBoth: Readonly<Record<string, readonly string[]>> = {
  'call fails|guard hand-over': ['log-on', 'guard told to end', 'time passes', 'open a tab'],
  'guard hears garbage|guard hand-over': ['log-on', 'guard told to end', 'time passes'],
};

/** How often a wish is tried. */
export const tries = 48;

/**
 * The one of these tries that has this seed.
 *
 * @throws {RangeError} if none has.
 */
export function scheduleMadeFor(wish: Wish, seed: number): Schedule {
  const made = Array.from({ length: tries }, (_, number) => scheduleFor(wish, number));
  const one = made.find(schedule => schedule.seed === seed);
  if (!one) throw new RangeError(`No try for ${wish.name} while ${wish.point} has the seed ${seed}`);
  return one;
}

/** A schedule that is made for something to happen while something is waited for: `seed` says which of many. */
export function scheduleFor(wish: Wish, seed: number): Schedule {
  // Neither calm nor, where the Guard has a part, without it.
  const all = scheduleOf(1_000_000_000 + seed * 16 + 1 + (seed % 3));
  const guarded = happenings.get(wish.name)?.guard || wish.point.startsWith('guard');
  const own = guarded ? scheduleOf(all.seed + (settingOf(all.seed).hasGuard ? 0 : 16)) : all;
  const first = beforeBoth[`${wish.name}|${wish.point}`] ?? [
    ...(before[wish.name] ?? []),
    ...(before[wish.point] ?? []),
  ];
  // Not the schedule's own: two steps with one seed would make two sessions with one name.
  const dice = createDice(own.seed + 500_000_000);
  // Little else comes between, for that would undo it.
  const rounds = first.length > 0 ? own.steps.slice(0, 12) : own.steps;
  const steps = rounds.flatMap(step => [step, ...first.map(name => ({ name, seed: dice.below(2 ** 32) }))]);
  return { seed: own.seed, steps, wish };
}
