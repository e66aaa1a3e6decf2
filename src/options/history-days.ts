import type { HistoryEntry } from '../session/view.ts';

/** One day of the chart: when it began, and what was logged off in it. */
export type Day = { readonly from: number; readonly confirmed: number; readonly unconfirmed: number };

export const chartDays = 30;

/** The last thirty days by the user's clock, today as the last; those without a log-off too. `now` in ms. */
export function daysOf(history: readonly HistoryEntry[], now: number): readonly Day[] {
  const today = new Date(now);
  // By the calendar, not by 24 hours: where clocks are changed, a day has 23 or 25.
  const starts = Array.from({ length: chartDays + 1 }, (_, index) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - chartDays + 1 + index).getTime(),
  );
  const counts = starts.map(() => ({ confirmed: 0, unconfirmed: 0 }));
  for (const { at, confirmed } of history) {
    const count = counts[starts.findLastIndex(start => start <= at)];
    if (count) count[confirmed ? 'confirmed' : 'unconfirmed'] += 1;
  }
  return starts
    .slice(0, chartDays)
    .map((from, index) => ({ from, confirmed: 0, unconfirmed: 0, ...counts[index] }));
}

/** All that happened in a day. */
export function countOf({ confirmed, unconfirmed }: Day): number {
  return confirmed + unconfirmed;
}
