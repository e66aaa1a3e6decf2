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

/** Hosted by the vendor, who wants https [D]. A dot at the end is the same host in DNS. */
const onDemand = /\.(fogbugz|manuscript)\.com\.?$/;

/**
 * Tidies what a person types or pastes into the base URL of an installation, without asking anybody. Without a scheme
 * it is https.
 */
export function parseAddress(address: string | URL): AddressOutcome {
  const text = String(address).trim();
  const url = urlOf(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url?.hostname) return { is: 'bad-address', why: 'not-a-url' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { is: 'bad-address', why: 'not-http' };
  if (url.username || url.password) return { is: 'bad-address', why: 'credentials' };
  if (onDemand.test(url.hostname)) url.protocol = 'https:';
  return { is: 'address', base: `${url.origin}${basePath(url.pathname)}` };
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
