import { isSentTo } from '../../fogbugz/address.ts';
import type { FakeBrowser } from './fake-browser.ts';

/**
 * `fetch` as a browser does it for its extension: with the cookies of the ordinary store where they are included, and
 * failing at a host that the extension is not let into.
 */
export function createFakeFetch(
  browser: FakeBrowser,
  network: typeof fetch,
  platform: Pick<typeof globalThis, 'Request' | 'Headers'> = globalThis,
): typeof fetch {
  return async (input, init) => {
    const request = new platform.Request(input, init);
    const { credentials, redirect, signal } = request;
    let { url, method } = request;
    let body = method === 'POST' ? await request.text() : null;
    for (let hops = 0; ; hops++) {
      if (!browser.permitted(new URL(url).hostname)) throw new TypeError('Failed to fetch');
      const headers = new platform.Headers(request.headers);
      if (credentials === 'include') headers.set('Cookie', cookiesFor(browser, url));
      const response = await network(url, { method, headers, body, signal, redirect: 'manual' });
      if (credentials === 'include') take(browser, url, response.headers.getSetCookie());
      const location = response.headers.get('Location');
      if (location === null || redirect === 'manual') {
        return Object.defineProperty(response, 'redirected', { value: hops > 0 });
      }
      if (redirect === 'error') throw new TypeError('Failed to fetch');
      url = new URL(location, url).href;
      if (![307, 308].includes(response.status)) [method, body] = ['GET', null];
    }
  };
}

function cookiesFor(browser: FakeBrowser, url: string): string {
  return browser.cookies
    .filter(cookie => cookie.storeId === browser.stores.own && !cookie.partitionKey && isSentTo(cookie, url))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
}

/** A value means until the browser ends, none means gone. */
function take(browser: FakeBrowser, url: string, lines: readonly string[]): void {
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const domain = new URL(url).hostname;
    browser.setCookie({ name, value, domain, ...(value === '' ? { expirationDate: 1 } : {}) });
  }
}
