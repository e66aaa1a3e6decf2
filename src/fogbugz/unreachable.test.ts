import { expect, it } from 'vitest';
import { plainReason } from './unreachable.ts';

const because = (code: unknown) => plainReason(new TypeError('fetch failed', { cause: { code } }));

it.each(['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET'])('has words for %s', code => {
  expect(because(code)).not.toBe('no connection');
});

it.each(['constructor', '__proto__', 'toString', 'E_NEW', 7, undefined])(
  'has no words of its own for %s',
  code => {
    expect(because(code)).toBe('no connection');
  },
);
