import { describe, expect, it } from 'vitest';
import { longestWaitMs } from './backoff.ts';
import { defaultSettings, maxGraceSeconds, type Settings } from './settings.ts';
import { sampleStates as is, sessionWith } from './stage/samples.ts';
import { transition, wakeAt } from './transition.ts';

const hourMs = 3_600_000;
const now = Date.UTC(2026, 5, 10, 12);
const settings: Settings = { ...defaultSettings, maxHours: 8 };

/** What the next look at it makes of a session when a clock has been set back to `at`. */
const lookedAt = (session: ReturnType<typeof sessionWith>, at: number) =>
  transition(session, { is: 'due', at }, settings);

describe('a clock that is set back', () => {
  it('does not make an open session last longer than its age from then on', () => {
    const session = sessionWith({ since: now });
    const { session: after, effects } = lookedAt(session, now - 48 * hourMs);
    expect(effects).toEqual([]);
    expect(after && wakeAt(after, settings)).toBe(now - 40 * hourMs);
  });

  it('does not give an open session a new age by a little', () => {
    const session = sessionWith({ since: now - 7 * hourMs });
    const { session: after } = lookedAt(session, now - hourMs);
    expect(after).toBe(session);
    expect(after && wakeAt(after, settings)).toBe(now + hourMs);
  });

  it('does not let a countdown run longer than the longest grace', () => {
    const state = { is: 'counting-down', trigger: 'last-tab', until: now + 10_000 } as const;
    const { session: after, effects } = lookedAt(sessionWith({ since: now, state }), now - 2 * hourMs);
    expect(effects).toEqual([]);
    expect(after && wakeAt(after, settings)).toBe(now - 2 * hourMs + maxGraceSeconds * 1000);
  });

  it.each([
    ['owed', is.waiting],
    ['answered', is.checkWaiting],
  ] as const)('does not put the next request for what is %s further away than it could be', (_, state) => {
    const waiting = { ...state, attempt: { is: 'waiting', until: now + 1_000 } } as const;
    const at = now - 24 * hourMs;
    const { session: after, effects } = lookedAt(sessionWith({ state: waiting }), at);
    expect(effects).toEqual([]);
    expect(after && wakeAt(after, settings)).toBe(at + longestWaitMs);
    expect(after && transition(after, { is: 'due', at: at + longestWaitMs }, settings).effects).not.toEqual(
      [],
    );
  });

  it('changes nothing about what is under way', () => {
    for (const state of [is.sending, is.checking]) {
      const session = sessionWith({ since: now, state });
      expect(lookedAt(session, now - 24 * hourMs).session).toBe(session);
    }
  });

  it('is seen by whatever happens next, not by time alone', () => {
    const session = sessionWith({ since: now });
    const { session: after } = transition(
      session,
      { is: 'tabs-seen', any: true, at: now - 48 * hourMs },
      settings,
    );
    expect(after && wakeAt(after, settings)).toBe(now - 40 * hourMs);
  });
});

describe('a clock that is set forward', () => {
  it('ends a session early rather than late', () => {
    const { effects } = lookedAt(sessionWith({ since: now }), now + 9 * hourMs);
    expect(effects).toEqual([{ do: 'log-off' }]);
  });
});
