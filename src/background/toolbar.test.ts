import { describe, expect, it } from 'vitest';
import type { State } from '../session/session.ts';
import { sampleStates as is, sessionWith } from '../session/stage/samples.ts';
import { lookOf } from './toolbar.ts';

const look = (...states: readonly State[]) => lookWithout([], ...states);

/** While the extension is kept out of some sites. */
const lookWithout = (missing: readonly string[], ...states: readonly State[]) =>
  lookOf(
    states.map((state, index) => sessionWith({ id: String(index), state })),
    new Set(missing),
    10_500,
  );

describe('the toolbar button', () => {
  it('shows that no session is open', () => {
    expect(look()).toEqual({ icon: 'none', badge: '', tooltip: ['tooltipNone'] });
  });

  it('shows an open session by its host, and several by their number', () => {
    expect(look(is.open)).toEqual({ icon: 'on', badge: '', tooltip: ['tooltipOn', 'acme.fogbugz.com'] });
    expect(look(is.open, is.unused)).toEqual({
      icon: 'on',
      badge: '2',
      tooltip: { key: 'tooltipOnSeveral', count: 2 },
    });
  });

  it('does not count an API key as a session, unless it is being ended', () => {
    const key = (state: State) => sessionWith({ id: 'key', kind: 'api-key', state });
    expect(lookOf([key(is.unused)], new Set(), 10_500).icon).toBe('none');
    expect(lookOf([sessionWith(), key(is.unused)], new Set(), 10_500)).toMatchObject({
      icon: 'on',
      badge: '',
    });
    expect(lookOf([key(is.sending)], new Set(), 10_500).icon).toBe('owed');
  });

  it('counts the seconds down of the session that ends first', () => {
    const sooner = { ...is.countingDown, until: 15_000 };
    expect(look(is.open, is.countingDown, sooner, is.waiting)).toEqual({
      icon: 'owed',
      badge: '5',
      tooltip: ['tooltipCountingDown', 'acme.fogbugz.com'],
    });
    expect(look({ ...is.countingDown, until: 9_000 }).badge).toBe('0');
  });

  it('shows what is owed before what is open', () => {
    expect(look(is.open, is.sending)).toMatchObject({
      icon: 'owed',
      tooltip: ['tooltipOwed', 'acme.fogbugz.com'],
    });
    expect(look(is.sending, is.waiting)).toMatchObject({
      icon: 'owed',
      tooltip: { key: 'tooltipOwedSeveral', count: 2 },
    });
  });

  it('calls it trouble after four attempts, or at once without permission', () => {
    expect(look(is.open, { ...is.waiting, attempts: 3 }).icon).toBe('owed');
    expect(look(is.open, { ...is.waiting, attempts: 4 })).toMatchObject({
      icon: 'trouble',
      tooltip: ['tooltipTrouble'],
    });
    expect(look({ ...is.waiting, attempts: 1, obstacle: { is: 'not-permitted' } }).icon).toBe('trouble');
  });

  it('does not mention what was answered', () => {
    expect(look(is.checking).icon).toBe('none');
  });
});
