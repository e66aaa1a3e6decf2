/**
 * FogBugz sessions from JavaScript: find a site out, ask whether a token is alive, log it off. Speaks both of FogBugz's
 * APIs, JSON and XML, and finds out which. What is to be expected of servers and networks is a value and never thrown.
 *
 * @example
 * import { logoff } from '@fogbugz-tools/logoff-guard';
 *
 * const outcome = await logoff('https://acme.fogbugz.com/', token);
 * if (outcome.is === 'logged-off') console.log('It is dead now.');
 *
 * @module
 */
import { Token } from '../token.ts';
import { check as checkToken } from './check.ts';
import { type DiscoverOutcome, discover } from './discover.ts';
import { logOff } from './log-off.ts';
import type { CheckOutcome, Failure, LogOffOutcome } from './outcome.ts';
import type { SendOptions } from './send.ts';
import type { Dialect, Site } from './site.ts';

export type { CheckOutcome, Dialect, DiscoverOutcome, Failure, LogOffOutcome, SendOptions, Site };
export { discover };

/** Why nothing was asked: there is no such site, or the text can't be a token. Other failures are `Failure`. */
export type NotAsked = Exclude<DiscoverOutcome, { readonly is: 'site' }> | { readonly is: 'not-a-token' };

/**
 * Ends the token at its site: once, without trying again. `already-off` is as good as `logged-off`.
 *
 * @param site what `discover` gave, or an address as a person types it, which is discovered first (without the token).
 * @param token 8 to 256 characters of printable ASCII. It travels in the body of the request, to its own site alone.
 */
export function logoff(
  site: Site | string | URL,
  token: string,
  options?: SendOptions,
): Promise<LogOffOutcome | NotAsked> {
  return ask(site, token, logOff, options);
}

/** Whether the token is `alive` or `dead`. Ends nothing and starts nothing. Parameters as those of `logoff`. */
export function check(
  site: Site | string | URL,
  token: string,
  options?: SendOptions,
): Promise<CheckOutcome | NotAsked> {
  return ask(site, token, checkToken, options);
}

async function ask<Outcome>(
  site: Site | string | URL,
  text: string,
  question: (site: Site, token: Token, options?: SendOptions) => Promise<Outcome>,
  options?: SendOptions,
): Promise<Outcome | NotAsked> {
  const token = Token.parse(text.trim());
  if (!token) return { is: 'not-a-token' };
  const found: DiscoverOutcome = isSite(site) ? { is: 'site', site } : await discover(site, options);
  return found.is === 'site' ? question(found.site, token, options) : found;
}

function isSite(site: Site | string | URL): site is Site {
  return typeof site !== 'string' && !(site instanceof URL);
}
