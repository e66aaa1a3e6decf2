import { afterEach, describe, expect, it, vi } from 'vitest';
import { deadlineOf } from './deadline.ts';
import type { Session } from './session.ts';
import { defaultSettings, type Rules } from './settings.ts';
import { sessionWith } from './stage/samples.ts';

afterEach(() => void vi.unstubAllEnvs());

/** Clocks here show the time of `zone` from now on. */
const liveIn = (zone: string): void => void vi.stubEnv('TZ', zone);

const hourMs = 3_600_000;
const endOf = (since: number, rules: Partial<Rules>, changes: Partial<Session> = {}) =>
  deadlineOf(sessionWith({ ...changes, since }), { ...defaultSettings, ...rules });

/** The same with local times, as `2026-03-28 12:00`, which say what a clock on the wall shows. */
function dailyEnd(zone: string, since: string, dailyAt: string): string {
  liveIn(zone);
  const deadline = endOf(new Date(since).getTime(), { dailyAt });
  if (deadline?.trigger !== 'daily') throw new Error('no daily end');
  const parts = new Date(deadline.at).toLocaleString('sv-SE');
  return parts.slice(0, 'YYYY-MM-DD HH:MM'.length);
}

describe('a session', () => {
  it('has no end of its own unless the user sets one', () => {
    expect(endOf(1_000, {})).toBeUndefined();
  });

  it('ends by its age', () => {
    expect(endOf(1_000, { maxHours: 8 })).toEqual({ trigger: 'max-age', at: 1_000 + 8 * hourMs });
    expect(endOf(1_000, { maxHours: 720 })).toEqual({ trigger: 'max-age', at: 1_000 + 720 * hourMs });
  });

  it('lasts as many hours as were said, over a change of summer time too', () => {
    liveIn('Europe/Berlin');
    const since = new Date('2026-03-28 20:00').getTime();
    expect(endOf(since, { maxHours: 12 })?.at).toBe(new Date('2026-03-29 09:00').getTime());
  });

  it('ends at whichever comes first, age or time of day', () => {
    liveIn('Europe/Berlin');
    const since = new Date('2026-06-10 12:00').getTime();
    const evening = new Date('2026-06-10 18:00').getTime();
    expect(endOf(since, { maxHours: 5, dailyAt: '18:00' })).toEqual({
      trigger: 'max-age',
      at: since + 5 * hourMs,
    });
    expect(endOf(since, { maxHours: 7, dailyAt: '18:00' })).toEqual({ trigger: 'daily', at: evening });
  });

  it('of an API key never ends by itself', () => {
    expect(endOf(1_000, { maxHours: 1, dailyAt: '18:00' }, { kind: 'api-key' })).toBeUndefined();
  });
});

describe('the daily time', () => {
  it.each([
    ['Europe/Berlin', '2026-06-10 12:00', '18:00', '2026-06-10 18:00'],
    ['Europe/Berlin', '2026-06-10 19:00', '18:00', '2026-06-11 18:00'],
    ['Europe/Berlin', '2026-06-10 23:59', '00:00', '2026-06-11 00:00'],
    ['Europe/Berlin', '2026-06-10 00:01', '00:00', '2026-06-11 00:00'],
    ['Europe/Berlin', '2026-12-31 23:00', '06:30', '2027-01-01 06:30'],
    ['Asia/Kolkata', '2026-06-10 12:00', '18:15', '2026-06-10 18:15'],
    ['Pacific/Auckland', '2026-06-10 12:00', '08:00', '2026-06-11 08:00'],
    ['America/Los_Angeles', '2026-06-10 17:00', '01:00', '2026-06-11 01:00'],
  ])('in %s after %s, %s is at %s', (zone, since, time, end) => {
    expect(dailyEnd(zone, since, time)).toBe(end);
  });

  it('is tomorrow for who logs on in that very minute', () => {
    expect(dailyEnd('Europe/Berlin', '2026-06-10 18:00', '18:00')).toBe('2026-06-11 18:00');
  });

  describe('when summer time changes', () => {
    it.each([
      ['Europe/Berlin', '2026-03-28 20:00', '18:00', '2026-03-29 18:00'],
      ['Europe/Berlin', '2026-10-24 20:00', '18:00', '2026-10-25 18:00'],
      ['America/New_York', '2026-03-07 20:00', '18:00', '2026-03-08 18:00'],
      ['America/New_York', '2026-10-31 20:00', '18:00', '2026-11-01 18:00'],
      ['Australia/Lord_Howe', '2026-10-03 20:00', '18:00', '2026-10-04 18:00'],
    ])('stays at the same time of day: %s after %s', (zone, since, time, end) => {
      expect(dailyEnd(zone, since, time)).toBe(end);
    });

    it('is an hour later where clocks leave it out', () => {
      expect(dailyEnd('Europe/Berlin', '2026-03-28 20:00', '02:30')).toBe('2026-03-29 03:30');
      expect(dailyEnd('Africa/Cairo', '2026-04-23 20:00', '00:00')).toBe('2026-04-24 01:00');
    });

    it('is itself again on the day after that', () => {
      expect(dailyEnd('Europe/Berlin', '2026-03-29 12:00', '02:30')).toBe('2026-03-30 02:30');
    });

    it('is the first of two where clocks show it twice, and the next day after that', () => {
      liveIn('Europe/Berlin');
      const first = Date.UTC(2026, 9, 25, 0, 30); // 02:30, an hour before 02:30
      expect(endOf(first - hourMs, { dailyAt: '02:30' })?.at).toBe(first);
      expect(endOf(first + 2 * hourMs, { dailyAt: '02:30' })?.at).toBe(
        new Date('2026-10-26 02:30').getTime(),
      );
    });
  });
});
