import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../session/session.ts';
import { defaultSettings, type Settings } from '../session/settings.ts';
import { sessionWith } from '../session/stage/samples.ts';
import { createWakes } from './wakes.ts';

let sessions: Session[];
let alarm: number | undefined;
let dues: number[];
let settings: Settings;
let besides: number | undefined;

beforeEach(() => {
  vi.useFakeTimers({ now: 10_000 });
  sessions = [];
  alarm = undefined;
  dues = [];
  settings = defaultSettings;
  besides = undefined;
  return () => void vi.useRealTimers();
});

function create(due: () => void = () => undefined) {
  return createWakes(
    () => sessions,
    () => settings,
    () => besides,
    Date.now,
    async at => {
      alarm = at;
    },
    async () => {
      dues.push(Date.now());
      due();
    },
  );
}
const dueAt = (until: number, id = 'one') =>
  sessionWith({ id, state: { is: 'counting-down', trigger: 'last-tab', until } });

describe('waking up', () => {
  it('goes on when what was due failed', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    sessions = [dueAt(20_000)];
    create(() => {
      sessions = [dueAt(30_000)];
      throw new Error('the queue is broken');
    }).changed();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([dues, alarm]).toEqual([[20_000], 30_000]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(dues).toEqual([20_000, 30_000]);
  });

  it('is at the time of the session that is due first, by a timer and by an alarm', async () => {
    sessions = [dueAt(30_000), dueAt(20_000, 'two'), sessionWith({ id: 'three' })];
    create().changed();
    expect(alarm).toBe(20_000);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(dues).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(dues).toEqual([20_000]);
  });

  it('has an alarm for a request in flight, which may die with its worker', () => {
    const attempt = { is: 'in-flight' } as const;
    sessions = [sessionWith({ state: { is: 'owed', trigger: 'click', since: 0, attempts: 1, attempt } })];
    create().changed();
    expect(alarm).toBe(70_000);
  });

  it('moves with the sessions, and ends with them', async () => {
    const wakes = create(() => {
      sessions = [];
    });
    sessions = [dueAt(20_000)];
    wakes.changed();
    sessions = [dueAt(25_000)];
    wakes.changed();
    expect(alarm).toBe(25_000);
    sessions = [];
    wakes.changed();
    expect(alarm).toBeUndefined();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(dues).toEqual([]);
  });

  it('is at once for what is overdue', async () => {
    sessions = [dueAt(1)];
    create(() => {
      sessions = [];
    }).changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(dues).toEqual([10_000]);
  });

  it('comes again when the timer rang before the clock was there', async () => {
    sessions = [dueAt(20_000)];
    create(() => {
      if (Date.now() >= 20_000) sessions = [];
    }).changed();
    vi.setSystemTime(9_990);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(dues).toEqual([19_990]);
    await vi.advanceTimersByTimeAsync(10);
    expect(dues).toEqual([19_990, 20_000]);
  });

  it('is looked for elsewhere too, and comes with the first of all', async () => {
    sessions = [dueAt(30_000)];
    besides = 15_000;
    create(() => {
      besides = undefined;
    }).changed();
    expect(alarm).toBe(15_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(dues).toEqual([15_000]);
    expect(alarm).toBe(30_000);
  });

  it('needs no alarm as long as the worker lives', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    sessions = [dueAt(20_000)];
    createWakes(
      () => sessions,
      () => settings,
      () => besides,
      Date.now,
      () => Promise.reject(new Error('no alarms')),
      async () => {
        sessions = [];
        dues.push(Date.now());
      },
    ).changed();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(dues).toEqual([20_000]);
  });

  it('waits for a moment that is further away than any timer reaches', async () => {
    settings = { ...defaultSettings, maxHours: 720 };
    sessions = [sessionWith({ since: 10_000 })];
    create(() => {
      if (Date.now() >= 10_000 + 720 * 3_600_000) sessions = [];
    }).changed();
    await vi.advanceTimersByTimeAsync(600 * 3_600_000);
    expect(dues.length).toBeLessThan(3);
    await vi.advanceTimersByTimeAsync(120 * 3_600_000);
    expect(dues.at(-1)).toBe(10_000 + 720 * 3_600_000);
  });
});
