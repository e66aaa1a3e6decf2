import type { Site } from '../fogbugz/site.ts';
import { sizeLimit, textWithin } from '../fogbugz/text-within.ts';
import {
  type PageReading,
  type PageReply,
  pageLogOffForm,
  pageLogOffUrl,
  readPage,
} from '../fogbugz/web-page.ts';
import type { Session } from '../session/session.ts';
import { tokenCookie } from './cookies.ts';
import { isOwnStore } from './stores.ts';

/** What became of the pages' session, after the APIs have logged its token off. */
export type WebSessionEnd =
  /** It ended with the token, as it should. */
  | 'ended-too'
  /** It lived on, and has been ended by a log-off of its own. */
  | 'ended-apart'
  /** It lives on in spite of that. */
  | 'still-on'
  /** It lives on, and the site could not be reached to end it. */
  | 'unreachable'
  /** The pages' cookie is out of our reach or holds another token by now, or the pages don't tell. */
  | 'unknown';

/**
 * Looks whether the site's pages still take the token that the APIs know no more, and if they do, logs off there as
 * well. Sends the browser's cookies, and only while they are known to hold that very token: it is
 * compared before each request. They go where a visit to the site would send them.
 */
export async function endWebSession({ source, token }: Session, site: Site): Promise<WebSessionEnd> {
  // Requests of the extension carry the cookies of the ordinary store and no other.
  if (source.is !== 'web' || !isOwnStore(source.cookie)) return 'unknown';
  const { cookie } = source;
  const isOurs = async () => (await tokenCookie(cookie))?.token.equals(token) ?? false;

  const look = async (): Promise<PageReading> =>
    (await isOurs()) ? readPage(await get(site.base, 'include')) : 'nothing';
  let livesOn = site.webSession === 'lives-on';
  try {
    if (!livesOn) {
      const first = await look();
      if (first === 'logged-off') return 'ended-too';
      // A page that strangers are shown as well proves nothing.
      if (first === 'nothing' || readPage(await get(site.base, 'omit')) !== 'logged-off') return 'unknown';
      livesOn = true;
    }
    if (!(await isOurs())) return 'unknown';
    const farewell = await get(pageLogOffUrl(site), 'include');
    if ((await look()) !== 'something') return 'ended-apart';
    // The newest interface may want more than a GET.
    if (!(await isOurs())) return 'ended-apart';
    await post(pageLogOffUrl(site), pageLogOffForm(farewell.text));
    return (await look()) === 'something' ? 'still-on' : 'ended-apart';
  } catch {
    // A log-on page at an identity provider that we may not reach looks like this, too.
    if (!livesOn || !(await isOurs())) return 'unknown';
    return (await leadsAway(pageLogOffUrl(site))) ? 'ended-apart' : 'unreachable';
  }
}

/** A redirect to where we may not go fails just like a dead network. Standing still tells them apart. */
async function leadsAway(url: string): Promise<boolean> {
  return fetch(url, { ...quiet(), credentials: 'include', redirect: 'manual' }).then(
    // A browser makes it opaque, without a status; Node hands over the status itself.
    ({ type, status }) => type === 'opaqueredirect' || (status >= 300 && status < 400),
    () => false,
  );
}

const get = (url: string, credentials: 'include' | 'omit'): Promise<PageReply> => ask(url, { credentials });

const post = (url: string, body: string): Promise<PageReply> =>
  ask(url, {
    credentials: 'include',
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body,
  });

async function ask(url: string, request: RequestInit): Promise<PageReply> {
  const response = await fetch(url, { ...request, ...quiet() });
  if (response.status >= 500) throw new TypeError('a server that fails tells nothing');
  // Of a page that is longer, its address has to tell.
  const text = (await textWithin(sizeLimit, response)) ?? 'a long page';
  return { url: response.url, status: response.status, text };
}

const quiet = (): RequestInit => ({
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
  signal: AbortSignal.timeout(10_000),
});
