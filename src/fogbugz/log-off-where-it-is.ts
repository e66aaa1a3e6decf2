import type { Token } from '../token.ts';
import { errorCodes } from './error-codes.ts';
import { logOff } from './log-off.ts';
import type { LogOffOutcome } from './outcome.ts';
import type { SendOptions } from './send.ts';
import type { Site } from './site.ts';

/** What became of an attempt, and at which site: the one that was given, or what was found in its place. */
export type LoggedOff = { readonly site: Site; readonly outcome: LogOffOutcome };

/**
 * One attempt to end the token. Where something else than the site's API answers, the site is found out again, once, and
 * asked at the place that it has moved to.
 *
 * @param findAgain finds the site out by `discover`, which never leads to another origin. `undefined` if nothing
 *   else than `former` is found.
 */
export async function logOffWhereItIs(
  site: Site,
  token: Token,
  findAgain: (former: Site) => Promise<Site | undefined>,
  options?: SendOptions,
): Promise<LoggedOff> {
  const outcome = await logOff(site, token, options);
  const found = isElsewhere(outcome) ? await findAgain(site) : undefined;
  return found ? { site: found, outcome: await logOff(found, token, options) } : { site, outcome };
}

/** Whether the answer may come from somebody else than the API of the site. */
function isElsewhere(outcome: LogOffOutcome): boolean {
  if (outcome.is === 'not-fogbugz' || outcome.is === 'redirected') return true;
  // A log-off has its token and nothing else: what is missing belongs to the address, which `api.xml` may have changed.
  return outcome.is === 'refused' && outcome.code === errorCodes.argumentMissing;
}

/** Whether a site is asked elsewhere than before. In another dialect it is: only an endpoint of XML ends in `?` or `&`. */
export function hasMoved(former: Site, found: Site): boolean {
  return found.endpoint !== former.endpoint;
}
