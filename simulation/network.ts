import type { FakeBrowser } from '../src/browser/stage/fake-browser.ts';
import { createFakeFetch } from '../src/browser/stage/fake-fetch.ts';
import type { Calls, Process } from './calls.ts';
import type { Dice } from './dice.ts';
import type { Answer, FogBugz } from './fogbugz.ts';
import type { Judge } from './judge.ts';
import { LightHeaders, LightRequest, LightResponse } from './web.ts';

type Around = {
  readonly calls: Calls;
  readonly judge: Judge;
  readonly dice: () => Dice;
  readonly siteAt: (host: string) => FogBugz | undefined;
  /** Whether this computer has a network. */
  readonly isOnline: () => boolean;
  /** Whether requests and replies get lost on their way. */
  readonly isLossy: () => boolean;
  readonly journal: (line: () => string) => void;
};

/** A `fetch` for each process that has one. Requests are lost on their way there or back as the schedule says. */
export function createNetwork(around: Around) {
  const { calls, judge, journal } = around;

  /** One exchange over the network: arrives, has its effect, comes back. */
  const exchange = async (
    from: Process,
    request: LightRequest,
    body: string,
    closing: boolean,
  ): Promise<LightResponse> => {
    const url = new URL(request.url);
    const what = commandOf(request, body);
    const flight = judge.departs(from, request, what, body, closing);
    const { signal } = request;
    // Drawn as it leaves: what happens later must not depend on whom it was drawn for.
    const way =
      around.isLossy() && around.dice().chance(0.06)
        ? around.dice().pick(['lost', 'cut', 'half'] as const)
        : 'there';
    const arrive = async (): Promise<Answer> => {
      const site = around.siteAt(url.host);
      if (way === 'lost' || !around.isOnline() || !site || site.down) {
        judge.faults += 1;
        journal(() => `${what.name} ${judge.nameOf(what.token)} at ${url.host} does not arrive`);
        throw new TypeError('fetch failed');
      }
      const headers = Object.fromEntries(request.headers);
      const before = site.faultsMet;
      const reaction = await site.react({ url: request.url, method: request.method, headers, body });
      if (way !== 'there' || site.faultsMet > before) judge.faults += 1;
      journal(() => {
        const { status = '', text = reaction.is } = reaction.is === 'reply' ? reaction.reply : {};
        const back = way === 'there' ? '' : ` - ${way} on the way back`;
        return `${what.name} ${judge.nameOf(what.token)} at ${url.host}${url.pathname}: ${status} ${judge.masked(text.slice(0, 90))}${back}`;
      });
      if (reaction.is === 'hangs') return new Promise<Answer>(() => undefined);
      if (reaction.is !== 'reply' || way === 'cut') throw new TypeError('fetch failed');
      return reaction.reply;
    };
    const answered = calls.ask(from, `${from.callsAre ?? ''}fetch ${what.name}`, arrive);
    const abortion = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(aborted));
    });
    abortion.catch(() => undefined);
    try {
      const { status, text, headers } = await Promise.race([answered, abortion]);
      if (way !== 'half') return new LightResponse(text, { status, headers, url: request.url });
      const cut = text.slice(0, text.length / 2);
      return new LightResponse(cut, { status, headers, url: request.url, cut: text.length % 2 === 0 });
    } finally {
      flight.land();
    }
  };

  const networkOf = (from: Process, closing: boolean) => async (input: string, init: object) => {
    const request = new LightRequest(input, init);
    return exchange(from, request, await request.text(), closing);
  };

  return {
    /** As a browser does it for its extension. */
    ofBrowser(from: Process, browser: FakeBrowser) {
      // The stand-ins have what both sides use of the platform's classes, and not the rest of their types.
      const platform = { Request: LightRequest, Headers: LightHeaders } as unknown as Parameters<
        typeof createFakeFetch
      >[2];
      return (input: string | LightRequest, init?: object): Promise<unknown> => {
        const request = new LightRequest(input, init);
        // Only the closing function asks for that.
        const network = networkOf(from, request.keepalive) as unknown as typeof fetch;
        const send = createFakeFetch(browser, network, platform);
        judge.asked(from, request, commandOf(request, request.raw()));
        return send(request as unknown as Request);
      };
    },
    /** Without a browser: for the Guard. */
    ofProgram(from: Process, heard: (asking: Asking) => void) {
      return async (input: string | LightRequest, init?: object): Promise<unknown> => {
        for (let request = new LightRequest(input, init), hops = 0; ; hops++) {
          const asking = commandOf(request, request.raw());
          heard(asking);
          judge.asked(from, request, asking);
          const response = await exchange(from, request, request.raw(), false);
          const next = request.redirect === 'follow' ? redirectOf(request, response) : undefined;
          if (!next) return Object.defineProperty(response, 'redirected', { value: hops > 0 });
          request = next;
        }
      };
    },
  };
}

const aborted = new Error('Aborted');

/** What is asked next, within the origin. */
function redirectOf(from: LightRequest, { status, headers }: LightResponse): LightRequest | undefined {
  const location = headers.get('Location');
  if (location === null) return undefined;
  const url = new URL(location, from.url);
  if (url.origin !== new URL(from.url).origin) return undefined;
  const asking = [307, 308].includes(status)
    ? { method: from.method, headers: from.headers, body: from.raw() }
    : {};
  return new LightRequest(url, { ...asking, redirect: 'follow', signal: from.signal ?? null });
}

/** What a request asks for, and about whom. */
export type Asking = { readonly name: string; readonly token: string | undefined };

function commandOf({ url }: LightRequest, body: string): Asking {
  const { pathname, searchParams } = new URL(url);
  if (body.startsWith('{')) {
    const { cmd, token }: { cmd?: string; token?: string } = JSON.parse(body);
    return { name: cmd ?? 'nothing', token };
  }
  const form = new URLSearchParams(body);
  const cmd = form.get('cmd');
  if (cmd !== null) return { name: cmd, token: form.get('token') ?? undefined };
  if (pathname.endsWith('api.xml')) return { name: 'api.xml', token: undefined };
  return { name: searchParams.get('pre') ?? 'page', token: undefined };
}
