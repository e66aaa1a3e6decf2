import { Agent as PlainAgent, request } from 'node:http';
import { Agent, type AgentOptions, type RequestOptions, request as requestOverTls } from 'node:https';
import tls from 'node:tls';
import { once } from '../once.ts';
import { addressOf, authorization, createProxies } from './proxies.ts';
import { Tunnels } from './tunnels.ts';

/** Connections are kept for so long after a reply, in ms: the next log-off of the same end comes right after it. */
const kept = { keepAlive: true, timeout: 4_000 } as const;

/** How to begin a request that gets to an address, and what to ask for at the other end of the line. */
export type Way = { readonly begin: typeof requestOverTls; readonly options: RequestOptions };

/**
 * The ways that the environment says: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (in small letters too), with
 * certificate authorities from Node, from `NODE_EXTRA_CA_CERTS` and from the system, where this Node can tell them.
 * A way throws where there is none.
 */
export function createWays(env: NodeJS.ProcessEnv): (url: URL) => Way {
  const proxyOf = createProxies(env);
  // Made for the first that is gone over TLS: hundreds of certificates are read for it.
  const trusting = once((): AgentOptions => ({ ...kept, ...trust() }));
  const plain = once(() => new PlainAgent(kept));
  const overTls = once(() => new Agent(trusting()));

  /** To where an address itself leads; the headers are for whoever is there. */
  const to = (url: URL, headers: Readonly<Record<string, string>> = {}): Way =>
    url.protocol === 'http:'
      ? { begin: request, options: { ...addressOf(url), headers, agent: plain() } }
      : { begin: requestOverTls, options: { ...addressOf(url), headers, agent: overTls() } };
  let tunnels: Tunnels | undefined;
  /** There is one proxy for all that goes over TLS. */
  const tunnelsOf = (proxy: URL): Tunnels => {
    tunnels ??= new Tunnels(to(proxy, authorization(proxy)), trusting());
    return tunnels;
  };

  return url => {
    const path = `${url.pathname}${url.search}`;
    const proxy = proxyOf(url);
    if (![url, proxy ?? url].every(({ protocol }) => ['http:', 'https:'].includes(protocol)))
      throw new Error('Nobody here speaks that protocol');
    if (proxy && url.protocol === 'http:') {
      // As browsers do, and not by CONNECT: many proxies let that through to port 443 alone.
      const { begin, options } = to(proxy, { ...authorization(proxy), Host: url.host });
      return { begin, options: { ...options, path: `${url.origin}${path}` } };
    }
    const { begin, options } = to(url);
    return { begin, options: { ...options, path, ...(proxy && { agent: tunnelsOf(proxy) }) } };
  };
}

/**
 * Node's authorities, and with them the system's, which no Node before 22.15 can tell. Made into one context here,
 * because reading a few hundred certificates for each connection would cost more than the connection.
 */
function trust(): Pick<AgentOptions, 'rejectUnauthorized' | 'secureContext'> {
  const told =
    'getCACertificates' in tls && typeof tls.getCACertificates === 'function'
      ? tls.getCACertificates
      : undefined;
  const ca: string[] = told ? ['default', 'system'].flatMap(kind => told(kind)) : [];
  return {
    // Said, so that `NODE_TLS_REJECT_UNAUTHORIZED=0`, which some have in their environment, sends no token to anybody.
    rejectUnauthorized: true,
    secureContext: tls.createSecureContext(told ? { ca } : {}),
  };
}
