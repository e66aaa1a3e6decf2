import { describe, expect, it } from 'vitest';
import type { Drill, DrillEnd } from '../session/drill.ts';
import { english } from '../ui/english.ts';
import { drillWords, unfitWords } from './drill-words.ts';

const end: DrillEnd = {
  at: 50,
  trigger: 'browser-close',
  outcome: 'logged-off',
  ms: 43,
  confirmed: true,
};
function words(changes: Partial<Drill>, guarding: 'off' | 'resting' | 'connecting' = 'resting') {
  const drill: Drill = {
    session: 'one',
    site: 'https://acme.fogbugz.com/',
    whose: 'drill',
    stayedOnce: false,
    since: 0,
    told: false,
    keptByRules: false,
    ...changes,
  };
  return drillWords(drill, { is: guarding }, english);
}
const byGuard = { ...end, trigger: 'guard', ms: 120 } as const;

describe('the words for a close drill', () => {
  it('tell what to do, and that the server has not answered', () => {
    expect(words({}).happened).toContain('Now close all windows');
    expect(words({ backAt: 100 }).happened).toContain('has not answered yet');
  });

  it('tell who ended it, how fast, and whether that is proven', () => {
    expect(words({ end })).toMatchObject({ tone: 'good', happened: expect.stringContaining('43 ms') });
    expect(words({ end }).happened).toContain('has confirmed');
    expect(words({ end: { ...end, confirmed: false } })).toMatchObject({
      tone: 'plain',
      happened: expect.stringContaining('has not confirmed yet'),
    });
    expect(words({ backAt: 100, end: { ...byGuard, ended: 'browser-died' } }).happened).toContain(
      'Guard logged acme.fogbugz.com off, 120 ms after the browser had died',
    );
    expect(
      words({ backAt: 100, end: { ...byGuard, outcome: 'already-off', ended: 'browser-closed' } }).happened,
    ).toContain('120 ms later the Guard found it done');
    expect(words({ backAt: 100, end: { ...end, at: 190, trigger: 'startup' } }).advice).toContain('did not');
    expect(words({ backAt: 100, end: { ...end, at: 190, trigger: 'startup' } }, 'off').advice).toContain(
      'would end it sooner',
    );
    expect(words({ backAt: 100, end: { ...end, at: 190, trigger: 'startup' } }).happened).toContain(
      'logged off 90 ms later',
    );
  });

  it('credit nobody before the Guard has said what it did', () => {
    const found = { backAt: 100, end: { ...end, at: 190, outcome: 'already-off' } } as const;
    expect(words(found, 'connecting').happened).toContain('Asking the Guard');
    expect(words(found).happened).toContain('what it sent as it closed got through');
  });

  it('tell a drill that shows nothing, and say each ending differently', () => {
    const other = words({ end: { ...end, trigger: 'click' } });
    expect(other).toMatchObject({ tone: 'plain', happened: expect.stringContaining('you clicked') });
    const guards = (['browser-died', 'browser-closed', 'extension-gone', 'shutting-down'] as const).map(
      ended => words({ backAt: 100, end: { ...byGuard, ended } }).happened,
    );
    expect(new Set(guards).size).toBe(4);
    expect(words({ backAt: 1, keptByRules: true, end }).tone).toBe('bad');
    expect(words({ backAt: 1, end: { ...end, outcome: 'forgotten' } }).happened).toContain('given up');
  });

  it('tell why one does not begin', () => {
    const all = (['api-key', 'private', 'kept-by-rules', 'ended'] as const).map(
      why => unfitWords(why, english.say).happened,
    );
    expect(new Set(all).size).toBe(4);
  });
});
