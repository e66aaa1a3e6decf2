import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { envelope, serve, serveReply, siteAt, token } from '../fogbugz/stage/loopback.ts';
import { pageLogOffUrl } from '../fogbugz/web-page.ts';

vi.doMock('webextension-polyfill', () => ({ default: {} }));
const { sendAtClose, warm } = await import('./line.ts');

/** A server that goes on for as long as somebody listens; `closed` when nobody does any more. */
async function endless() {
  const chunk = 'x'.repeat(65_536);
  let closed: Promise<unknown> | undefined;
  let sent = 0;
  const { origin } = await serve((_, response) => {
    closed = once(response, 'close');
    const more = (): void => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length;
    };
    response.on('drain', more);
    more();
  });
  return { origin, sent: () => sent, closed: () => closed };
}

it('lets go of a warming reply that never ends', async () => {
  const { origin, sent, closed } = await endless();
  await warm(`${origin}/`);
  await closed();
  expect(sent()).toBeLessThan(64 * 1024 * 1024);
});

it('lets go of an answer at the close that never ends', async () => {
  const { origin, sent, closed } = await endless();
  expect(await sendAtClose(siteAt(origin, 'json'), token, 'none')).toEqual({ is: 'too-large' });
  await closed();
  expect(sent()).toBeLessThan(64 * 1024 * 1024);
});

it('follows no redirect at the close, and warms nowhere else', async () => {
  const elsewhere = await serveReply(200, envelope());
  const { origin } = await serveReply(307, '', { Location: `${elsewhere.origin}/` });
  expect(await sendAtClose(siteAt(origin, 'json'), token, 'none')).toMatchObject({ is: 'unreachable' });
  expect(await warm(`${origin}/`)).toBe('unanswered');
  expect(elsewhere.seen).toEqual([]);
});

it('carries no cookies and takes none, at the close and while it warms', async () => {
  const { origin } = await serveReply(200, envelope());
  const sent = vi.spyOn(globalThis, 'fetch');
  onTestFinished(() => sent.mockRestore());
  await sendAtClose(siteAt(origin, 'json'), token, 'none');
  await warm(`${origin}/`);
  expect(sent.mock.calls.map(([, init]) => init?.credentials)).toEqual(['omit', 'omit']);
});

it('sends a beacon in Firefox, which can refuse no redirect, only where none was ever seen', async () => {
  const { origin } = await serveReply(200, envelope());
  const beacons: unknown[] = [];
  vi.resetModules();
  vi.doMock('./vendor.ts', () => ({ isFirefox: true }));
  vi.stubGlobal('navigator', { sendBeacon: (url: string) => beacons.push(url) });
  onTestFinished(() => {
    vi.doUnmock('./vendor.ts');
    vi.unstubAllGlobals();
  });
  const inFirefox = await import('./line.ts');
  const site = siteAt(origin, 'json');
  await inFirefox.sendAtClose({ ...site, redirected: true }, token, 'none');
  expect(beacons).toEqual([]);
  await inFirefox.sendAtClose(site, token, 'none');
  expect(beacons).toEqual([site.endpoint]);
});

it('logs the pages off as well at the close, where their session lives on, and only with its own cookie', async () => {
  const asked: { readonly url: string; readonly credentials: string | undefined }[] = [];
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    asked.push({ url, credentials: input instanceof Request ? input.credentials : init?.credentials });
    return new Response(JSON.stringify(envelope()));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const site = siteAt('https://acme.fogbugz.com', 'json');
  const livesOn = { ...site, webSession: 'lives-on' } as const;
  const withCookies = () => asked.filter(({ credentials }) => credentials !== 'omit');

  for (const cookie of ['none', 'unknown'] as const) await sendAtClose(livesOn, token, cookie);
  await sendAtClose(site, token, 'its-own');
  await sendAtClose({ ...site, webSession: 'ends-too' }, token, 'its-own');
  expect(asked).toHaveLength(4);
  expect(withCookies()).toEqual([]);
  await sendAtClose(livesOn, token, 'its-own');
  expect(withCookies()).toEqual([{ url: pageLogOffUrl(site), credentials: 'include' }]);
});
