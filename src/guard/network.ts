import tls from 'node:tls';
import { EnvHttpProxyAgent, fetch as send } from 'undici';

/**
 * A `fetch` that goes the way the environment says: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (in small letters
 * too), and certificate authorities from Node, from `NODE_EXTRA_CA_CERTS` and from the system, where this Node can
 * tell them. Node 20's own `fetch` knows no proxies.
 */
export function createFetch(env: NodeJS.ProcessEnv): typeof globalThis.fetch {
  // Said, so that `NODE_TLS_REJECT_UNAUTHORIZED=0`, which some have in their environment, sends no token to anybody.
  const trust = { rejectUnauthorized: true, ...systemTrust() };
  const httpProxy = proxyAddress(env.http_proxy ?? env.HTTP_PROXY);
  const httpsProxy = proxyAddress(env.https_proxy ?? env.HTTPS_PROXY) ?? httpProxy;
  const dispatcher = new EnvHttpProxyAgent({
    // Empty means none, and keeps the agent from reading the environment by itself.
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? '',
    noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
    // As browsers do: many proxies let CONNECT through to port 443 alone.
    proxyTunnel: false,
    connect: trust,
    requestTls: trust,
    proxyTls: trust,
  });
  return async (input, init) => {
    const request = new Request(input, init);
    const body = await request.text();
    const response = await send(request.url, {
      method: request.method,
      headers: [...request.headers],
      ...(body && { body }),
      redirect: request.redirect,
      signal: request.signal,
      dispatcher,
    });
    const { status, headers } = response;
    return new Response(response.body && streamOf(response.body.values()), {
      status,
      headers: [...headers],
    });
  };
}

/** The same bytes as a stream of Node's own: undici's and Node's differ to the compiler. */
function streamOf(chunks: AsyncIterator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await chunks.return?.()),
  });
}

/** A proxy's address as people write it: `proxy:3128` too. `undefined` for none, and for one that makes no sense. */
export function proxyAddress(text = ''): string | undefined {
  const address = text.trim();
  if (address === '') return undefined;
  const url = address.includes('://') ? address : `http://${address}`;
  return URL.canParse(url) ? url : undefined;
}

/**
 * Node's authorities and the system's together. Made into one context here, because reading a few hundred
 * certificates for each connection would cost more than the connection. `undefined` before Node 22.15.
 */
function systemTrust(): { readonly secureContext: tls.SecureContext } | undefined {
  if (!('getCACertificates' in tls) || typeof tls.getCACertificates !== 'function') return undefined;
  const { getCACertificates } = tls;
  const ca: string[] = ['default', 'system'].flatMap(kind => getCACertificates(kind));
  return { secureContext: tls.createSecureContext({ ca }) };
}
