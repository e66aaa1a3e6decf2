import ky from 'ky';
import type { Failure } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { WireRequest } from './request.ts';
import { retryAfterMs } from './retry-after.ts';
import { type Body, sizeLimit, textWithin } from './text-within.ts';
import { plainReason } from './unreachable.ts';

export type SendOptions = {
  /** Milliseconds for the whole exchange, the body included. 10 000 if not given. */
  readonly timeLimitMs?: number | undefined;
  /** Aborting it makes the outcome `unreachable`. */
  readonly signal?: AbortSignal | undefined;
  /** For a companion behind a proxy, and for tests. The platform's own is one. */
  readonly fetch?: Fetch | undefined;
};

/** What is asked of a `fetch` that is given. */
export type Fetching = {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly redirect: 'manual' | 'follow';
  readonly credentials: 'omit';
  readonly cache: 'no-store';
  readonly referrerPolicy: 'no-referrer';
};

/** What is looked at in what it gives. */
export type Fetched = Pick<Response, 'type' | 'status' | 'url' | 'redirected'> & {
  readonly headers: Pick<Headers, 'get'>;
  readonly body: Body | null;
};

export type Fetch = (url: string, what: Fetching) => Promise<Fetched>;

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
    const what: Fetching = {
      ...rest,
      signal: over.signal,
      // Not `error`: that rejects just like a dead network. `manual` follows nothing either, and tells the two apart.
      redirect: redirects === 'refused' ? 'manual' : 'follow',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    };
    const answered = fetch
      ? fetch(url, what)
      : ky(url, { ...what, retry: 0, timeout: false, throwHttpErrors: false });
    return await Promise.race([stopped, answered.then(arrive)]);
  } catch (error) {
    return { is: 'unreachable', why: plainReason(error) };
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

const cancelled: Failure = { is: 'unreachable', why: 'the request was cancelled' };

const redirectStatuses = [301, 302, 303, 307, 308];

async function arrive(response: Fetched): Promise<Arrived | Failure> {
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
