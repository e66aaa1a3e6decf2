import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import type { Fetch, Fetched, Fetching } from '../fogbugz/send.ts';
import { createWays, type Way } from './ways.ts';

/** What `fetch` says of itself where nothing else is said. Packed replies are not asked for: they are short. */
const usual = { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'node' } as const;
/** As `fetch` has it. */
const mostRedirects = 20;

/**
 * A `fetch` that goes the ways of the environment; see `createWays`. It is made of Node's `http` and `https`: Node's own
 * `fetch` costs more memory than all the rest of the Guard, and that of Node 20 knows no proxies.
 *
 * @param follows `its origin`: a redirect that leads out of it is the reply.
 */
export function createFetch(env: NodeJS.ProcessEnv, follows: 'anywhere' | 'its origin' = 'anywhere'): Fetch {
  const wayTo = createWays(env);
  return async (address, init) => {
    let [url, asking] = [new URL(address), init];
    try {
      for (let redirects = 0; ; redirects += 1) {
        const reply = await exchange(wayTo(url), asking);
        const next = init.redirect === 'follow' ? redirectOf(reply, url) : undefined;
        const leaves = follows === 'its origin' && next?.origin !== url.origin;
        if (next === undefined || leaves) return await fetched(reply, url, redirects > 0);
        reply.destroy();
        if (redirects >= mostRedirects) throw new Error('Redirected again and again');
        if (reply.statusCode !== 307 && reply.statusCode !== 308) {
          const { body: _, headers: __, ...rest } = asking;
          asking = { ...rest, method: 'GET' };
        }
        url = next;
      }
    } catch (cause) {
      throw failure(cause);
    }
  };
}

function exchange(
  { begin, options }: Way,
  { method, headers, body, signal }: Fetching,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = begin({
      ...options,
      method,
      headers: { ...usual, ...headers, ...options.headers },
      signal,
    });
    request.on('response', reply => {
      // It speaks for itself, and for no site.
      if (reply.statusCode === 407) request.destroy(new Error('The proxy wants a name and a password'));
      else resolve(reply);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Where a reply leads. */
function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  return new URL(location, from);
}

async function fetched(reply: IncomingMessage, url: URL, redirected: boolean): Promise<Fetched> {
  const { statusCode = 0, headers } = reply;
  const chunks: AsyncIterator<Buffer> = (await unpacked(reply))[Symbol.asyncIterator]();
  const get = (name: string) => [headers[name.toLowerCase()] ?? null].flat()[0] ?? null;
  const reader = {
    async read() {
      const { done, value } = await chunks.next().catch((cause: unknown) => {
        throw failure(cause);
      });
      return done ? ({ done: true, value: undefined } as const) : ({ done: false, value } as const);
    },
    async cancel() {
      reply.destroy();
    },
  };
  return {
    type: 'default',
    status: statusCode,
    url: url.href,
    redirected,
    headers: { get },
    body: { getReader: () => reader },
  };
}

/** The reply's bytes, though it should be packed without being asked to. */
async function unpacked(reply: IncomingMessage): Promise<Readable> {
  const encoding = reply.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity') return reply;
  const { createBrotliDecompress, createUnzip } = await import('node:zlib');
  // What fails in the middle fails at the end of it, where it is read.
  return pipeline(reply, encoding === 'br' ? createBrotliDecompress() : createUnzip(), () => undefined);
}

/** As a `fetch` fails: the trouble is in the cause. */
function failure(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause });
}
