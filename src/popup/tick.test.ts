import { expect, test } from 'vitest';
import { viewWith } from '../session/stage/samples.ts';
import type { SessionView } from '../session/view.ts';
import { tickMsOf, tickOf } from './tick.ts';

const open = viewWith();

test('ticks each second while seconds are shown', () => {
  const counting: SessionView = { ...open, state: { is: 'counting-down', trigger: 'last-tab', until: 1 } };
  expect(tickMsOf([open, counting])).toBe(1000);
});

test('ticks each minute for "confirmed 2 minutes ago"', () => {
  expect(tickMsOf([{ ...open, seenAliveAt: 0 }])).toBe(60_000);
});

test('stands still when nothing shown depends on the time', () => {
  expect(tickMsOf([open])).toBeUndefined();
  expect(tickMsOf([])).toBeUndefined();
  const sending = { is: 'owed', trigger: 'click', since: 0, attempts: 1 } as const;
  expect(tickMsOf([{ ...open, state: sending }])).toBeUndefined();
});

test('what counts down depends on each second, all else on each minute', () => {
  const counting: SessionView = { ...open, state: { is: 'counting-down', trigger: 'last-tab', until: 1 } };
  expect(tickOf(counting, 61_000)).not.toBe(tickOf(counting, 62_000));
  for (const session of [open, { ...open, seenAliveAt: 0 }]) {
    expect(tickOf(session, 61_000)).toBe(tickOf(session, 119_000));
    expect(tickOf(session, 61_000)).not.toBe(tickOf(session, 121_000));
  }
});
