import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { Token } from './token.ts';

const secret = 'ku7fkmvbr3hq9ed1s52p0lnc4ta8go';
const masked = '••••';

function tokenOf(text: string): Token {
  const token = Token.parse(text);
  if (!token) throw new TypeError('not a token');
  return token;
}
const token = tokenOf(secret);

describe('a token', () => {
  it.each([
    ['as FogBugz makes them', secret],
    ['of the shortest length', 'a'.repeat(8)],
    ['of the longest length', 'a'.repeat(256)],
    ['of printable ASCII', '!"#$%&()*+,-./:;<=>?@[]^_`{|}~'],
  ])('is read from text %s', (_, text) => {
    expect(Token.parse(text)?.reveal()).toBe(text);
  });

  it.each([
    ['empty', ''],
    ['too short', 'a'.repeat(7)],
    ['too long', 'a'.repeat(257)],
    ['with a space', `${secret} `],
    ['with a line break at its end', `${secret}\n`],
    ['with another line', `${secret}\n${secret}`],
    ['with a control character', `${secret}\u0000`],
    ['beyond ASCII', `${secret}é`],
    ['of its own mask', masked.repeat(8)],
  ])('is not read from text %s', (_, text) => {
    expect(Token.parse(text)).toBeUndefined();
  });

  it('equals a token of the same value and no other', () => {
    expect(token.equals(tokenOf(secret))).toBe(true);
    expect(token.equals(tokenOf(secret.toUpperCase()))).toBe(false);
  });

  it('is told apart from text by the compiler', () => {
    expectTypeOf(token).not.toExtend<string>();
    expectTypeOf<string>().not.toExtend<Token>();
    expectTypeOf<{ reveal(): string; equals(other: Token): boolean }>().not.toExtend<Token>();
  });
});

describe('a token that is shown by accident', () => {
  it.each<[string, string]>([
    ['in a template', `${token}`],
    ['joined to text', `${'token: '}${token}`],
    ['by String', String(token)],
    ['by toString', token.toString()],
    ['by toLocaleString', token.toLocaleString()],
    ['in a joined list', [token].join()],
    ['as JSON', JSON.stringify(token)],
    ['deep in JSON', JSON.stringify({ session: { token, list: [token] } })],
    ['in a query', new URLSearchParams([['token', String(token)]]).toString()],
    ['as an error message', new Error(`Not sent: ${token}`).message],
    ['in an error that is printed', String(new TypeError(String(token)))],
    ['in a formatted text', format('%s', String(token))],
    ['as a key', Object.keys({ [String(token)]: 1 }).join()],
  ])('shows a mask %s', (_, shown) => {
    expect(decodeURIComponent(shown)).toContain(masked);
    expect(shown).not.toContain(secret);
  });

  it.each<[string, string]>([
    ['inspected', inspect(token)],
    ['inspected with all that is hidden', inspect(token, { showHidden: true, depth: 9, getters: true })],
    ['inspected deep in an object', inspect({ session: { token } }, { depth: 9, showHidden: true })],
    ['formatted as an object', format('%o %O %j %s %d', token, token, token, token, token)],
    ['as the cause of an error', inspect(new Error('Not sent', { cause: token }), { showHidden: true })],
    ['spread', JSON.stringify({ ...token })],
    ['listed', JSON.stringify([Object.entries(token), Reflect.ownKeys(token)])],
    ['cloned, as a message or a store does it', inspect(structuredClone(token), { showHidden: true })],
  ])('does not show its value when %s', (_, shown) => {
    expect(shown).not.toContain(secret);
  });

  it('does not reach a console', () => {
    let written = '';
    const stream = new Writable({
      write(chunk, _, done) {
        written += String(chunk);
        done();
      },
    });
    const console = new Console(stream, stream);
    console.log(token, { token }, [token], `${token}`);
    console.error(new Error(`Not sent: ${token}`, { cause: { token } }));
    console.dir({ token }, { showHidden: true, depth: 9 });
    console.table([{ token }]);
    expect(written).toContain(masked);
    expect(written).not.toContain(secret);
  });
});
