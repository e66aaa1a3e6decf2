export type AddressOutcome =
  /** `base` ends in a slash and has neither query nor hash. */
  { readonly is: 'address'; readonly base: string } | BadAddress;

export type BadAddress = {
  readonly is: 'bad-address';
  /** `credentials`: a name or password stands in it, and would travel in places that we don't control. */
  readonly why: 'not-a-url' | 'not-http' | 'credentials';
};

/** Where an installation's own pages begin; what comes before is its base. */
const ownPages = /^(default|api)\.(asp|php|xml)$|^(login|f)$/i;

/** Hosted by the vendor, who wants https. A dot at the end is the same host in DNS. */
const onDemand = /\.(fogbugz|manuscript)\.com\.?$/;

/**
 * Tidies what a person types or pastes into the base URL of an installation, without asking anybody. Without a scheme
 * it is https.
 */
export function parseAddress(address: string | URL): AddressOutcome {
  const text = String(address).trim();
  const url = urlOf(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  // Chromium makes `%20` of a blank in a host where others, and the standard, see no URL.
  if (!url?.hostname || url.hostname.includes('%')) return { is: 'bad-address', why: 'not-a-url' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { is: 'bad-address', why: 'not-http' };
  if (url.username || url.password) return { is: 'bad-address', why: 'credentials' };
  if (onDemand.test(url.hostname)) url.protocol = 'https:';
  return { is: 'address', base: `${url.origin}${basePath(url.pathname)}` };
}

/** A customer's host below one of the vendor's two domains, whose own web site stands there as well. */
export function isOnDemand(host: string): boolean {
  return /^(?!(?:www|support)\.)[a-z\d.-]+\.(fogbugz|manuscript)\.com$/.test(host);
}

/** Whether a page belongs to the installation at `base`. Another program may live at another path of the same host. */
export function isAt(base: string, url: string): boolean {
  return url.startsWith(base) || `${url}/` === base;
}

/**
 * Where an installation is reached over TLS, for a token that must not travel without; `undefined` if nobody can know.
 * A port of its own speaks one of the two. What never leaves the machine counts as safe, as browsers have it.
 */
export function withTls(base: string): string | undefined {
  const url = new URL(base);
  if (url.protocol === 'https:' || isThisMachine(url.hostname)) return base;
  if (url.port !== '') return undefined;
  url.protocol = 'https:';
  return url.href;
}

/** https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy */
function isThisMachine(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost');
}

/**
 * Whether a request to an address carries a cookie (RFC 6265, 5.4; ports don't count). Whoever asks about many cookies
 * parses the address once.
 */
export function isSentTo(
  cookie: { readonly domain: string; readonly hostOnly: boolean; readonly path: string },
  url: string | URL,
): boolean {
  const { hostname, pathname } = typeof url === 'string' ? new URL(url) : url;
  const domain = cookie.domain.replace(/^\./, '');
  const hostMatches = hostname === domain || (!cookie.hostOnly && hostname.endsWith(`.${domain}`));
  const inPath =
    pathname === cookie.path ||
    pathname.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`);
  return hostMatches && inPath;
}

function basePath(path: string): string {
  const parts = path.split('/').filter(part => part !== '');
  const page = parts.findIndex(part => ownPages.test(part));
  return ['', ...(page < 0 ? parts : parts.slice(0, page)), ''].join('/');
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
