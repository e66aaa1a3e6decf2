import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { logOffRequest } from './request.ts';
import { send } from './send.ts';
import { serve, serveReply, siteAt, token } from './stage/loopback.ts';

const deaf: typeof fetch = () => new Promise(() => {});
const requestTo = (origin: string) => logOffRequest(siteAt(origin, 'json'), token);

describe('sending', () => {
  it('delivers the request and the whole reply', async () => {
    const { origin, seen } = await serveReply(400, 'Grüße ☎', { 'Retry-After': '7' });
    const request = requestTo(origin);
    expect(await send(request)).toEqual({
      is: 'reply',
      status: 400,
      text: 'Grüße ☎',
      retryAfterMs: 7000,
      url: request.url,
      redirected: false,
    });
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/f/api/0/jsonapi',
        body: request.body,
        headers: { 'content-type': 'application/json' },
      },
    ]);
  });

  it('drops a byte order mark, and reads UTF-8 whatever the headers claim and wherever it is torn', async () => {
    const bytes = Buffer.from('\uFEFFü');
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=iso-8859-1' });
      response.write(bytes.subarray(0, 4));
      setImmediate(() => response.end(bytes.subarray(4)));
    });
    expect(await send(requestTo(origin))).toMatchObject({ text: 'ü' });
  });

  it('sends no cookies and takes none', async () => {
    const { origin, seen } = await serveReply(200, 'ok', { 'Set-Cookie': 'fbToken=stolen' });
    const policies: unknown[] = [];
    const watching: typeof fetch = (input, init) => {
      const request = new Request(input, init);
      const { credentials, referrerPolicy, cache } = request;
      policies.push({ credentials, referrerPolicy, cache });
      return platform(request);
    };
    const { fetch: platform } = globalThis;
    onTestFinished(() => void vi.unstubAllGlobals());
    vi.stubGlobal('fetch', watching);
    // By the platform's own, and by one that is given.
    await send(requestTo(origin));
    await send(requestTo(origin), { fetch: watching });
    expect(seen.map(one => [one.headers.cookie, one.headers.authorization, one.headers.referer])).toEqual([
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
    ]);
    // Node has no cookies to send; browsers go by these.
    const policy = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' };
    expect(policies).toEqual([policy, policy]);
  });

  it.each([301, 302, 303, 307, 308])('refuses a redirect with %i and goes nowhere', async status => {
    const elsewhere = await serveReply(200, 'ok');
    const { origin, seen } = await serveReply(status, '', { Location: `${elsewhere.origin}/` });
    expect(await send(requestTo(origin))).toEqual({ is: 'redirected' });
    expect(seen).toHaveLength(1);
    expect(elsewhere.seen).toEqual([]);
  });

  it('refuses a redirect that a browser has made opaque', async () => {
    const opaque = Object.defineProperties(new Response(), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    });
    expect(await send(requestTo('http://127.0.0.1:9'), { fetch: async () => opaque })).toEqual({
      is: 'redirected',
    });
  });

  it('cuts off an endless reply', async () => {
    const { origin } = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await send(requestTo(origin))).toEqual({ is: 'too-large' });
  });

  it('closes the connection of a reply it has cut off', async () => {
    let closed: Promise<unknown> | undefined;
    const { origin } = await serve((_, response) => {
      closed = once(response, 'close');
      response.write('x'.repeat(2 * 1024 * 1024));
    });
    expect(await send(requestTo(origin))).toEqual({ is: 'too-large' });
    await closed;
  });

  it('takes a reply of one mebibyte, and not a byte more', async () => {
    const mebibyte = 1024 * 1024;
    const { origin } = await serve(({ body }, response) => response.end('x'.repeat(Number(body))));
    const size = (bytes: number) => ({ ...requestTo(origin), body: String(bytes) });
    const reply = await send(size(mebibyte));
    expect(reply.is === 'reply' && reply.text.length).toBe(mebibyte);
    expect(await send(size(mebibyte + 1))).toEqual({ is: 'too-large' });
  });

  it('measures a packed reply unpacked', async () => {
    const { origin } = await serveReply(200, gzipSync('x'.repeat(50 * 1024 * 1024)), {
      'Content-Encoding': 'gzip',
    });
    expect(await send(requestTo(origin))).toEqual({ is: 'too-large' });
  });

  it('times out when no reply comes', async () => {
    const { origin } = await serve(() => {});
    expect(await send(requestTo(origin), { timeLimitMs: 50 })).toEqual({ is: 'timed-out', afterMs: 50 });
  });

  it('times out when the reply begins and never ends', async () => {
    let closed: Promise<unknown> | undefined;
    const { origin } = await serve((_, response) => {
      closed = once(response, 'close');
      response.write('<resp');
    });
    expect(await send(requestTo(origin), { timeLimitMs: 500 })).toEqual({ is: 'timed-out', afterMs: 500 });
    await closed;
  });

  it('times out even if the fetch it is given heeds no signal', async () => {
    expect(await send(requestTo('http://127.0.0.1:9'), { fetch: deaf, timeLimitMs: 10 })).toEqual({
      is: 'timed-out',
      afterMs: 10,
    });
  });

  it('gives the whole exchange ten seconds', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const outcome = send(requestTo('http://127.0.0.1:9'), { fetch: deaf });
    await vi.advanceTimersToNextTimerAsync();
    expect(await outcome).toEqual({ is: 'timed-out', afterMs: 10_000 });
  });

  it('names a reset connection, before the reply or within it', async () => {
    const early = await serve((_, _response, request) => request.socket.resetAndDestroy());
    const late = await serve((_, response, request) => {
      response.write('<resp', () => request.socket.resetAndDestroy());
    });
    for (const { origin, seen } of [early, late]) {
      expect(await send(requestTo(origin))).toEqual({ is: 'unreachable', why: 'the connection was cut off' });
      expect(seen).toHaveLength(1);
    }
  });

  it('names a refused connection and an unknown server', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await send(requestTo(`http://127.0.0.1:${port}`))).toEqual({
      is: 'unreachable',
      why: 'the server refused the connection',
    });
    expect(await send(requestTo('http://fogbugz.invalid'))).toEqual({
      is: 'unreachable',
      why: expect.stringMatching(/^the name of the server/),
    });
  });

  it('can be cancelled, before and on the way', async () => {
    const { origin, seen } = await serve(() => cancelling.abort());
    const cancelling = new AbortController();
    const cancelled = { is: 'unreachable', why: 'the request was cancelled' };
    expect(await send(requestTo(origin), { signal: cancelling.signal })).toEqual(cancelled);
    expect(seen).toHaveLength(1);
    expect(await send(requestTo(origin), { signal: cancelling.signal })).toEqual(cancelled);
    expect(seen).toHaveLength(1);
  });

  it('never tries again by itself', async () => {
    const { origin, seen } = await serveReply(503, '', { 'Retry-After': '0' });
    expect(await send({ url: `${origin}/`, method: 'GET' })).toMatchObject({ status: 503, retryAfterMs: 0 });
    expect(seen).toHaveLength(1);
  });

  it('says nothing of the request in its failures', async () => {
    const url = `https://name:${token.reveal()}@127.0.0.1/`;
    const outcome = await send({ ...requestTo('http://127.0.0.1'), url });
    expect(outcome).toEqual({ is: 'unreachable', why: 'no connection' });
  });
});
