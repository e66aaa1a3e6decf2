import type { Answer } from './answer.ts';
import type { Failure } from './outcome.ts';
import { readReply } from './reply.ts';
import type { WireRequest } from './request.ts';
import { type SendOptions, send } from './send.ts';
import type { Site } from './site.ts';

/** Sends a command to its site and reads the answer. A redirect is refused: commands carry tokens and passwords. */
export async function ask(
  site: Site,
  request: WireRequest,
  options?: SendOptions,
): Promise<Answer | Failure> {
  const reply = await send(request, options);
  return reply.is === 'reply' ? readReply(site.dialect, reply) : reply;
}
