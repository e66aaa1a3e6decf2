import { describe, expect, it } from 'vitest';
import { historyOf } from '../session/stage/samples.ts';
import { chartDays, daysOf } from './history-days.ts';

const noon = new Date(2026, 2, 31, 12).getTime();
const at = (day: number, hour: number, minute = 0) => ({
  at: new Date(2026, 2, day, hour, minute).getTime(),
});

describe('the days of the chart', () => {
  it('are thirty, with today as the last, and begin at midnight', () => {
    const days = daysOf([], noon);
    expect(days).toHaveLength(chartDays);
    expect(days.at(-1)).toEqual({ from: new Date(2026, 2, 31).getTime(), confirmed: 0, unconfirmed: 0 });
    expect(days[0]?.from).toBe(new Date(2026, 2, 2).getTime());
    // One of these days may have 23 hours.
    expect(days.every(({ from }) => new Date(from).getHours() === 0)).toBe(true);
  });

  it('count what happened from midnight to midnight, and what was proven apart', () => {
    const days = daysOf(
      historyOf(
        { ...at(31, 0), confirmed: true },
        { ...at(31, 11), confirmed: false },
        { ...at(30, 23, 59), confirmed: true },
      ),
      noon,
    );
    expect(days.slice(-2)).toMatchObject([
      { confirmed: 1, unconfirmed: 0 },
      { confirmed: 1, unconfirmed: 1 },
    ]);
  });

  it('leave out what is older, and what a clock put into the future', () => {
    const days = daysOf(historyOf(at(1, 23, 59), { at: noon + 86_400_000 }), noon);
    expect(days.every(({ confirmed, unconfirmed }) => confirmed + unconfirmed === 0)).toBe(true);
  });
});
