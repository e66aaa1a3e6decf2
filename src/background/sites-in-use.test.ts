import { describe, expect, it } from 'vitest';
import { sampleStates as is, sessionWith } from '../session/stage/samples.ts';
import { sitesInUse } from './sites-in-use.ts';

const site = 'https://acme.fogbugz.com/';
const nobody = () => false;

describe('the sites whose line is kept up', () => {
  it.each([
    ['open in a tab', { state: is.open }, [site]],
    ['counting down', { state: is.countingDown }, [site]],
    ['open in no tab', { state: is.unused }, []],
    ['owed', { state: is.waiting }, []],
    ['an API key', { kind: 'api-key' }, []],
    ['pasted', { source: { is: 'pasted' } }, []],
  ] as const)('are those of a session that is %s: %#', (_, change, sites) => {
    expect(sitesInUse([sessionWith(change)], nobody, nobody)).toEqual(sites);
  });

  it('are named once, however many sessions they have', () => {
    expect(sitesInUse([sessionWith(), sessionWith({ id: 'two' })], nobody, nobody)).toEqual([site]);
  });

  it('are not those whose sessions the Guard covers', () => {
    expect(sitesInUse([sessionWith()], nobody, id => id === 'one')).toEqual([]);
  });

  it('are those that a drill needs, in a tab or not', () => {
    expect(sitesInUse([sessionWith({ state: is.unused })], id => id === 'one', nobody)).toEqual([site]);
  });
});
