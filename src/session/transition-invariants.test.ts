import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from './event.ts';
import { live, lives } from './stage/lives.ts';
import { transition } from './transition.ts';

describe('whatever happens to a session', () => {
  it('its token is kept until it is dead, asked for once at a time, and never stuck', () => {
    fc.assert(
      fc.property(lives, life => {
        live(transition, life);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is tried in every state', () => {
    const visited = new Set<string>();
    for (const life of fc.sample(lives, { numRuns: 1_500, seed: 7 })) {
      for (const visit of live(transition, life).visited) visited.add(visit);
    }
    const events: readonly Event['is'][] = [
      'triggered',
      'tabs-seen',
      'kept-on',
      'stay-once',
      'run-over',
      'worker-started',
      'due',
      'try-now',
      'cookie-vanished',
      'person-known',
      'revoked',
      'dropped',
      'forgotten',
      'check-ended',
    ];
    for (const state of ['open', 'counting-down', 'owed', 'answered']) {
      for (const event of events) expect(visited).toContain(`${state} ${event}`);
    }
    for (const state of ['open', 'counting-down', 'owed']) expect(visited).toContain(`${state} closing`);
    for (const state of ['owed', 'answered']) expect(visited).toContain(`${state} log-off-ended`);
  });
});

/** Transitions with one mistake each, and the promise that the mistake breaks. */
const mistakes: Readonly<Record<string, [breaks: string, under: typeof transition]>> = {
  'gives up when the network fails': [
    'a token left the store',
    (session, event, settings) =>
      event.is === 'log-off-ended' && typeof event.result === 'object'
        ? { session: undefined, effects: [] }
        : transition(session, event, settings),
  ],
  'gives up after a quarter of an hour': [
    'a token left the store',
    (session, event, settings) =>
      event.is === 'due' && session.state.is === 'owed' && event.at - session.state.since > 900_000
        ? { session: undefined, effects: [] }
        : transition(session, event, settings),
  ],
  'takes a live token for a dead one': [
    'a token left the store',
    (session, event, settings) =>
      event.is === 'check-ended' && event.result === 'alive' && session.state.is === 'answered'
        ? { session: undefined, effects: [] }
        : transition(session, event, settings),
  ],
  'sends again while one is in flight': [
    'two log-offs in flight',
    (session, event, settings) =>
      event.is === 'triggered' && session.state.is === 'owed'
        ? { session, effects: [{ do: 'log-off' }] }
        : transition(session, event, settings),
  ],
  'logs API keys off': [
    'an API key',
    (session, event, settings) => {
      if (event.is !== 'triggered') return transition(session, event, settings);
      const step = transition({ ...session, kind: 'session' }, event, settings);
      return { ...step, session: step.session && { ...step.session, kind: session.kind } };
    },
  ],
  'lets a session grow older when the clock is set back': [
    'it grows older than it may',
    (session, event, settings) => {
      const step = transition(session, event, settings);
      return step.session && event.is === 'due'
        ? { ...step, session: { ...step.session, since: session.since } }
        : step;
    },
  ],
  'owes API keys at the next start': [
    'an API key is owed',
    (session, event, settings) => {
      if (event.is !== 'run-over') return transition(session, event, settings);
      const step = transition({ ...session, kind: 'session' }, event, settings);
      return { ...step, session: step.session && { ...step.session, kind: session.kind } };
    },
  ],
  'logs off at the next start with the trigger switched off': [
    'a log-off that nobody decided',
    (session, event, settings) =>
      transition(session, event, event.is === 'run-over' ? { ...settings, browserClose: true } : settings),
  ],
  'does not keep a session on': [
    'a log-off that nobody decided',
    (session, event, settings) =>
      event.is === 'kept-on' ? { session, effects: [] } : transition(session, event, settings),
  ],
  'counts on when the tab is back': [
    'a log-off that nobody decided',
    (session, event, settings) =>
      event.is === 'tabs-seen' && session.state.is === 'counting-down'
        ? { session, effects: [] }
        : transition(session, event, settings),
  ],
  'waits for what died with its worker': [
    'it waits for nothing',
    (session, event, settings) =>
      event.is === 'worker-started' ? { session, effects: [] } : transition(session, event, settings),
  ],
  'forgets to check again': [
    'what was owed never ended',
    (session, event, settings) =>
      event.is === 'due' && session.state.is === 'answered'
        ? { session, effects: [] }
        : transition(session, event, settings),
  ],
};

describe('a transition with a mistake', () => {
  it.each(Object.entries(mistakes))('is found out: one that %s', (_, [breaks, under]) => {
    const found = fc.check(
      fc.property(lives, life => {
        live(under, life);
      }),
      // It stops at the first life that shows the mistake, so many cost nothing; a new trigger changes which lives these are.
      { numRuns: 20_000, seed: 11 },
    );
    expect(found.failed).toBe(true);
    expect(String(found.errorInstance)).toContain(breaks);
  });
});
