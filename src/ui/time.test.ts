import { describe, expect, test } from 'vitest';
import { timesIn } from './time.ts';

const times = timesIn('en-GB', 'UTC');
const noon = Date.UTC(2026, 2, 14, 12, 0, 0);
const minutes = 60_000;
const hours = 60 * minutes;

describe('a clock', () => {
  test('shows the time alone today', () => {
    expect(times.clock(noon - 3 * hours, noon)).toBe('09:00');
  });

  test('adds the date on any other day', () => {
    expect(times.clock(noon - 24 * hours, noon)).toBe('13 Mar, 12:00');
  });

  test('follows the region', () => {
    expect(timesIn('en-US', 'UTC').clock(noon + hours, noon)).toMatch(/^1:00\sPM$/);
  });
});

describe('how long ago', () => {
  test('counts whole minutes, hours and days', () => {
    expect(times.ago(noon - 119_000, noon)).toBe('1 min ago');
    expect(times.ago(noon - 2 * hours, noon)).toBe('2 hr ago');
    expect(times.ago(noon - 49 * hours, noon)).toBe('2 days ago');
  });

  test('has no number for the first minute, nor for a clock that was set back', () => {
    expect(times.ago(noon - 59_000, noon)).toBeUndefined();
    expect(times.ago(noon + minutes, noon)).toBeUndefined();
  });
});

describe('how far ahead', () => {
  test('never says less than is left', () => {
    expect(times.ahead(noon + 7_001, noon)).toBe('in 8 seconds');
    expect(times.ahead(noon + 91_000, noon)).toBe('in 2 minutes');
    expect(times.ahead(noon + 2 * hours, noon)).toBe('in 2 hours');
  });

  test('stops at zero when the moment has passed', () => {
    expect(times.ahead(noon - 5_000, noon)).toBe('in 0 seconds');
  });
});

describe('how long it took', () => {
  test.each([
    [43.4, /^43 ms$/],
    [1_240, /^1\.2 secs?$/], // the abbreviations differ a little between versions of ICU
    [3 * minutes, /^3 mins?$/],
    [26 * hours, /^26 hrs?$/],
    [72 * hours, /^3 days$/],
  ])('%d ms is %s', (ms, words) => {
    expect(times.took(ms)).toMatch(words);
  });
});

test('a history line is dated to the second', () => {
  expect(times.stamp(noon + 7_000)).toBe('14 Mar 2026, 12:00:07');
});

test('a time of day is written as the region does, whatever the time zone', () => {
  expect(timesIn('en-US', 'Asia/Tokyo').timeOfDay('18:00')).toMatch(/^6:00\sPM$/);
  expect(times.timeOfDay('00:30')).toBe('00:30');
});

test('hours stay hours', () => {
  expect(times.hours(72)).toMatch(/^72 hrs?$/);
});

test('numbers and seconds are written in the language', () => {
  expect(times.number(1000)).toBe('1,000');
  expect(times.seconds(10)).toBe('10 seconds');
  expect(timesIn('de').seconds(10)).toBe('10 Sekunden');
});
