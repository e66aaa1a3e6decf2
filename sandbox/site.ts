import type { SwitchValues } from './switches.ts';
import type { TokenStore } from './tokens.ts';

const fortnight = 14 * 86_400;

/** The FogBugz installation that a request was sent to. */
export type Site = {
  readonly host: string;
  /** Path of the installation, with a slash at both ends: `/`, `/fogbugz/`. */
  readonly base: string;
  readonly secure: boolean;
  readonly switches: SwitchValues;
  readonly tokens: TokenStore;
  /** Id of the connection that the request came over. */
  readonly connection: number;
};

/** The attributes of the cookie that means "logged on", as the switches have them. */
export function fbTokenCookie(site: Site, value: string, rememberMe: RememberMe): string {
  const seconds = maxAge(site.switches.fbTokenExpiry, rememberMe);
  const expiry = seconds === undefined ? [] : [`Max-Age=${seconds}`];
  return [`fbToken=${value}`, ...scopeOf(site), ...expiry].join('; ');
}

type RememberMe = 'ticked' | 'not-ticked';

/** In seconds; `undefined` for a cookie that ends with the browser. */
function maxAge(expiry: SwitchValues['fbTokenExpiry'], rememberMe: RememberMe): number | undefined {
  switch (expiry) {
    case 'as-asked':
      return rememberMe === 'ticked' ? fortnight : undefined;
    case 'session':
      return undefined;
    case 'persistent':
      return fortnight;
    case '3s':
      return 3;
    default:
      return expiry satisfies never;
  }
}

/** Takes the cookie away: same name, path and domain, in the past. */
export function clearedFbTokenCookie(site: Site): string {
  return ['fbToken=', ...scopeOf(site), 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'].join('; ');
}

function scopeOf(site: Site): readonly string[] {
  const { fbTokenHttpOnly, fbTokenSecure, fbTokenDomain } = site.switches;
  const parent = /[^.]+\.[^.\d]+$/.exec(site.host)?.[0];
  return [
    `Path=${site.base}`,
    ...(fbTokenDomain === 'domain-wide' && parent ? [`Domain=${parent}`] : []),
    ...(fbTokenSecure === 'yes' && site.secure ? ['Secure'] : []),
    ...(fbTokenHttpOnly === 'yes' ? ['HttpOnly'] : []),
  ];
}
