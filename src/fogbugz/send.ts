import ky from 'ky';
import type { Failure } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { WireRequest } from './request.ts';
import { retryAfterMs } from './retry-after.ts';
import { sizeLimit, textWithin } from './text-within.ts';
import { plainReason } from './unreachable.ts';

export type SendOptions = {
  /** Milliseconds for the whole exchange, the body included. 10 000 if not given. */
  readonly timeLimitMs?: number | undefined;
  /** Aborting it makes the outcome `unreachable`. */
  readonly signal?: AbortSignal | undefined;
  /** For a companion behind a proxy, and for tests. */
  readonly fetch?: typeof globalThis.fetch | undefined;
};

/** A reply, and where it came from in the end. */
export type Arrived = Reply & {
  readonly is: 'reply';
  readonly url: string;
  readonly redirected: boolean;
};

/**
 * Sends one request, once, without cookies, and reads the reply to its end. `redirects` may be `followed` only by a
 * request without a token or password. Never throws.
 */
export async function send(
  request: WireRequest | { readonly url: string; readonly method: 'GET' },
  { timeLimitMs = 10_000, signal, fetch }: SendOptions = {},
  redirects: 'refused' | 'followed' = 'refused',
): Promise<Arrived | Failure> {
  if (signal?.aborted) return cancelled;
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Raced, not left to the abort: the limit then also holds for a fetch, or a body, that doesn't heed its signal.
  const stopped = new Promise<Failure>(resolve => {
    timer = setTimeout(() => resolve({ is: 'timed-out', afterMs: timeLimitMs }), timeLimitMs);
    signal?.addEventListener('abort', () => resolve(cancelled), { signal: over.signal });
  });
  try {
    const { url, ...rest } = request;
    const answered = ky(url, {
      ...rest,
      ...(fetch && { fetch }),
      signal: over.signal,
      // Not `error`: that rejects just like a dead network. `manual` follows nothing either, and tells the two apart.
      redirect: redirects === 'refused' ? 'manual' : 'follow',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
    }).then(arrive);
    return await Promise.race([stopped, answered]);
  } catch (error) {
    return { is: 'unreachable', why: plainReason(error) };
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

const cancelled: Failure = { is: 'unreachable', why: 'the request was cancelled' };

const redirectStatuses = [301, 302, 303, 307, 308];

async function arrive(response: Response): Promise<Arrived | Failure> {
  // A browser makes it opaque, without a status; Node hands over the status itself.
  if (response.type === 'opaqueredirect' || redirectStatuses.includes(response.status)) {
    return { is: 'redirected' };
  }
  const text = await textWithin(sizeLimit, response);
  if (text === undefined) return { is: 'too-large' };
  return {
    is: 'reply',
    status: response.status,
    text,
    retryAfterMs: retryAfterMs(response.headers.get('Retry-After')),
    url: response.url,
    redirected: response.redirected,
  };
}
