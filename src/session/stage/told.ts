import type { Event } from '../event.ts';
import type { Effect } from '../owed.ts';
import type { Obstacle, Session, State } from '../session.ts';
import { defaultSettings, type Settings } from '../settings.ts';
import { transition } from '../transition.ts';
import { sessionWith } from './samples.ts';

/** When things happen in tests of a transition, in ms since the epoch, and how the dice fall. */
export const at = 10_000;
export const chance = 0.5;

export const offline: Obstacle = { is: 'unreachable', why: 'no connection' };

/** What a session in this state becomes when it is told of an event. */
export function told(
  state: State,
  event: Event,
  { settings = {}, ...changes }: Partial<Session> & { settings?: Partial<Settings> } = {},
) {
  const before = sessionWith({ ...changes, state });
  const step = transition(before, event, { ...defaultSettings, ...settings });
  return { before, ...step, state: step.session?.state, does: step.effects.map(effect => effect.do) };
}

export const recorded = (effects: readonly Effect[]) =>
  effects.flatMap(effect => (effect.do === 'record' ? [effect.entry] : []));
