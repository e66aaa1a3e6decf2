import type { Token } from '../token.ts';
import { ask } from './ask.ts';
import { errorCodes } from './error-codes.ts';
import type { CheckOutcome } from './outcome.ts';
import { refusal } from './reply.ts';
import { checkRequest, viewPersonRequest } from './request.ts';
import type { SendOptions } from './send.ts';
import type { Site } from './site.ts';

/** Whether the token still opens its site. Ends nothing and starts nothing. */
export async function check(site: Site, token: Token, options?: SendOptions): Promise<CheckOutcome> {
  const first = await ask(site, checkRequest(site, token), options);
  // A server that misses a password here says nothing about the token. One that only reads can't be asked for one.
  const answer =
    first.is === 'no' && aboutPasswords.includes(first.code)
      ? await ask(site, viewPersonRequest(site, token), options)
      : first;
  if (answer.is === 'yes') return { is: 'alive' };
  if (answer.is !== 'no') return answer;
  return answer.code === errorCodes.notLoggedOn ? { is: 'dead' } : refusal(answer, [token.reveal()]);
}

const aboutPasswords: readonly number[] = [
  errorCodes.incorrectPassword,
  errorCodes.argumentMissing,
  errorCodes.twoFactor,
];
