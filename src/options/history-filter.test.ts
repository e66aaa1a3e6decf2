import { describe, expect, it } from 'vitest';
import { historyOf } from '../session/stage/samples.ts';
import { english } from '../ui/english.ts';
import { filterHistory, type HistoryFilter, isNarrow, noFilter } from './history-filter.ts';

const history = historyOf(
  { id: 'a', site: 'https://acme.fogbugz.com/', person: 'Ada Lovelace', trigger: 'last-tab' },
  {
    id: 'b',
    site: 'https://acme.fogbugz.com/',
    person: 'José Núñez',
    trigger: 'click',
    outcome: 'already-off',
  },
  { id: 'c', site: 'https://fogbugz.example/bugs/', person: '', trigger: 'click', outcome: 'forgotten' },
);
const found = (filter: Partial<HistoryFilter>) =>
  filterHistory(history, { ...noFilter, ...filter }, english.say).map(({ id }) => id);

describe('the filter of the history', () => {
  it('shows everything where it is empty', () => {
    expect(found({})).toEqual(['a', 'b', 'c']);
    expect(found({ text: '  ' })).toEqual(['a', 'b', 'c']);
    expect(isNarrow(noFilter)).toBe(false);
    expect(isNarrow({ ...noFilter, text: ' ' })).toBe(false);
  });

  it('narrows by site, trigger and outcome, and by all of them together', () => {
    expect(found({ site: 'https://acme.fogbugz.com/' })).toEqual(['a', 'b']);
    expect(found({ trigger: 'click' })).toEqual(['b', 'c']);
    expect(found({ outcome: 'forgotten' })).toEqual(['c']);
    expect(found({ site: 'https://acme.fogbugz.com/', trigger: 'click', outcome: 'forgotten' })).toEqual([]);
  });

  it('looks for words in what is read, in any order', () => {
    expect(found({ text: 'last tab closed' })).toEqual(['a']);
    expect(found({ text: 'acme ada' })).toEqual(['a']);
    expect(found({ text: 'ada acme' })).toEqual(['a']);
    expect(found({ text: 'example/bugs' })).toEqual(['c']);
    expect(found({ text: 'already-off' })).toEqual([]);
  });

  it('minds neither capitals nor accents', () => {
    expect(found({ text: 'jose NUNEZ' })).toEqual(['b']);
    expect(found({ text: 'José Núñez' })).toEqual(['b']);
  });

  it('takes no character for a pattern', () => {
    expect(found({ text: '.*' })).toEqual([]);
  });
});
