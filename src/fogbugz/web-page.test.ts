import { describe, expect, it } from 'vitest';
import { pageLogOffForm, pageLogOffUrl, readPage } from './web-page.ts';

const base = 'https://acme.fogbugz.com/';
const read = (path: string, text: string, status = 200) => readPage({ url: `${base}${path}`, status, text });

describe('a page', () => {
  it.each([
    ['at its address', 'login', '<p>Welcome</p>'],
    ['at its address with a slash, and where to go then', 'Login/?dest=%2Ff', '<p>Welcome</p>'],
    ['of an old release', 'default.asp?pre=preLogon', '<p>Welcome</p>'],
    ['of an old release, with more in its query', 'default.asp?x=1&pre=preLogon&y=2', '<p>Welcome</p>'],
    ['by its field', 'default.asp', '<form><input type="password" name="sPassword" id="p"></form>'],
    ['by its field, in old HTML', '', '<INPUT TYPE=PASSWORD NAME=sPassword>'],
  ])('asks to log on: %s', (_, path, text) => {
    expect(read(path, text)).toBe('logged-off');
  });

  it('asks to log on whatever its status is', () => {
    expect(read('login', 'Forbidden', 403)).toBe('logged-off');
  });

  it.each([
    ['cases', 'f/cases', '<ul><li>Moth in the relay</li></ul>'],
    ['a page about log-ons', 'f/filters?search=login', 'How to login'],
    ['a case called login', 'f/cases/1/login-fails', 'Case 1'],
    ['a password in a text', 'f/cases/1', 'the field sPassword is missing'],
  ])('shows something: %s', (_, path, text) => {
    expect(read(path, text)).toBe('something');
  });

  it.each([
    [404, 'Not found'],
    [503, 'Maintenance'],
    [200, ''],
    [200, ' \n'],
    [304, 'x'],
  ])('is nothing with status %i and %j', (status, text) => {
    expect(read('f/cases', text, status)).toBe('nothing');
  });
});

describe("the pages' log-off", () => {
  it('is below the base', () => {
    expect(pageLogOffUrl({ base: 'http://intranet/fogbugz/' })).toBe(
      'http://intranet/fogbugz/default.asp?pre=preLogOff',
    );
  });

  it.each([
    ['<input type="hidden" name="__RequestVerificationToken" value="aB3+/=-_.x">', 'aB3+/=-_.x'],
    ["<form><INPUT value='abc' name='__RequestVerificationToken'></form>", 'abc'],
    ['<input name=__RequestVerificationToken value=abc><input name="other" value="def">', 'abc'],
    ['<input name="other" value="def"><input name="__RequestVerificationToken" value="abc" />', 'abc'],
  ])('sends the field back that its page has: %s', (text, value) => {
    expect([...new URLSearchParams(pageLogOffForm(text))]).toEqual([['__RequestVerificationToken', value]]);
  });

  it.each([
    '',
    '<p>Good-bye</p>',
    '<input name="__RequestVerificationToken">',
    '<input name="other" value="x">',
  ])('sends nothing where it has none: %s', text => {
    expect(pageLogOffForm(text)).toBe('');
  });
});
