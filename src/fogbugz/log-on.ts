import { Token } from '../token.ts';
import { ask } from './ask.ts';
import { errorCodes } from './error-codes.ts';
import type { Failure } from './outcome.ts';
import { refusal } from './reply.ts';
import { logOnRequest } from './request.ts';
import type { SendOptions } from './send.ts';
import type { Site } from './site.ts';

export type LogOnOutcome =
  | { readonly is: 'logged-on'; readonly token: Token }
  /** Several people have that e-mail address: log on again with one of these full names in its place. */
  | { readonly is: 'ambiguous'; readonly people: readonly string[] }
  /** Error 1. Some releases say so for two-factor authentication as well: say both to the user. */
  | { readonly is: 'wrong-password' }
  /** Error 29: no password will do through the API; the web page or a pasted token will. */
  | { readonly is: 'two-factor' }
  | Failure;

/** Opens a session. `email` may be a full name. Neither is kept. */
export async function logOn(
  site: Site,
  email: string,
  password: string,
  options?: SendOptions,
): Promise<LogOnOutcome> {
  const answer = await ask(site, logOnRequest(site, email, password), options);
  if (answer.is === 'yes') {
    const token = Token.parse(answer.token?.trim() ?? '');
    return token ? { is: 'logged-on', token } : { is: 'not-fogbugz', status: 200 };
  }
  if (answer.is !== 'no') return answer;
  switch (answer.code) {
    case errorCodes.incorrectPassword:
      return { is: 'wrong-password' };
    case errorCodes.ambiguousLogOn:
      return { is: 'ambiguous', people: answer.people };
    case errorCodes.twoFactor:
      return { is: 'two-factor' };
    default:
      return refusal(answer, [password]);
  }
}
