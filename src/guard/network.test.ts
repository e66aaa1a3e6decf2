import { describe, expect, it } from 'vitest';
import { secret, serve, serveReply } from '../fogbugz/loopback.ts';
import { createFetch, proxyAddress } from './network.ts';

describe('a proxy’s address', () => {
  it.each([
    ['http://proxy:3128', 'http://proxy:3128'],
    ['proxy:3128', 'http://proxy:3128'],
    [' proxy.example ', 'http://proxy.example'],
    ['https://name:word@proxy', 'https://name:word@proxy'],
  ])('is taken as people write it: %s', (text, address) => {
    expect(proxyAddress(text)).toBe(address);
  });

  it.each([undefined, '', '  ', 'http://', 'not a proxy'])('that makes no sense is none: %s', text => {
    expect(proxyAddress(text)).toBeUndefined();
  });
});

describe('the Guard’s fetch', () => {
  it('carries a request and its reply like any other', async () => {
    const { origin, seen } = await serveReply(503, 'Grüße', { 'Retry-After': '7' });
    const fetch = createFetch({});
    const response = await fetch(new Request(`${origin}/x`, { method: 'POST', body: secret }));
    expect([response.status, response.headers.get('Retry-After'), await response.text()]).toEqual([
      503,
      '7',
      'Grüße',
    ]);
    expect(seen).toMatchObject([{ method: 'POST', url: '/x', body: secret }]);
  });

  it('ends the connection when its reader has had enough', async () => {
    let closed: (() => void) | undefined;
    const ended = new Promise<void>(resolve => {
      closed = resolve;
    });
    const { origin } = await serve((_, response) => {
      response.on('close', () => closed?.());
      response.write('x'.repeat(100_000));
    });
    const response = await createFetch({})(origin);
    await response.body?.cancel();
    await ended;
  });
});
