import { describe, expect, it } from 'vitest';
import { readApiXml, readXml } from './xml.ts';

const yes = { is: 'yes', token: undefined, person: undefined };

describe('an XML reply', () => {
  it.each([
    ['an empty response', '<response></response>'],
    ['the shortest one', '<response/>'],
    ['a byte order mark', '\uFEFF<?xml version="1.0" encoding="UTF-8"?><response></response>'],
    ['an empty line first', '\r\n<?xml version="1.0" encoding="UTF-8"?>\r\n<response>\r\n</response>\r\n'],
    ['unknown elements', '<response><news>x<error code="3">deep</error></news><constructor/></response>'],
  ])('is a yes with %s', (_, text) => {
    expect(readXml(text)).toEqual(yes);
  });

  it.each([
    ['in CDATA', '<response><token><![CDATA[t0]]></token></response>'],
    ['without CDATA', '<response><token>t0</token></response>'],
  ])('has a token %s', (_, text) => {
    expect(readXml(text)).toEqual({ ...yes, token: 't0' });
  });

  it.each([
    ['in CDATA', '<response><error code="1"><![CDATA[Wrong & bad]]></error></response>'],
    ['without CDATA', "<response><error code='1'>Wrong &amp; bad</error></response>"],
  ])('has an error %s', (_, text) => {
    expect(readXml(text)).toEqual({ is: 'no', code: 1, message: 'Wrong & bad', people: [] });
  });

  it.each(['', 'code=""', 'code="x"', 'code="1e3"', 'code="99999999999"', 'code="constructor"'])(
    'has an error without a usable code: %s',
    attribute => {
      expect(readXml(`<response><error ${attribute}>No</error></response>`)).toMatchObject({
        is: 'no',
        code: 0,
      });
    },
  );

  it('lists ambiguous people', () => {
    expect(
      readXml(
        '<response><error code="2">Ambiguous Logon</error><people><person>John Hancock</person><other/><person><![CDATA[ Fred Astaire ]]></person><person/></people></response>',
      ),
    ).toEqual({ is: 'no', code: 2, message: 'Ambiguous Logon', people: ['John Hancock', 'Fred Astaire'] });
  });

  it.each([
    ['nothing', ''],
    [
      'HTML',
      '<!DOCTYPE html><html><head><title>Maintenance</title></head><body><p>Back soon<br></body></html>',
    ],
    ['XHTML', '<html xmlns="http://www.w3.org/1999/xhtml"><body><response/></body></html>'],
    ['half a response', '<response><token>t0</tok'],
    ['another root', '<Response></Response>'],
    ['JSON', '{"data":{},"errors":[],"meta":{}}'],
    ['plain words', 'ok'],
  ])('is not seen in %s', (_, text) => {
    expect(readXml(text)).toBeUndefined();
  });

  it('never expands an entity that the reply defines', () => {
    const lines = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};&e${n};&e${n};">`);
    const bomb = `<!DOCTYPE response [<!ENTITY e0 "ha">${lines.join('')}]>`;
    expect(readXml(`${bomb}<response><token>&e30;</token></response>`)).toBeUndefined();
    expect(readXml(`${bomb}<response></response>`)).toEqual(yes);
    const outside = '<!DOCTYPE response [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
    expect(readXml(`${outside}<response><token>&e;</token></response>`)).toBeUndefined();
  });

  it('survives elements nested as deep as a megabyte allows', () => {
    const depth = 80_000;
    expect(readXml(`<response>${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</response>`)).not.toMatchObject({
      is: 'no',
    });
    expect(
      readXml(`<response><error>${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</error></response>`)?.is,
    ).not.toBe('yes');
  });
});

describe('api.xml', () => {
  it('gives the endpoint', () => {
    expect(
      readApiXml(
        '\uFEFF<?xml version="1.0" encoding="UTF-8"?><response><version>8</version><minversion>1</minversion><new/><url>api.asp?id=x&amp;</url></response>',
      ),
    ).toBe('api.asp?id=x&');
  });

  it.each([
    '<response/>',
    '<response><url> </url></response>',
    '<html><url>api.asp?</url></html>',
    'maintenance',
  ])('gives none when it is %s', text => {
    expect(readApiXml(text)).toBeUndefined();
  });
});
