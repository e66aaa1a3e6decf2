import { parseAddress } from './address.ts';
import type { Failure } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { WireRequest } from './request.ts';
import { type SendOptions, send } from './send.ts';

/** The address leads to another origin. */
export type Moved = {
  readonly is: 'moved';
  /** A base URL to try, if the user agrees. A browser without permission for the other origin doesn't tell it. */
  readonly to: string | undefined;
};

type Found = {
  readonly is: 'found';
  readonly base: string;
  readonly redirected: boolean;
  readonly reply: Reply;
};

type Question = WireRequest | { readonly url: string; readonly method: 'GET' };

/**
 * Asks a token-free question at `base + path`. A redirect within the origin that keeps `path` at the end shows where
 * the installation really lives; any other leads to a log-on page or the like, where nobody answers for FogBugz.
 */
export async function probe(
  base: string,
  path: string,
  question: (url: string) => Question,
  options: SendOptions | undefined,
  hops = 0,
): Promise<Found | Moved | Failure> {
  const request = question(base + path);
  const reply = await send(request, options, 'followed');
  if (reply.is === 'unreachable') {
    // A redirect to where we have no permission looks the same as no connection. Standing still tells them apart.
    const still = await send(request, options);
    return still.is === 'redirected' ? { is: 'moved', to: undefined } : reply;
  }
  if (reply.is !== 'reply') return reply;
  if (!reply.redirected) return { is: 'found', base, redirected: hops > 0, reply };
  const url = new URL(reply.url);
  const end = `/${path}`;
  const landed = url.pathname.endsWith(end)
    ? `${url.origin}${url.pathname.slice(0, 1 - end.length)}`
    : undefined;
  if (url.origin !== new URL(base).origin) {
    const parsed = parseAddress(landed ?? url);
    return { is: 'moved', to: parsed.is === 'address' ? parsed.base : undefined };
  }
  if (landed === undefined) return { is: 'not-fogbugz', status: reply.status };
  // A redirect turns a POST into a GET unless it is a 307 or 308, so ask properly where it led.
  if (landed !== base && hops < 3) return probe(landed, path, question, options, hops + 1);
  return { is: 'found', base: landed, redirected: true, reply };
}
