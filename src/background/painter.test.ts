import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../session/session.ts';
import { sampleStates as is, sessionWith } from '../session/stage/samples.ts';
import { createPainter } from './painter.ts';

let sessions: Session[];
let drawn: string[];
let paint: 'works' | 'fails';

beforeEach(() => {
  vi.useFakeTimers({ now: 10_000 });
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  sessions = [];
  drawn = [];
  paint = 'works';
  return () => void vi.useRealTimers();
});

const create = () =>
  createPainter(
    () => sessions,
    () => new Set(),
    Date.now,
    async (icon, badge) => {
      if (paint === 'fails') throw new Error('no button');
      drawn.push(`${icon} ${badge}`.trim());
    },
  );

describe('the button', () => {
  it('is drawn when it looks different, and only then', async () => {
    const painter = create();
    painter.changed();
    painter.changed();
    sessions = [sessionWith({ state: is.open })];
    painter.changed();
    painter.changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(drawn).toEqual(['none', 'on']);
  });

  it('counts every second of a countdown, and stops with it', async () => {
    sessions = [sessionWith({ state: { ...is.countingDown, until: 13_000 } })];
    const painter = create();
    painter.changed();
    await vi.advanceTimersByTimeAsync(2_000);
    sessions = [];
    painter.changed();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(drawn).toEqual(['owed 3', 'owed 2', 'owed 1', 'none']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is drawn again after a failure', async () => {
    const painter = create();
    paint = 'fails';
    painter.changed();
    await vi.advanceTimersByTimeAsync(0);
    paint = 'works';
    painter.changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(drawn).toEqual(['none']);
  });
});
