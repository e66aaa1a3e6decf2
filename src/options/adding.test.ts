import { describe, expect, test } from 'vitest';
import type { SiteAdded } from '../browser/commands.ts';
import type { SiteView } from '../browser/face.ts';
import { english } from '../ui/english.ts';
import { type Adding, addingWords, judge, movedTo } from './adding.ts';

const intranet = 'https://intranet/fogbugz/';
const site = (base: string, own: boolean): SiteView => ({
  base,
  own,
  dialect: 'json',
  curl: { json: '', xml: '' },
});

describe('an address', () => {
  test('is tidied before it is added', () => {
    expect(judge('intranet/fogbugz/default.asp?x=1', [])).toEqual({ is: 'addable', base: intranet });
  });

  test('on demand works already', () => {
    expect(judge('acme.fogbugz.com', [])).toMatchObject({ is: 'on-demand' });
  });

  test('is not added twice, but again after it was removed', () => {
    expect(judge(intranet, [site(intranet, true)])).toMatchObject({ is: 'known' });
    expect(judge(intranet, [site(intranet, false)])).toMatchObject({ is: 'addable' });
  });

  test('without encryption has to be wanted', () => {
    expect(judge('http://intranet:8080/', [])).toEqual({ is: 'insecure', base: 'http://intranet:8080/' });
  });

  test('that is none is refused', () => {
    expect(judge('', [])).toMatchObject({ is: 'bad-address' });
  });
});

describe('the user is told', () => {
  const told = (adding: Adding) => addingWords(adding, english);
  const answered = (answer: SiteAdded): Adding => ({ is: 'answered', base: intranet, answer });

  test.each([
    [{ is: 'bad-address', why: 'credentials' }, /name or a password/],
    [{ is: 'on-demand', base: 'https://acme.fogbugz.com/' }, /acme\.fogbugz\.com works already/],
    [{ is: 'known', base: intranet }, /already in the list/],
    [{ is: 'asking', base: intranet }, /intranet/],
    [{ is: 'not-allowed', base: intranet }, /was not added/],
    [answered({ is: 'added', base: intranet }), /is in the list now/],
    [answered({ is: 'moved' }), /leads to another address/],
    [answered({ is: 'bad-address' }), /not an address/],
    [answered({ is: 'failed', obstacle: { is: 'not-fogbugz', status: 404 } }), /not as FogBugz does/],
    [{ is: 'lost' }, /did not take that in/],
  ] as const)('what became of it: %j', (adding, words) => {
    expect(told(adding)?.happened).toMatch(words);
  });

  test('nothing yet, while there is a question to answer', () => {
    expect(told({ is: 'insecure', base: 'http://intranet/' })).toBeUndefined();
    const moved = answered({ is: 'moved', to: 'https://bugs.example.com/' });
    expect(told(moved)).toBeUndefined();
    expect(movedTo(moved)).toBe('https://bugs.example.com/');
    expect(movedTo(answered({ is: 'moved' }))).toBeUndefined();
  });
});
