import { once } from '../once.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export type Times = {
  /** `09:12`; on another day than today with the date. Both in ms since the epoch. */
  readonly clock: (at: number, now: number) => string;
  /** Date and time to the second, for the history. */
  readonly stamp: (at: number) => string;
  /** `6 May`, for a chart of the last weeks. */
  readonly day: (at: number) => string;
  /** `2 min ago`; undefined within the first minute, which has words of its own. */
  readonly ago: (at: number, now: number) => string | undefined;
  /** `in 8 seconds`, rounded up, so that it never says less than is left. */
  readonly ahead: (at: number, now: number) => string;
  /** `43 ms`, `1.2 sec`, `3 hr`. */
  readonly took: (ms: number) => string;
  /** `10 seconds`. */
  readonly seconds: (count: number) => string;
  /** `8 hr`, however many. */
  readonly hours: (count: number) => string;
  /** A time of day as the settings hold it, `18:00`, as the locale writes it. */
  readonly timeOfDay: (time: string) => string;
  readonly number: (count: number) => string;
  /** `a, b and c`. */
  readonly list: (parts: readonly string[]) => string;
};

/**
 * Dates and times as a locale writes them, in the user's time zone unless told otherwise. What writes them is made when it
 * is first needed: a page needs few of them, and each costs the browser as much as a hundred sentences.
 */
export function timesIn(locale: string, timeZone?: string): Times {
  const zone = timeZone === undefined ? {} : { timeZone };
  const dates = (options: Intl.DateTimeFormatOptions, language = locale) =>
    once(() => new Intl.DateTimeFormat(language, { ...zone, ...options }));
  const unit = (name: string, unitDisplay: 'short' | 'long') =>
    once(
      () =>
        new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: 1 }),
    );
  const sameDay = dates({ dateStyle: 'short' }, 'en');
  const time = dates({ timeStyle: 'short' });
  const dayAndTime = dates({ day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
  const stamp = dates({ dateStyle: 'medium', timeStyle: 'medium' });
  const dayAlone = dates({ day: 'numeric', month: 'short' });
  const ofDay = dates({ timeStyle: 'short', timeZone: 'UTC' });
  const past = once(() => new Intl.RelativeTimeFormat(locale, { style: 'short' }));
  const ahead = once(() => new Intl.RelativeTimeFormat(locale));
  const number = once(() => new Intl.NumberFormat(locale));
  const list = once(() => new Intl.ListFormat(locale));
  const seconds = unit('second', 'long');
  const short = {
    milliseconds: unit('millisecond', 'short'),
    seconds: unit('second', 'short'),
    minutes: unit('minute', 'short'),
    hours: unit('hour', 'short'),
    days: unit('day', 'short'),
  };

  return {
    clock: (at, now) => (sameDay().format(at) === sameDay().format(now) ? time() : dayAndTime()).format(at),
    stamp: at => stamp().format(at),
    day: at => dayAlone().format(at),
    ago(at, now) {
      const gone = now - at;
      if (gone < minute) return undefined;
      if (gone < hour) return past().format(-Math.floor(gone / minute), 'minute');
      if (gone < day) return past().format(-Math.floor(gone / hour), 'hour');
      return past().format(-Math.floor(gone / day), 'day');
    },
    ahead(at, now) {
      const left = Math.max(0, at - now);
      if (left <= 90 * second) return ahead().format(Math.ceil(left / second), 'second');
      if (left <= 90 * minute) return ahead().format(Math.ceil(left / minute), 'minute');
      return ahead().format(Math.ceil(left / hour), 'hour');
    },
    took(ms) {
      if (ms < second) return short.milliseconds().format(Math.round(ms));
      if (ms < minute) return short.seconds().format(ms / second);
      if (ms < hour) return short.minutes().format(Math.round(ms / minute));
      if (ms < 2 * day) return short.hours().format(Math.round(ms / hour));
      return short.days().format(Math.round(ms / day));
    },
    seconds: count => seconds().format(count),
    hours: count => short.hours().format(count),
    timeOfDay: time => ofDay().format(new Date(`1970-01-01T${time}Z`)),
    number: count => number().format(count),
    list: parts => list().format(parts),
  };
}
