import browser, { type Cookies } from 'webextension-polyfill';
import { type CookieIdentity, keyOf } from '../session/session.ts';
import { Token } from '../token.ts';
import type { WindowKind } from './commands.ts';
import { isPrivateStore, storeOf } from './stores.ts';
import { isFirefox } from './vendor.ts';

/** FogBugz's only cookie that means "logged on"; its value is a token that the APIs accept. */
const cookieName = 'fbToken';

export type TokenCookie = {
  readonly identity: CookieIdentity;
  readonly token: Token;
  readonly private: boolean;
  /** Its site wants it to travel encrypted. */
  readonly secure: boolean;
};

/** All log-on cookies that the extension may see: every store, partitioned ones too. */
export async function allTokenCookies(): Promise<readonly TokenCookie[]> {
  // The browser names only stores with an open tab; the ordinary one is there without one, too.
  const named = (await browser.cookies.getAllCookieStores()).map(({ id }) => id);
  const found = await Promise.all(
    [...new Set([ownStore, ...named])].map(storeId =>
      browser.cookies.getAll({ ...everywhere, name: cookieName, storeId }).catch((error: unknown) => {
        if (storeId === ownStore) throw error;
        return []; // a private window's store, which went with its window in between
      }),
    ),
  );
  return found.flat().flatMap(cookie => (isExpired(cookie) ? [] : (readCookie(cookie) ?? [])));
}

/** The cookie with this identity as it is now. */
export async function tokenCookie(identity: CookieIdentity): Promise<TokenCookie | undefined> {
  const cookie = await find(identity);
  return cookie && readCookie(cookie);
}

/** What became of a log-on cookie: it has a value now, or it is gone. */
export type CookieChange =
  | { readonly is: 'set'; readonly cookie: TokenCookie }
  | { readonly is: 'gone'; readonly identity: CookieIdentity };

export function onTokenCookieChanged(listener: (change: CookieChange) => void): void {
  browser.cookies.onChanged.addListener(({ removed, cookie, cause }) => {
    if (cookie.name !== cookieName) return;
    if (removed) {
      // An overwritten cookie has its successor in its place already: it was not ours to remove, and says nothing.
      if (cause !== 'overwrite') restoreIfWrong(cookie);
      listener({ is: 'gone', identity: identityOf(cookie) });
      return;
    }
    const read = readCookie(cookie);
    if (read) listener({ is: 'set', cookie: read });
  });
}

/**
 * Removes a dead token's cookie, so that the page does not pretend to be logged on. The browser removes by identity
 * and not by value, so: read, compare, expire exactly this one; and if the removal shows that a newer value went in
 * between, put that one back.
 */
export async function removeDeadCookie(identity: CookieIdentity, dead: Token): Promise<void> {
  const cookie = await find(identity);
  if (!cookie || cookie.value !== dead.reveal()) return;
  const removal = { key: keyOf(identity), dead };
  removals.add(removal);
  try {
    await browser.cookies.set({ ...writable(cookie), value: '', expirationDate: 1 });
  } finally {
    // The removal's event follows within the same turn or the next ones; after that a removal is somebody else's.
    setTimeout(() => removals.delete(removal), 500);
  }
}

/** Logs the browser's pages on at a site with a token, as the site's own log-on page would. */
export async function setTokenCookie(base: string, token: Token, window: WindowKind): Promise<void> {
  const { protocol, pathname } = new URL(base);
  await browser.cookies.set({
    url: base,
    name: cookieName,
    value: token.reveal(),
    path: pathname,
    secure: protocol === 'https:',
    httpOnly: true,
    sameSite: 'lax',
    storeId: storeOf(window),
  });
}

const removals = new Set<{ readonly key: string; readonly dead: Token }>();

function restoreIfWrong(removed: Cookies.Cookie): void {
  const key = keyOf(identityOf(removed));
  for (const removal of removals) {
    if (removal.key !== key) continue;
    removals.delete(removal);
    if (removed.value !== removal.dead.reveal()) void browser.cookies.set(writable(removed));
  }
}

const ownStore = storeOf('ordinary');

/** Partitioned cookies are hidden unless asked for; so are, in Firefox, those of first-party isolation. */
const everywhere = { partitionKey: {}, ...(isFirefox ? { firstPartyDomain: null } : {}) };

async function find(identity: CookieIdentity): Promise<Cookies.Cookie | undefined> {
  const key = keyOf(identity);
  const cookies = await browser.cookies
    .getAll({
      ...everywhere,
      name: cookieName,
      domain: identity.domain.replace(/^\./, ''),
      storeId: identity.storeId,
    })
    .catch((error: unknown) => {
      // A private window's store is gone together with its last window. Of any other, nothing is known: not that the
      // cookie is gone, which would end a session in use.
      if (identity.storeId === ownStore) throw error;
      return [];
    });
  return cookies.find(cookie => keyOf(identityOf(cookie)) === key && !isExpired(cookie));
}

/** Firefox goes on listing an expired cookie, without sending it, until it tidies up. */
function isExpired({ expirationDate }: Cookies.Cookie): boolean {
  return expirationDate !== undefined && expirationDate * 1000 <= Date.now();
}

function readCookie(cookie: Cookies.Cookie): TokenCookie | undefined {
  const token = Token.parse(cookie.value);
  const { storeId, secure } = cookie;
  return token && { identity: identityOf(cookie), token, private: isPrivateStore(storeId), secure };
}

function identityOf(cookie: Cookies.Cookie): CookieIdentity {
  const { storeId, domain, hostOnly, path } = cookie;
  return { storeId, domain, hostOnly, path, partition: cookie.partitionKey?.topLevelSite ?? '' };
}

/** The same cookie as something that `cookies.set` takes. A host-only one is written without its domain. */
function writable(cookie: Cookies.Cookie): Cookies.SetDetailsType {
  const host = cookie.domain.replace(/^\./, '');
  return {
    url: `${cookie.secure ? 'https' : 'http'}://${host}${cookie.path}`,
    name: cookie.name,
    value: cookie.value,
    path: cookie.path,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite: cookie.sameSite,
    storeId: cookie.storeId,
    ...(cookie.hostOnly ? {} : { domain: cookie.domain }),
    ...(cookie.expirationDate === undefined ? {} : { expirationDate: cookie.expirationDate }),
    ...(cookie.partitionKey ? { partitionKey: cookie.partitionKey } : {}),
    ...(isFirefox && cookie.firstPartyDomain ? { firstPartyDomain: cookie.firstPartyDomain } : {}),
  };
}
