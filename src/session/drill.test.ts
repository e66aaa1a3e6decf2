import { describe, expect, it } from 'vitest';
import { type Drill, type DrillEnd, isWaiting, verdictOf } from './drill.ts';

const closedAt = 10_000;
const backAt = 60_000;

function drillWith(changes: Partial<Drill> = {}): Drill {
  return {
    session: 'one',
    site: 'https://acme.fogbugz.com/',
    whose: 'drill',
    stayedOnce: false,
    since: 0,
    told: false,
    keptByRules: false,
    ...changes,
  };
}
function endWith(changes: Partial<DrillEnd> = {}): DrillEnd {
  return {
    at: closedAt + 40,
    trigger: 'browser-close',
    outcome: 'logged-off',
    ms: 40,
    confirmed: true,
    ...changes,
  };
}

describe('the verdict of a close drill', () => {
  it('waits for the close, and then for an answer', () => {
    expect(verdictOf(drillWith())).toEqual({ is: 'waiting' });
    expect(isWaiting(drillWith())).toBe(true);
    expect(verdictOf(drillWith({ backAt }))).toEqual({ is: 'owed' });
    expect(isWaiting(drillWith({ backAt }))).toBe(false);
  });

  it('credits the closing browser with an answer that it lived to hear', () => {
    const verdict = { is: 'closing', took: 40, proven: true };
    expect(verdictOf(drillWith({ end: endWith() }))).toEqual(verdict);
    expect(verdictOf(drillWith({ end: endWith(), backAt }))).toEqual(verdict);
  });

  it('claims no time for what the next start found done', () => {
    const end = endWith({ at: backAt + 90, trigger: 'startup', outcome: 'already-off', ms: 90 });
    expect(verdictOf(drillWith({ backAt, end }))).toEqual({ is: 'closing', proven: true });
  });

  it('does not credit the closing browser with what it sent in vain', () => {
    const end = endWith({ at: backAt + 90, ms: backAt + 90 - closedAt, confirmed: false });
    expect(verdictOf(drillWith({ backAt, end }))).toEqual({ is: 'next-start', after: 90, proven: false });
  });

  it('credits the Guard by its receipt, and the closing browser where the Guard came too late', () => {
    const end = endWith({ trigger: 'guard', ms: 120, ended: 'browser-died' });
    expect(verdictOf(drillWith({ backAt, end }))).toEqual({
      is: 'guard',
      after: 120,
      ended: 'browser-died',
      proven: true,
    });
    const late = endWith({ trigger: 'guard', outcome: 'already-off', ms: 130, ended: 'browser-closed' });
    expect(verdictOf(drillWith({ backAt, end: late }))).toEqual({ is: 'closing', within: 130, proven: true });
  });

  it('says nothing of the close when the session ended before it', () => {
    for (const trigger of ['click', 'last-tab', 'idle', 'site-removed'] as const) {
      expect(verdictOf(drillWith({ end: endWith({ trigger }) }))).toEqual({ is: 'other-way', trigger });
      expect(verdictOf(drillWith({ end: endWith({ trigger }), backAt }))).toEqual({
        is: 'other-way',
        trigger,
      });
    }
    const end = endWith({ trigger: 'cookie-gone', outcome: 'by-page' });
    expect(verdictOf(drillWith({ end }))).toEqual({ is: 'other-way', trigger: 'cookie-gone' });
  });

  it('tells of a log-off that nobody will make, and of rules that keep the session', () => {
    expect(verdictOf(drillWith({ backAt, end: endWith({ outcome: 'forgotten' }) }))).toEqual({
      is: 'forgotten',
    });
    const end = endWith({ at: backAt + 5, trigger: 'startup' });
    expect(verdictOf(drillWith({ backAt, keptByRules: true, end }))).toEqual({ is: 'kept', proven: true });
  });
});
