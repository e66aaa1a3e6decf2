import { describe, expect, it } from 'vitest';
import type { Event } from './event.ts';
import { sampleStates as is } from './stage/samples.ts';
import { at, chance, offline, told } from './stage/told.ts';

/** What happened, without the events that a state answers in a way of its own. */
const meaningless: Readonly<Record<keyof typeof is, readonly Event[]>> = {
  open: [
    { is: 'tabs-seen', any: true, at },
    { is: 'kept-on' },
    { is: 'stay-once', on: false },
    { is: 'worker-started', at },
    { is: 'due', at },
    { is: 'try-now', at },
    { is: 'log-off-ended', result: 'logged-off', at, chance },
    { is: 'log-off-ended', result: offline, at, chance },
    { is: 'forgotten', at },
  ],
  unused: [
    { is: 'tabs-seen', any: false, at },
    { is: 'kept-on' },
    { is: 'due', at },
    { is: 'forgotten', at },
  ],
  countingDown: [
    { is: 'tabs-seen', any: false, at },
    { is: 'stay-once', on: false },
    { is: 'worker-started', at },
    { is: 'due', at: 19_999 },
    { is: 'try-now', at },
    { is: 'log-off-ended', result: 'already-off', at, chance },
    { is: 'forgotten', at },
  ],
  sending: [
    { is: 'triggered', trigger: 'click', at },
    { is: 'tabs-seen', any: true, at },
    { is: 'tabs-seen', any: false, at },
    { is: 'kept-on' },
    { is: 'closing', at },
    { is: 'due', at: 1e12 },
    { is: 'try-now', at },
    { is: 'check-ended', about: 'proof', result: 'alive', at, chance },
    { is: 'check-ended', about: 'proof', result: 'dead', at, chance },
    { is: 'cookie-vanished' },
  ],
  waiting: [
    { is: 'tabs-seen', any: true, at },
    { is: 'kept-on' },
    { is: 'worker-started', at },
    { is: 'due', at: 19_999 },
    { is: 'check-ended', about: 'proof', result: 'dead', at, chance },
    { is: 'cookie-vanished' },
  ],
  checking: [
    { is: 'triggered', trigger: 'replaced', at },
    { is: 'tabs-seen', any: false, at },
    { is: 'kept-on' },
    { is: 'closing', at },
    { is: 'due', at: 1e12 },
    { is: 'try-now', at },
    { is: 'log-off-ended', result: 'already-off', at, chance },
    { is: 'log-off-ended', result: offline, at, chance },
    { is: 'cookie-vanished' },
    { is: 'forgotten', at },
  ],
  checkWaiting: [
    { is: 'triggered', trigger: 'click', at },
    { is: 'worker-started', at },
    { is: 'due', at: 19_999 },
    { is: 'closing', at },
  ],
};

describe('an event that means nothing in the present state', () => {
  it.each(
    Object.entries(meaningless).flatMap(([name, events]) =>
      events.map(event => [name, JSON.stringify(event), event] as const),
    ),
  )('changes nothing: %s, %s', (name, _, event) => {
    const { before, session, effects } = told(is[name as keyof typeof is], event);
    expect(session).toBe(before);
    expect(effects).toEqual([]);
  });
});
