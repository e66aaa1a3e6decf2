/** Finds the proxy for an address; `undefined`: straight there. */
export type ProxyOf = (url: URL) => URL | undefined;

/** As the environment says: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, of which those in small letters come first. */
export function createProxies(env: NodeJS.ProcessEnv): ProxyOf {
  const ofHttp = proxyAddress(env.http_proxy ?? env.HTTP_PROXY);
  const ofHttps = proxyAddress(env.https_proxy ?? env.HTTPS_PROXY) ?? ofHttp;
  const spared = (env.no_proxy ?? env.NO_PROXY ?? '').split(/[,\s]+/).filter(entry => entry !== '');
  return url => {
    const proxy = url.protocol === 'https:' ? ofHttps : ofHttp;
    return proxy && !spared.some(entry => spares(entry, url)) ? proxy : undefined;
  };
}

/** A proxy's address as people write it: `proxy:3128` too. `undefined` for none, and for one that makes no sense. */
export function proxyAddress(text = ''): URL | undefined {
  const address = text.trim();
  if (address === '') return undefined;
  const url = address.includes('://') ? address : `http://${address}`;
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** An entry of `NO_PROXY`: `*`, or a host and all below it, written with a dot or `*.` before it or not; a port if it has one. */
function spares(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', port] = /^(.+?)(?::(\d+))?$/.exec(entry) ?? [];
  const host = name.replace(/^\*?\./, '').toLowerCase();
  if (port !== undefined && port !== portOf(url)) return false;
  return url.hostname === host || url.hostname.endsWith(`.${host}`);
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}

/** Where to connect to. */
export function addressOf(url: URL): { readonly hostname: string; readonly port: string } {
  return { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: portOf(url) };
}

/** The name and the password in a proxy's address, for the proxy alone. */
export function authorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  const both = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'Proxy-Authorization': `Basic ${Buffer.from(both).toString('base64')}` };
}
