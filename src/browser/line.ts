import { readLogOffReply } from '../fogbugz/log-off.ts';
import type { LogOffOutcome } from '../fogbugz/outcome.ts';
import { logOffRequest } from '../fogbugz/request.ts';
import type { Site } from '../fogbugz/site.ts';
import type { Obstacle } from '../session/session.ts';
import type { Token } from '../token.ts';
import { isFirefox } from './vendor.ts';

/**
 * Puts a log-off on the wire in this very turn. The promise is for the case that the browser lives on.
 *
 * The browsers keep connections apart by how requests carry credentials, so a connection is warm only for requests
 * that are made just like the one that warmed it: `warm` and `sendAtClose` belong together.
 */
export type Line = (site: Site, token: Token) => Promise<'logged-off' | 'already-off' | Obstacle>;

export const sendAtClose: Line = (site, token) =>
  isFirefox && !site.redirected ? sendSynchronously(site, token) : sendByFetch(site, token);

/** Opens, or keeps open, a connection for `sendAtClose`. Carries no token: a session must not be kept alive by us. */
export function warm(base: string): void {
  const url = `${base}api.xml`;
  if (!isFirefox) {
    void fetch(url, { ...quiet, method: 'GET' })
      .then(
        response => response.text(), // a body that nobody reads keeps its connection busy
      )
      .catch(() => undefined); // cold, then: nothing is promised here
    return;
  }
  const request = new AnonymousRequest({ mozAnon: true });
  request.open('GET', url);
  request.send();
}

/** Firefox, for an extension's own pages: `mozAnon` sends no cookies and takes none. Others ignore it. */
const AnonymousRequest: new (options: { mozAnon: true }) => XMLHttpRequest = globalThis.XMLHttpRequest;

const quiet: RequestInit = {
  credentials: 'omit',
  redirect: 'error',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
};

/**
 * Chromium. `keepalive` gives a worker no extra time by itself, but an administrator may: with the policy
 * FetchKeepaliveDurationSecondsOnShutdown it delivers even on a cold connection.
 */
async function sendByFetch(site: Site, token: Token): ReturnType<Line> {
  const { url, ...request } = logOffRequest(site, token);
  try {
    const response = await fetch(url, { ...request, ...quiet, keepalive: true });
    return asResult(readLogOffReply(site.dialect, response.status, await response.text(), token));
  } catch {
    return cut;
  }
}

/**
 * Firefox drops an asynchronous request of a closing event page and waits for a synchronous one. It can't refuse a
 * redirect, so it is used only for a site that was seen not to redirect.
 */
function sendSynchronously(site: Site, token: Token): ReturnType<Line> {
  const { url, method, headers, body } = logOffRequest(site, token);
  try {
    const request = new AnonymousRequest({ mozAnon: true });
    request.open(method, url, false);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
    return Promise.resolve(
      asResult(readLogOffReply(site.dialect, request.status, request.responseText, token)),
    );
  } catch {
    return Promise.resolve(cut);
  }
}

const cut: Obstacle = { is: 'unreachable', why: 'the browser was closing' };

function asResult(outcome: LogOffOutcome): 'logged-off' | 'already-off' | Obstacle {
  return outcome.is === 'logged-off' || outcome.is === 'already-off' ? outcome.is : outcome;
}
