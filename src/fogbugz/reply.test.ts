import { describe, expect, it } from 'vitest';
import { refusal } from './reply.ts';
import { secret } from './stage/loopback.ts';

describe('a refusal', () => {
  const no = (message: string) => ({ is: 'no', code: 26, message, people: ['Ada'] }) as const;

  it('keeps the message short', () => {
    expect(refusal(no(` ${'x'.repeat(5000)}`), [])).toEqual({
      is: 'refused',
      code: 26,
      message: 'x'.repeat(300),
    });
  });

  it('shows no secret that the server repeats, not even one cut in half', () => {
    const message = `${'x'.repeat(290)}${secret}`;
    expect(refusal(no(message), [secret])).toMatchObject({ message: `${'x'.repeat(290)}••••` });
  });

  it('shows no secret in the form it was sent in', () => {
    const password = 'a "b" & c';
    const said = 'password=a+%22b%22+%26+c {"password":"a \\"b\\" & c"} a "b" & c';
    expect(refusal(no(said), [password])).toMatchObject({
      message: 'password=•••• {"password":"••••"} ••••',
    });
  });

  it('leaves the message alone when the password is empty', () => {
    expect(refusal(no('No.'), [''])).toMatchObject({ message: 'No.' });
  });
});
