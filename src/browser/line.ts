import { readLogOffReply } from '../fogbugz/log-off.ts';
import type { LogOffOutcome } from '../fogbugz/outcome.ts';
import { logOffRequest } from '../fogbugz/request.ts';
import type { Site } from '../fogbugz/site.ts';
import { sizeLimit, textWithin } from '../fogbugz/text-within.ts';
import { pageLogOffUrl } from '../fogbugz/web-page.ts';
import type { Obstacle } from '../session/session.ts';
import type { Token } from '../token.ts';
import { type Reuse, reuseOf } from './reuse.ts';
import { isFirefox } from './vendor.ts';

/** The log-on cookie that the browser adds to a request that can't leave cookies out. */
export type SentCookie =
  /** The one that holds the very token being logged off. */
  'its-own' | 'none' | 'unknown';

/** Puts a log-off on the wire in this very turn. The promise is for the case that the browser lives on. */
export type Line = (
  site: Site,
  token: Token,
  cookie: SentCookie,
) => Promise<'logged-off' | 'already-off' | Obstacle>;

/**
 * Firefox refuses every request that reaches its parent process after `quit-application`, beacons excepted
 * (nsHttpTransaction::Init), and a closing window wins that race against us now and then, a quit always. So there a
 * beacon goes first. It can't leave cookies out nor refuse a redirect: docs/decisions/0007 says when it may be sent.
 */
export const sendAtClose: Line = (site, token, cookie) => {
  if (isFirefox && cookie !== 'unknown' && !site.redirected) sendBeacon(site, token);
  const answer = sendByFetch(site, token);
  if (cookie === 'its-own' && site.webSession === 'lives-on') logOffPage(site);
  return answer;
};

/** Where the pages' session outlives the APIs' log-off. Whether it was heard is seen at the next start. */
function logOffPage(site: Site): void {
  void fetch(pageLogOffUrl(site), { credentials: 'include', cache: 'no-store', keepalive: true }).catch(
    () => undefined,
  );
}

/**
 * Opens, or keeps open, a connection for `sendAtClose`: made just like its request, because browsers keep connections
 * apart by how requests carry credentials. Carries no token: a session must not be kept alive by us. Tells whether it
 * found the connection open.
 */
export async function warm(base: string): Promise<Reuse> {
  const url = `${base}api.xml`;
  const from = performance.now();
  try {
    const response = await fetch(url, { ...quiet(), method: 'GET' });
    // A body that nobody reads keeps its connection busy; one without an end is cut off.
    await textWithin(sizeLimit, response);
  } catch {
    return 'unanswered'; // cold, then: nothing is promised here
  }
  return reuseOf(url, from);
}

const quiet = (): RequestInit => ({
  credentials: 'omit',
  redirect: 'error',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
  signal: AbortSignal.timeout(10_000),
});

/**
 * `keepalive` hands the request to Firefox's parent process, which is what lets it outlive the event page. It gives
 * Chromium's worker no extra time, whatever an administrator's policy says: docs/decisions/0031.
 */
async function sendByFetch(site: Site, token: Token): ReturnType<Line> {
  const { url, ...request } = logOffRequest(site, token);
  try {
    const response = await fetch(url, {
      ...request,
      ...quiet(),
      keepalive: true,
    });
    const text = await textWithin(sizeLimit, response);
    if (text === undefined) return { is: 'too-large' };
    return asResult(readLogOffReply(site.dialect, response.status, text, token));
  } catch {
    return cut;
  }
}

function sendBeacon(site: Site, token: Token): void {
  const { url, headers, body } = logOffRequest(site, token);
  try {
    navigator.sendBeacon(url, new Blob([body], { type: headers['Content-Type'] ?? '' }));
  } catch {
    // The other request goes all the same.
  }
}

const cut: Obstacle = { is: 'unreachable', why: 'the browser was closing' };

function asResult(outcome: LogOffOutcome): 'logged-off' | 'already-off' | Obstacle {
  return outcome.is === 'logged-off' || outcome.is === 'already-off' ? outcome.is : outcome;
}
