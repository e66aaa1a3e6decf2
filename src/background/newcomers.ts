import type { LoggedOn, NotLoggedOn, TokenTaken, WindowKind } from '../browser/commands.ts';
import { check } from '../fogbugz/check.ts';
import { logOn } from '../fogbugz/log-on.ts';
import { openSession, type Session } from '../session/session.ts';
import { Token } from '../token.ts';
import type { Keeper } from './keeper.ts';
import { isSite, type Sites } from './sites.ts';

export type NewcomersPorts = {
  /** Logs the browser's pages on with a token. Rejects if the browser won't. */
  readonly setCookie: (base: string, token: Token, window: WindowKind) => Promise<void>;
  readonly now: () => number;
};

export type OpenDetails = {
  readonly site: string;
  readonly email: string;
  readonly password: string;
  readonly window: WindowKind;
};

type LogOnDetails = OpenDetails & { readonly page: 'too' | 'not' };

/** `before`: whether the server gave a token that the keeper had already. */
type Opened = {
  readonly is: 'opened';
  readonly id: string;
  readonly token: Token;
  readonly before: 'unknown' | 'known';
};

type PastedToken = {
  readonly site: string;
  readonly token: string;
  readonly kind: Session['kind'];
  readonly window: WindowKind;
};

export type Newcomers = ReturnType<typeof createNewcomers>;

/** Sessions that begin in our own pages: by e-mail and password, or by a token that somebody has at hand. */
export function createNewcomers(keeper: Keeper, sites: Sites, ports: NewcomersPorts) {
  const add = async (
    session: Pick<Session, 'site' | 'token' | 'source' | 'kind'>,
    window: WindowKind,
  ): Promise<Pick<Opened, 'id' | 'before'>> => {
    const fresh = openSession({ ...session, private: window === 'private', since: ports.now() });
    let before: Session | undefined;
    await keeper.enqueue(async () => {
      // While the server was asked, its cookie may have appeared, or somebody have clicked twice.
      before = [...keeper.sessions()].find(({ token }) => token.equals(session.token));
      if (before === undefined) await keeper.add(fresh);
    });
    return before === undefined ? { id: fresh.id, before: 'unknown' } : { id: before.id, before: 'known' };
  };

  const open = async ({
    site: base,
    email,
    password,
    window,
  }: OpenDetails): Promise<Opened | NotLoggedOn> => {
    const site = await sites.find(base);
    if (!isSite(site)) return { is: 'failed', obstacle: site };
    const outcome = await logOn(site, email, password);
    switch (outcome.is) {
      case 'logged-on': {
        const { token } = outcome;
        // Kept before anything else is done with it: from here on it can't be lost.
        const kept = await add({ site: base, token, source: { is: 'logon' }, kind: 'session' }, window);
        return { is: 'opened', token, ...kept };
      }
      case 'ambiguous':
      case 'wrong-password':
      case 'two-factor':
        return outcome;
      default:
        return { is: 'failed', obstacle: await sites.obstacle(base, outcome) };
    }
  };

  return {
    /** Opens a session of the extension's own, and no page's. */
    open,

    async logOn({ page, ...details }: LogOnDetails): Promise<LoggedOn> {
      const opened = await open(details);
      if (opened.is !== 'opened') return opened;
      if (page === 'not') return { is: 'logged-on' };
      return ports.setCookie(details.site, opened.token, details.window).then(
        () => ({ is: 'logged-on' }),
        () => ({ is: 'page-not' }),
      );
    },

    async takeToken({ site: base, token: text, kind, window }: PastedToken): Promise<TokenTaken> {
      const token = Token.parse(text.trim());
      if (!token) return { is: 'not-a-token' };
      if (keeper.holds(token)) return { is: 'known' };
      const site = await sites.find(base);
      if (!isSite(site)) return { is: 'failed', obstacle: site };
      const outcome = await check(site, token);
      if (outcome.is === 'dead') return { is: 'dead' };
      if (outcome.is !== 'alive') return { is: 'failed', obstacle: await sites.obstacle(base, outcome) };
      await add({ site: base, token, source: { is: 'pasted' }, kind }, window);
      return { is: 'taken' };
    },
  };
}
