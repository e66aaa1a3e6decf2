import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keyOf } from '../session/session.ts';
import { FakeBrowser } from './stage/fake-browser.ts';

let browser: FakeBrowser;
let cookies: typeof import('./cookies.ts');
let Token: typeof import('../token.ts').Token;

const dead = 'dead-dead-dead';
const newer = 'newer-newer-newer';
const values = () => browser.cookies.map(({ value }) => value);

beforeEach(async () => {
  browser = new FakeBrowser();
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.startWorker() }));
  cookies = await import('./cookies.ts');
  ({ Token } = await import('../token.ts'));
});

async function remove(value = dead): Promise<void> {
  const cookie = (await cookies.allTokenCookies()).find(
    ({ identity }) => identity.domain !== 'other.fogbugz.com',
  );
  const token = Token.parse(value);
  if (!cookie || !token) throw new Error('nothing to remove');
  await cookies.removeDeadCookie(cookie.identity, token);
}
const turn = () => new Promise<void>(resolve => setImmediate(resolve));

describe('a store that does not answer', () => {
  it.each([
    ['is gone, if it is that of private windows', '1', undefined],
    ['is no word of a cookie that is gone', '0', 'the browser is busy'],
  ])('%s', async (_, storeId, thrown) => {
    browser.setCookie({ value: dead, storeId });
    const [found] = await cookies.allTokenCookies();
    if (!found) throw new Error('no cookie');
    vi.resetModules();
    const getAll = async () => {
      throw new Error('the browser is busy');
    };
    vi.doMock('webextension-polyfill', () => ({
      default: { cookies: { getAll, onChanged: { addListener: () => undefined } } },
    }));
    const { tokenCookie } = await import('./cookies.ts');
    const asked = tokenCookie(found.identity);
    await (thrown === undefined
      ? expect(asked).resolves.toBeUndefined()
      : expect(asked).rejects.toThrow(thrown));
  });
});

describe('removing a dead cookie', () => {
  it.each([
    ['host-only', {}],
    ['domain-wide', { domain: '.fogbugz.com' }],
    ['with a path', { path: '/fogbugz/' }],
    ['persistent', { expirationDate: 4e9 }],
    ['partitioned', { partitionKey: { topLevelSite: 'https://example.org' } }],
    ['of a private window', { storeId: '1' }],
    ['without encryption', { secure: false, domain: 'intranet.fogbugz.com' }],
  ])('takes exactly that one: %s', async (_, cookie) => {
    browser.setCookie({ ...cookie, value: dead });
    browser.setCookie({ domain: 'other.fogbugz.com', value: dead });
    await remove();
    expect(browser.cookies).toMatchObject([{ domain: 'other.fogbugz.com' }]);
  });

  it('leaves another value alone', async () => {
    browser.setCookie({ value: newer });
    await remove();
    expect(values()).toEqual([newer]);
  });

  it('puts a newer value back that came between the comparison and the removal', async () => {
    browser.setCookie({ value: dead, expirationDate: 4e9 });
    const changes: string[] = [];
    cookies.onTokenCookieChanged(({ is }) => changes.push(is));
    const before = browser.calls;
    const removed = remove();
    // Three calls to list, one to read, and the fifth is the removal, which has not been carried out yet.
    while (browser.calls < before + 5) await undefined;
    browser.setCookie({ value: newer, expirationDate: 4e9 });
    await removed;
    await turn();
    expect(browser.cookies).toMatchObject([
      { value: newer, expirationDate: 4e9, hostOnly: true, secure: true },
    ]);
    expect(changes.at(-1)).toBe('set');
  });

  it('does not bring back what somebody else removes later', async () => {
    browser.setCookie({ value: dead });
    cookies.onTokenCookieChanged(() => undefined);
    await remove();
    browser.setCookie({ value: newer });
    browser.removeCookie(newer);
    await turn();
    expect(values()).toEqual([]);
  });
});

describe('the log-on cookies', () => {
  it('are found in every store and partition', async () => {
    browser.setCookie({ value: 'token-one' });
    browser.setCookie({ value: 'token-two', storeId: '1' });
    browser.setCookie({ value: 'token-three', partitionKey: { topLevelSite: 'https://example.org' } });
    browser.setCookie({ value: 'something-else', name: 'other' });
    browser.setCookie({ value: 'short', domain: 'other.fogbugz.com' });
    const found = await cookies.allTokenCookies();
    expect(found.map(({ token, private: fleeting }) => [token.reveal(), fleeting])).toEqual([
      ['token-one', false],
      ['token-three', false],
      ['token-two', true],
    ]);
    expect(new Set(found.map(({ identity }) => keyOf(identity))).size).toBe(3);
  });

  it('are gone when they have expired, though Firefox goes on listing them', async () => {
    browser.setCookie({ value: 'token-one', expirationDate: Date.now() / 1000 + 60 });
    const [before] = await cookies.allTokenCookies();
    browser.cookies = browser.cookies.map(cookie => ({ ...cookie, expirationDate: 1 }));
    expect(await cookies.allTokenCookies()).toEqual([]);
    expect(before && (await cookies.tokenCookie(before.identity))).toBeUndefined();
  });

  it('are told of as they come and go, and others are not', () => {
    const changes: unknown[] = [];
    cookies.onTokenCookieChanged(change => changes.push(change));
    browser.setCookie({ value: 'token-one' });
    browser.setCookie({ value: 'something-else', name: 'other' });
    browser.removeCookie('token-one');
    expect(changes).toMatchObject([{ is: 'set' }, { is: 'gone', identity: { domain: 'acme.fogbugz.com' } }]);
    expect(JSON.stringify(changes)).not.toContain('token-one');
  });
});

describe('logging the pages on', () => {
  const token = () => Token.parse(newer) ?? fail('not a token');

  it.each([
    ['https://acme.fogbugz.com/', { domain: 'acme.fogbugz.com', path: '/', secure: true }],
    ['https://intranet/fogbugz/', { domain: 'intranet', path: '/fogbugz/', secure: true }],
    ['http://intranet:8080/', { domain: 'intranet', path: '/', secure: false }],
  ])(
    'sets the cookie of the site at %s, for its host alone and no longer than the browser runs',
    async (base, cookie) => {
      browser.permitted = () => true;
      await cookies.setTokenCookie(base, token(), 'ordinary');
      expect(browser.cookies).toMatchObject([
        {
          name: 'fbToken',
          value: newer,
          hostOnly: true,
          httpOnly: true,
          session: true,
          storeId: '0',
          ...cookie,
        },
      ]);
      expect((await cookies.allTokenCookies()).map(found => found.token.reveal())).toEqual([newer]);
    },
  );

  it('sets it for the private windows alone where the popup was opened in one', async () => {
    await cookies.setTokenCookie('https://acme.fogbugz.com/', token(), 'private');
    expect(browser.cookies).toMatchObject([{ value: newer, storeId: '1' }]);
    expect(await cookies.allTokenCookies()).toMatchObject([{ private: true }]);
  });

  it('takes the place of a cookie that was there', async () => {
    browser.setCookie({ value: dead });
    await cookies.setTokenCookie('https://acme.fogbugz.com/', token(), 'ordinary');
    expect(values()).toEqual([newer]);
  });

  it('fails where the browser takes no cookie', async () => {
    browser.cookiesAre = 'refused';
    await expect(cookies.setTokenCookie('https://acme.fogbugz.com/', token(), 'ordinary')).rejects.toThrow();
  });
});

function fail(why: string): never {
  throw new Error(why);
}
