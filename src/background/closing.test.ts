import { describe, expect, it } from 'vitest';
import type { Line } from '../browser/line.ts';
import type { Site } from '../fogbugz/site.ts';
import type { CookieIdentity, Session } from '../session/session.ts';
import { defaultSettings, type Settings } from '../session/settings.ts';
import { cookieIdentity, sampleStates, sessionWith, tokenOf } from '../session/stage/samples.ts';
import { createClosing } from './closing.ts';
import { createKeeper, type KeeperPorts } from './keeper.ts';

const never = () => new Promise<never>(() => undefined);

/** A browser that is closing: no call of it comes back, whichever it is. */
const silent: KeeperPorts = {
  save: never,
  remove: never,
  saveSettings: never,
  wire: { logOff: never, check: never, person: never },
  history: { put: never, amend: never, drop: never, clear: never },
  rememberDead: never,
  removeCookie: never,
  cookieIsGone: never,
  now: () => 10_000,
  chance: () => 0.5,
  changed: () => undefined,
};

const acme = 'https://acme.fogbugz.com/';
const other = 'https://other.fogbugz.com/';
const known = (base: string): Site | undefined => ({
  base,
  dialect: 'xml',
  endpoint: `${base}api.asp?`,
  redirected: false,
});

/** What went out, in order, as a server would see it. */
function open(
  sessions: readonly Session[],
  settings: Partial<Settings> = {},
  { siteOf = known, cookiesAreKnown = (_: string): boolean => true } = {},
) {
  const sent: { readonly token: string; readonly site: Site; readonly cookie: string }[] = [];
  const line: Line = (site, token, cookie) => {
    sent.push({ token: token.reveal(), site, cookie });
    return never();
  };
  const keeper = createKeeper(silent);
  keeper.restore(sessions, { settings: { ...defaultSettings, ...settings }, changedAt: 0 });
  const closing = createClosing(keeper, siteOf, cookiesAreKnown, line);
  return { keeper, closing, sent, tokens: () => sent.map(({ token }) => token) };
}

const session = (name: string, changes: Partial<Session> = {}) =>
  sessionWith({ id: name, token: tokenOf(`token-of-${name}`), ...changes });

describe('closing the browser', () => {
  it('has sent everything before it returns, with every browser call hanging', () => {
    const { keeper, closing, tokens } = open([session('a'), session('b', { site: other })]);
    void keeper.enqueue(never);
    void keeper.tellAll({ is: 'tabs-seen', any: false, at: 10_000 });
    closing.close();
    expect(tokens()).toEqual(['token-of-a', 'token-of-b']);
  });

  describe('tells which cookie a request would carry that can leave none out', () => {
    const from = (cookie: Partial<CookieIdentity>): Session['source'] => ({
      is: 'web',
      cookie: { ...cookieIdentity, ...cookie },
    });
    const wide = from({ domain: '.fogbugz.com', hostOnly: false });
    const container = from({ storeId: 'firefox-container-1' });
    const partitioned = from({ partition: 'https://elsewhere.example' });
    const replaced = { state: sampleStates.waiting };

    it.each<[string, readonly Session[], readonly string[]]>([
      ['its own', [session('a')], ['its-own']],
      ['its own while counting down', [session('a', { state: sampleStates.countingDown })], ['its-own']],
      ['its own, after it replaced another', [session('a'), session('b', replaced)], ['its-own', 'unknown']],
      ['an owed one, whose cookie may be a new one by now', [session('a', replaced)], ['unknown']],
      ['two that reach the site', [session('a'), session('b', { source: wide })], ['unknown', 'unknown']],
      ['none for a container', [session('a', { source: container })], ['none']],
      ['none for a partitioned one', [session('a', { source: partitioned })], ['none']],
      ['none for a pasted one', [session('a', { source: { is: 'pasted' } })], ['none']],
      ["another's", [session('a'), session('b', { source: container })], ['its-own', 'unknown']],
      ['of a private window nothing', [session('a', { source: container, private: true })], ['unknown']],
    ])('%s', (_, sessions, cookies) => {
      const { closing, sent } = open(sessions);
      closing.close();
      expect(sent.map(({ cookie }) => cookie)).toEqual(cookies);
    });

    it('unknown, while a cookie is known that is no session yet', () => {
      const { closing, sent } = open([session('a')], {}, { cookiesAreKnown: () => false });
      closing.close();
      expect(sent.map(({ cookie }) => cookie)).toEqual(['unknown']);
    });
  });

  it('sends one of each site first, then the second ones', () => {
    const { closing, tokens } = open([
      session('a1'),
      session('a2'),
      session('a3'),
      session('b1', { site: other }),
      session('b2', { site: other }),
    ]);
    closing.close();
    expect(tokens().map(token => token.slice(-2))).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
  });

  it('sends what is open, counting down or owed, and not what was answered', () => {
    const { closing, tokens } = open(
      Object.entries(sampleStates).map(([name, state]) => session(name.padEnd(8, '-'), { state })),
    );
    closing.close();
    expect(tokens().map(token => token.slice('token-of-'.length).replace(/-+$/, ''))).toEqual([
      'open',
      'unused',
      'countingDown',
      'sending',
      'waiting',
    ]);
  });

  it('sends no API key, except one that the user has revoked', () => {
    const { closing, tokens } = open(
      Object.entries(sampleStates)
        .filter(([name]) => name !== 'countingDown')
        .map(([name, state]) =>
          session(name.padEnd(8, '-'), { state, kind: 'api-key', source: { is: 'pasted' } }),
        ),
    );
    closing.close();
    expect(tokens()).toEqual(['token-of-sending-', 'token-of-waiting-']);
  });

  it("sends a private window's whatever is set: its cookie goes with the window", () => {
    const { closing, tokens } = open([session('a', { private: true })], { browserClose: false });
    closing.close();
    expect(tokens()).toEqual(['token-of-a']);
  });

  it('keeps those of a site with an exception, and no others', () => {
    const { closing, tokens } = open([session('a'), session('b', { site: other })], {
      exceptions: { [other]: { browserClose: false } },
    });
    closing.close();
    expect(tokens()).toEqual(['token-of-a']);
  });

  it('keeps open sessions with that trigger switched off, but not what was decided before', () => {
    const { closing, tokens } = open([session('open'), session('owed', { state: sampleStates.waiting })], {
      browserClose: false,
    });
    closing.close();
    expect(tokens()).toEqual(['token-of-owed']);
  });

  it('sends each one once, although every tab and window tells of the end', () => {
    const { closing, tokens } = open([session('a')]);
    for (let event = 0; event < 5; event++) closing.close();
    expect(tokens()).toEqual(['token-of-a']);
  });

  it('is another close after a tab was opened again', () => {
    const { closing, tokens } = open([session('a')]);
    closing.close();
    closing.reopened();
    closing.close();
    expect(tokens()).toEqual(['token-of-a', 'token-of-a']);
  });

  it('sends to the site as it was found out', () => {
    const { closing, sent } = open([session('a')]);
    closing.close();
    expect(sent.map(({ site }) => site)).toEqual([known(acme)]);
  });

  it('guesses a site that was not found out yet, and does not trust it to refuse redirects', () => {
    const { closing, sent } = open([session('a')], {}, { siteOf: () => undefined });
    closing.close();
    expect(sent.map(({ site }) => site)).toEqual([
      { base: acme, dialect: 'json', endpoint: `${acme}f/api/0/jsonapi`, redirected: true },
    ]);
  });
});
