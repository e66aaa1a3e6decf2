import * as v from 'valibot';
import type { Call } from './call.ts';
import type { Ask } from './commands.ts';
import type { SwitchValues } from './switches.ts';

/** What a web request is for. */
export type WebCommand = 'log-on-page' | 'log-on' | 'log-off' | 'page';

/** Where a request leads. */
export type Route =
  | { readonly is: 'discovery' }
  | { readonly is: 'api'; readonly ask: Ask }
  | { readonly is: 'web'; readonly command: WebCommand; readonly page: string }
  | { readonly is: 'not-found' };

const jsonObject = v.record(v.string(), v.unknown());

/** Finds out where a request leads. `base` is the installation's path, with a slash at both ends. */
export function routeOf(call: Call, base: string, switches: SwitchValues): Route {
  if (`${call.path}/` === base) return { is: 'web', command: 'page', page: '' };
  if (!call.path.startsWith(base)) return { is: 'not-found' };
  const page = call.path.slice(base.length);
  if (page === 'api.xml') return { is: 'discovery' };
  if (page === switches.xmlEndpoint.split('?')[0]) return { is: 'api', ask: xmlAsk(call, switches) };
  if (page === 'f/api/0/jsonapi' || page.startsWith('api/')) return jsonRoute(call, page, switches);
  const command = webCommand(call, page, switches);
  return command ? { is: 'web', command, page } : { is: 'not-found' };
}

function jsonRoute(call: Call, page: string, switches: SwitchValues): Route {
  if (switches.jsonApi === 'no' || call.method !== 'POST') return { is: 'not-found' };
  const body = parseJson(call.body);
  const parameter = (name: string): string | undefined => {
    const value = body[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const command = page.startsWith('api/') ? page.slice('api/'.length) : parameter('cmd');
  return { is: 'api', ask: { dialect: 'json', command, parameter, cookieToken: call.cookies.fbToken } };
}

function xmlAsk(call: Call, switches: SwitchValues): Ask {
  const parameter = (name: string) => call.form.get(name) ?? call.query.get(name) ?? undefined;
  const misdirected = switches.xmlEndpoint.includes('id=') && call.query.get('id') !== 'xxxx';
  const command = misdirected ? undefined : parameter('cmd');
  return { dialect: 'xml', command, parameter, cookieToken: call.cookies.fbToken };
}

function webCommand(call: Call, page: string, switches: SwitchValues): WebCommand | undefined {
  const pre = call.query.get('pre') ?? call.form.get('pre');
  const old = page === 'default.asp' || page === 'default.php';
  if (old && pre === 'preLogOff') return 'log-off';
  const logOn = switches.logOnPage === '/login' ? /^login\/?/.test(page) : old && pre === 'preLogon';
  if (logOn) return call.method === 'POST' ? 'log-on' : 'log-on-page';
  return old || page === '' || page.startsWith('f/') ? 'page' : undefined;
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed = v.safeParse(jsonObject, JSON.parse(text));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}
