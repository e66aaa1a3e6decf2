/** Which of FogBugz's two APIs a site speaks: `json` (`/f/api/0/jsonapi`) or `xml` (`api.asp`). */
export const dialects = ['json', 'xml'] as const;
export type Dialect = (typeof dialects)[number];

/** One FogBugz installation, as found out by `discover`: without a token, and never at closing time. */
export type Site = {
  /** Where the installation lives, with a trailing slash: `https://acme.fogbugz.com/`, `https://intranet/fogbugz/`. */
  readonly base: string;
  readonly dialect: Dialect;
  /** The absolute URL that takes the requests, without a query for JSON, with `?` or `&` at its end for XML. */
  readonly endpoint: string;
  /** Whether discovery met a same-origin redirect: such a site must not be sent a request that can't refuse redirects. */
  readonly redirected: boolean;
  /** Whether the pages' session ends with the API's log-off, or lives on and wants one of its own; seen at the first. */
  readonly webSession?: 'ends-too' | 'lives-on';
};

/** A site before it was found out, which takes as long as one request. Not trusted to refuse redirects. */
export function usualSite(base: string): Site {
  return { base, dialect: 'json', endpoint: usualEndpoint(base, 'json'), redirected: true };
}

/** Where an API stands unless the site says otherwise: what every FogBugz of the last ten years takes. */
export function usualEndpoint(base: string, dialect: Dialect): string {
  return base + usualPaths[dialect];
}

const usualPaths: Readonly<Record<Dialect, string>> = { json: 'f/api/0/jsonapi', xml: 'api.asp?' };
