import type { Token } from '../token.ts';
import { check } from './check.ts';
import { errorCodes } from './error-codes.ts';
import type { LogOffOutcome } from './outcome.ts';
import { type Reply, readReply, refusal } from './reply.ts';
import { logOffRequest } from './request.ts';
import { type SendOptions, send } from './send.ts';
import type { Dialect, Site } from './site.ts';

/** Ends the token at its site. Sends once; whether to try again is the caller's to decide. */
export async function logOff(site: Site, token: Token, options?: SendOptions): Promise<LogOffOutcome> {
  const reply = await send(logOffRequest(site, token), options);
  if (reply.is !== 'reply') return reply;
  const outcome = judge(site.dialect, reply, [token.reveal()]);
  // A dead token may be answered with nothing at all, and so may anything by a captive portal. So ask.
  const silent = outcome.is === 'not-fogbugz' && reply.status < 300 && reply.text.trim() === '';
  return silent && (await check(site, token, options)).is === 'dead' ? { is: 'already-off' } : outcome;
}

/**
 * Judges the reply to `logOffRequest` when something else than `logOff` has sent it. `status` is HTTP's. Give the
 * token too, if there is one at hand: a server's message might repeat it.
 */
export function readLogOffReply(
  dialect: Dialect,
  status: number,
  text: string,
  token?: Token,
): LogOffOutcome {
  return judge(dialect, { status, text }, token ? [token.reveal()] : []);
}

function judge(dialect: Dialect, reply: Reply, secrets: readonly string[]): LogOffOutcome {
  const answer = readReply(dialect, reply);
  if (answer.is === 'yes') return { is: 'logged-off' };
  if (answer.is !== 'no') return answer;
  return answer.code === errorCodes.notLoggedOn ? { is: 'already-off' } : refusal(answer, secrets);
}
