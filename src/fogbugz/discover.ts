import { type BadAddress, parseAddress } from './address.ts';
import type { Failure } from './outcome.ts';
import { type Moved, probe } from './probe.ts';
import { readReply } from './reply.ts';
import { probeRequest } from './request.ts';
import { type SendOptions, send } from './send.ts';
import type { Site } from './site.ts';
import { readApiXml } from './xml.ts';

export type DiscoverOutcome = { readonly is: 'site'; readonly site: Site } | Moved | BadAddress | Failure;

/**
 * Finds out where an installation lives and which API it speaks, JSON before XML. Carries no token, so it may follow
 * redirects; one to another origin is for the user to judge. A message of a server is no part of the outcome.
 */
export async function discover(address: string | URL, options?: SendOptions): Promise<DiscoverOutcome> {
  const parsed = parseAddress(address);
  if (parsed.is !== 'address') return parsed;
  const json = await discoverJson(parsed.base, options);
  if (json.is === 'site' || json.is === 'unreachable' || json.is === 'timed-out') return json;
  // Old releases answer an unknown path with whatever they like; only api.xml can tell.
  const xml = await discoverXml(parsed.base, options);
  return xml.is === 'not-fogbugz' ? json : xml;
}

const jsonApi = 'f/api/0/jsonapi';

async function discoverJson(base: string, options?: SendOptions): Promise<DiscoverOutcome> {
  const found = await probe(base, jsonApi, endpoint => probeRequest({ dialect: 'json', endpoint }), options);
  if (found.is !== 'found') return found;
  const answer = readReply('json', found.reply);
  if (answer.is !== 'yes' && answer.is !== 'no') return answer;
  const endpoint = found.base + jsonApi;
  return {
    is: 'site',
    site: { base: found.base, dialect: 'json', endpoint, redirected: found.redirected },
  };
}

async function discoverXml(base: string, options?: SendOptions): Promise<DiscoverOutcome> {
  const found = await probe(base, 'api.xml', url => ({ url, method: 'GET' }), options);
  if (found.is !== 'found') return found;
  const { status } = found.reply;
  const endpoint = endpointOf(readApiXml(found.reply.text), found.base);
  if (!endpoint) {
    const answer = readReply('xml', found.reply);
    return answer.is === 'yes' || answer.is === 'no' ? { is: 'not-fogbugz', status } : answer;
  }
  // api.xml was asked, and not the endpoint itself: only one seen to answer without a redirect counts as such.
  const direct = await send(probeRequest({ dialect: 'xml', endpoint }), options);
  const redirected = found.redirected || direct.is !== 'reply';
  return { is: 'site', site: { base: found.base, dialect: 'xml', endpoint, redirected } };
}

/** Tokens will be sent there: a reply must not be able to point it at another origin. */
function endpointOf(path: string | undefined, base: string): string | undefined {
  if (path === undefined || !URL.canParse(path, base)) return undefined;
  const url = new URL(path, base);
  if (url.origin !== new URL(base).origin || url.username || url.password) return undefined;
  url.hash = '';
  const { href } = url;
  return /[?&]$/.test(href) ? href : href + (url.search ? '&' : '?');
}
