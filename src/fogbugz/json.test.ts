import { describe, expect, it } from 'vitest';
import { readJson } from './json.ts';
import { envelope, errorEnvelope } from './stage/loopback.ts';

const yes = { is: 'yes', token: undefined, person: undefined };

describe('a JSON reply', () => {
  it('is read from an envelope with every field', () => {
    expect(readJson(envelope({ data: { token: 't0' } }))).toEqual({ ...yes, token: 't0' });
  });

  it.each([
    ['data null', envelope({ data: null })],
    ['data missing', envelope({ data: undefined })],
    ['a byte order mark', `\uFEFF${envelope()}`],
    ['meta null', envelope({ meta: null })],
    ['details of another type', envelope({ warnings: 1, meta: { jsdbInvalidator: 1 }, maxCacheAge: 'x' })],
    ['an unknown field', envelope({ more: [] })],
    ['a token that is no text', envelope({ data: { token: 7 } })],
  ])('is a yes with %s', (_, text) => {
    expect(readJson(text)).toEqual(yes);
  });

  it.each([
    ['a string', '3', 3],
    ['a number', 3, 3],
    ['missing', undefined, 0],
    ['null', null, 0],
    ['a word', 'constructor', 0],
    ['an object', { toString: 3 }, 0],
    ['negative', -3, 0],
  ])('has an error code that is %s', (_, code, expected) => {
    expect(readJson(errorEnvelope(code, 'Error 3: Not logged in'))).toEqual({
      is: 'no',
      code: expected,
      message: 'Error 3: Not logged in',
      people: [],
    });
  });

  it('is a no without details if the errors are of an unknown form, or only announced', () => {
    const no = { is: 'no', code: 0, message: '', people: [] };
    expect(readJson(envelope({ errors: ['no'] }))).toEqual(no);
    expect(readJson(envelope({ errors: [null] }))).toEqual(no);
    expect(readJson(envelope({ errorCode: 400 }))).toEqual(no);
  });

  it.each([
    '',
    '{',
    'null',
    '"ok"',
    '[]',
    '{}',
    '{"data":{}}',
    '{"errors":[]}',
    '{"status":"ok","data":{}}',
    '{"data":{},"errors":null}',
    '{"data":{},"errors":{"length":0}}',
    '{"__proto__":{"errors":[],"data":{}}}',
    '{"constructor":{"prototype":{"errors":[]}},"data":{}}',
    '<html></html>',
  ])('is not seen in %s', text => {
    expect(readJson(text)).toBeUndefined();
  });

  it('leaves the prototype of everything as it was', () => {
    readJson('{"__proto__":{"polluted":1},"data":{"__proto__":{"polluted":1}},"errors":[],"meta":{}}');
    expect('polluted' in {}).toBe(false);
  });

  it('lists ambiguous people from the top or from data, as names or as persons, leaving out what is neither', () => {
    const names = ['John Hancock', 'Fred Astaire'];
    const persons = [
      { sFullName: ' John Hancock ' },
      7,
      null,
      '',
      { sFullName: 'Fred Astaire', sEmail: 'f@x' },
    ];
    for (const extra of [{ people: names }, { data: { people: names } }, { people: persons }]) {
      expect(readJson(errorEnvelope(2, 'Ambiguous', extra))).toMatchObject({ people: names });
    }
  });

  it('lists no more than a hundred people, and no name too long to be one', () => {
    const people = ['x'.repeat(300), ...Array.from({ length: 5000 }, (_, index) => `Person ${index}`)];
    const answer = readJson(errorEnvelope(2, 'Ambiguous', { people }));
    expect(answer).toMatchObject({ people: { length: 100, 0: 'Person 0' } });
  });
});
