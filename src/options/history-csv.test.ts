import { describe, expect, it } from 'vitest';
import { historyOf } from '../session/stage/samples.ts';
import type { HistoryEntry } from '../session/view.ts';
import { english } from '../ui/english.ts';
import { csvName, historyCsv } from './history-csv.ts';

const csv = (...entries: readonly Partial<HistoryEntry>[]) => historyCsv(historyOf(...entries), english.say);
const personCell = (person: string) =>
  csv({ person }).split('https://acme.fogbugz.com/,')[1]?.split(',last tab')[0];

describe('the history as CSV', () => {
  it('has a head and a line for each entry, each ended as RFC 4180 wants it', () => {
    const text = csv({ at: Date.UTC(2026, 4, 6, 7, 8, 9), person: 'Ada', trigger: 'click', ms: 42.6 });
    expect(text).toBe(
      '\uFEFFTime,Site,Person,Why,Outcome,Attempts,Took (ms),Proof\r\n' +
        '2026-05-06T07:08:09.000Z,https://acme.fogbugz.com/,Ada,you clicked Log off,logged off,1,43,not confirmed\r\n',
    );
  });

  it('keeps commas, quotes and line ends inside their cell', () => {
    expect(personCell('Lovelace, Ada')).toBe('"Lovelace, Ada"');
    expect(personCell('Ada "the Countess"')).toBe('"Ada ""the Countess"""');
    expect(personCell('Ada\r\nLovelace')).toBe('"Ada\r\nLovelace"');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('makes no formula of a name such as %j', name => {
    expect(personCell(name)).toBe(`'${name}`);
  });

  it('makes no formula of a name that is quoted either', () => {
    expect(personCell('=HYPERLINK("http://evil.example","x")')).toBe(
      `"'=HYPERLINK(""http://evil.example"",""x"")"`,
    );
  });

  it('names the file by the day', () => {
    expect(csvName(new Date(2026, 0, 9, 23, 59))).toBe('logoff-history-2026-01-09.csv');
  });
});
