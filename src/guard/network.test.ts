import { once } from 'node:events';
import { createServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { discover } from '../fogbugz/discover.ts';
import { send } from '../fogbugz/send.ts';
import { errorEnvelope, secret, serve, serveReply } from '../fogbugz/stage/loopback.ts';
import { createFetch } from './network.ts';

const fetch = createFetch({});
const to = (origin: string) => ({ url: `${origin}/x`, method: 'POST', headers: {}, body: secret }) as const;
const repeated = (length: number) => 'x'.repeat(length);

describe('the Guard’s fetch', () => {
  it('carries a request and its reply like any other', async () => {
    const { origin, seen } = await serveReply(503, 'Grüße', { 'Retry-After': '7' });
    const request = { ...to(origin), headers: { 'Content-Type': 'application/json' } };
    expect(await send(request, { fetch })).toEqual({
      is: 'reply',
      status: 503,
      text: 'Grüße',
      retryAfterMs: 7000,
      url: `${origin}/x`,
      redirected: false,
    });
    expect(seen).toMatchObject([
      { method: 'POST', url: '/x', body: secret, headers: { 'content-type': 'application/json' } },
    ]);
    expect(seen[0]?.headers).not.toHaveProperty('transfer-encoding');
  });

  it('uses a connection again that has just been used', async () => {
    const ports = new Set<number | undefined>();
    const { origin } = await serve((_, response, { socket }) => {
      ports.add(socket.remotePort);
      response.end('ok');
    });
    for (let times = 0; times < 3; times += 1) await send(to(origin), { fetch });
    expect(ports.size).toBe(1);
  });

  it('ends the connection when its reader has had enough', async () => {
    let closed: Promise<unknown> | undefined;
    const { origin } = await serve((_, response) => {
      closed = once(response, 'close');
      response.write(repeated(2 * 1024 * 1024));
    });
    expect(await send(to(origin), { fetch })).toEqual({ is: 'too-large' });
    await closed;
  });

  it('ends the connection when time is up, before the reply or within it', async () => {
    for (const begins of [false, true]) {
      let closed: Promise<unknown> | undefined;
      const { origin } = await serve((_, response) => {
        closed = once(response, 'close');
        if (begins) response.write('<resp');
      });
      expect(await send(to(origin), { fetch, timeLimitMs: 300 })).toMatchObject({ is: 'timed-out' });
      await closed;
    }
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])(
    'unpacks what is packed by %s, though it asks for nothing packed, and measures it unpacked',
    async (encoding, pack) => {
      for (const [text, outcome] of [
        ['Grüße', { is: 'reply', text: 'Grüße' }],
        [repeated(50 * 1024 * 1024), { is: 'too-large' }],
      ] as const) {
        const { origin, seen } = await serveReply(200, pack(text), { 'Content-Encoding': encoding });
        expect(await send(to(origin), { fetch })).toMatchObject(outcome);
        expect(seen[0]?.headers['accept-encoding']).toBe('identity');
      }
    },
  );

  it('names what went wrong, before the reply, within it and within a packed one', async () => {
    const early = await serve((_, _response, request) => request.socket.resetAndDestroy());
    const late = await serve((_, response, request) => {
      response.write('<resp', () => request.socket.resetAndDestroy());
    });
    for (const { origin } of [early, late])
      expect(await send(to(origin), { fetch })).toEqual({
        is: 'unreachable',
        why: 'the connection was cut off',
      });
    const broken = await serveReply(200, 'not packed', { 'Content-Encoding': 'gzip' });
    expect(await send(to(broken.origin), { fetch })).toMatchObject({ is: 'unreachable' });
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await send(to(`http://127.0.0.1:${port}`), { fetch })).toEqual({
      is: 'unreachable',
      why: 'the server refused the connection',
    });
  });

  it.each([301, 302, 303, 307, 308])('goes nowhere with a token when it is told to by %i', async status => {
    const elsewhere = await serveReply(200, 'ok');
    const { origin, seen } = await serveReply(status, '', { Location: `${elsewhere.origin}/` });
    expect(await send(to(origin), { fetch })).toEqual({ is: 'redirected' });
    expect([seen.length, elsewhere.seen.length]).toEqual([1, 0]);
  });

  it.each([
    [301, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', secret],
    [308, 'POST', secret],
  ])('follows where there is none: %i, by %s', async (status, method, body) => {
    const { origin, seen } = await serve(({ url }, response) => {
      if (url === '/x') response.writeHead(status, { Location: '/y' });
      response.end('ok');
    });
    expect(await send(to(origin), { fetch }, 'followed')).toMatchObject({
      url: `${origin}/y`,
      redirected: true,
      text: 'ok',
    });
    expect(seen[1]).toMatchObject({ method, url: '/y', body });
  });

  it('takes a redirect out of the origin for the reply where nobody can be asked, and goes on within it', async () => {
    const elsewhere = await serveReply(200, 'ok');
    const { origin, seen } = await serve(({ url }, response) => {
      const Location = url === '/x' ? '/y' : `${elsewhere.origin}/`;
      response.writeHead(307, { Location }).end();
    });
    const staying = createFetch({}, 'its origin');
    expect(await send(to(origin), { fetch: staying }, 'followed')).toEqual({ is: 'redirected' });
    expect([seen.map(({ url }) => url), elsewhere.seen.length]).toEqual([['/x', '/y'], 0]);
    expect(await send(to(origin), { fetch }, 'followed')).toMatchObject({ url: `${elsewhere.origin}/` });
  });

  it('does not run in circles', async () => {
    const { origin, seen } = await serveReply(302, '', { Location: '/x' });
    expect(await send(to(origin), { fetch }, 'followed')).toMatchObject({ is: 'unreachable' });
    expect(seen).toHaveLength(21);
  });

  it('finds a site that lives elsewhere on its host', async () => {
    const { origin } = await serve(({ url }, response) => {
      if (url.startsWith('/fogbugz/')) response.writeHead(400).end(errorEnvelope('3'));
      else response.writeHead(308, { Location: `/fogbugz${url}` }).end();
    });
    expect(await discover(origin, { fetch })).toMatchObject({
      is: 'site',
      site: { base: `${origin}/fogbugz/`, redirected: true },
    });
  });

  it('goes nowhere past a proxy that it can’t speak with, or that wants a password', async () => {
    const { origin, seen } = await serveReply(200, 'ok');
    const socks = createFetch({ HTTP_PROXY: 'socks5://127.0.0.1:9' });
    expect(await send(to(origin), { fetch: socks })).toMatchObject({ is: 'unreachable' });
    const proxy = await serveReply(407, 'who are you');
    const barred = createFetch({ HTTP_PROXY: proxy.origin });
    expect(await send(to(origin), { fetch: barred })).toMatchObject({ is: 'unreachable' });
    expect([seen.length, proxy.seen.length]).toEqual([0, 1]);
  });

  it('tells a proxy its name and password, and what it asks for', async () => {
    const proxy = await serveReply(200, 'ok');
    const named = createFetch({ HTTP_PROXY: proxy.origin.replace('//', '//ada:word@') });
    await send(to('http://acme.example:81'), { fetch: named });
    expect(proxy.seen).toMatchObject([
      {
        url: 'http://acme.example:81/x',
        headers: { host: 'acme.example:81', 'proxy-authorization': `Basic ${btoa('ada:word')}` },
      },
    ]);
  });
});

describe('a tunnel', () => {
  /** Says so to each CONNECT, and remembers what it heard. */
  async function saying(answer: string) {
    const heard: string[] = [];
    const server = createServer(socket => {
      socket.on('error', () => undefined);
      socket.once('data', text => {
        heard.push(text.toString('latin1'));
        socket.end(answer);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('No port');
    return { heard, url: `http://ada:word@127.0.0.1:${address.port}` };
  }

  it.each([
    ['refuses', 'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'],
    ['says something else', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['hangs up', ''],
  ])('that the proxy %s leads nowhere, and is asked for once', async (_, answer) => {
    const { heard, url } = await saying(answer);
    const fetch = createFetch({ HTTPS_PROXY: url });
    expect(await send(to('https://acme.example'), { fetch })).toMatchObject({ is: 'unreachable' });
    expect(heard).toEqual([expect.stringMatching(/^CONNECT acme\.example:443 HTTP\/1\.1\r\n/)]);
    expect(heard[0]).toContain(`Proxy-Authorization: Basic ${btoa('ada:word')}\r\n`);
    expect(heard[0]).not.toContain(secret);
  });
});
