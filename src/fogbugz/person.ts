import type { Token } from '../token.ts';
import { ask } from './ask.ts';
import { errorCodes } from './error-codes.ts';
import type { Failure } from './outcome.ts';
import { refusal } from './reply.ts';
import { viewPersonRequest } from './request.ts';
import type { SendOptions } from './send.ts';
import type { Site } from './site.ts';

export type PersonOutcome =
  /** Trimmed, the first of several e-mail addresses; either may be empty, not both. */
  | { readonly is: 'person'; readonly name: string; readonly email: string }
  | { readonly is: 'not-logged-on' }
  | Failure;

/** Whose token it is. */
export async function viewPerson(site: Site, token: Token, options?: SendOptions): Promise<PersonOutcome> {
  const answer = await ask(site, viewPersonRequest(site, token), options);
  if (answer.is === 'yes') {
    return answer.person ? { is: 'person', ...answer.person } : { is: 'not-fogbugz', status: 200 };
  }
  if (answer.is !== 'no') return answer;
  return answer.code === errorCodes.notLoggedOn ? { is: 'not-logged-on' } : refusal(answer, [token.reveal()]);
}
