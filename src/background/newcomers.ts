import type { LoggedOn, TokenTaken, WindowKind } from '../browser/commands.ts';
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

type LogOnDetails = {
  readonly site: string;
  readonly email: string;
  readonly password: string;
  readonly page: 'too' | 'not';
  readonly window: WindowKind;
};

type PastedToken = {
  readonly site: string;
  readonly token: string;
  readonly kind: Session['kind'];
  readonly window: WindowKind;
};

/** Sessions that begin in the popup: by e-mail and password, or by a token that somebody has at hand. */
export function createNewcomers(keeper: Keeper, sites: Sites, ports: NewcomersPorts) {
  const add = (
    session: Pick<Session, 'site' | 'token' | 'source' | 'kind'>,
    window: WindowKind,
  ): Promise<void> =>
    keeper.enqueue(async () => {
      // While the server was asked, its cookie may have appeared, or somebody have clicked twice.
      if (keeper.holds(session.token)) return;
      await keeper.add(openSession({ ...session, private: window === 'private', since: ports.now() }));
    });

  return {
    async logOn({ site: base, email, password, page, window }: LogOnDetails): Promise<LoggedOn> {
      const site = await sites.find(base);
      if (!isSite(site)) return { is: 'failed', obstacle: site };
      const outcome = await logOn(site, email, password);
      switch (outcome.is) {
        case 'logged-on':
          // Kept before anything else is done with it: from here on it can't be lost.
          await add({ site: base, token: outcome.token, source: { is: 'logon' }, kind: 'session' }, window);
          if (page === 'not') return { is: 'logged-on' };
          return ports.setCookie(base, outcome.token, window).then(
            () => ({ is: 'logged-on' }),
            () => ({ is: 'page-not' }),
          );
        case 'ambiguous':
        case 'wrong-password':
        case 'two-factor':
          return outcome;
        default:
          return { is: 'failed', obstacle: await sites.obstacle(base, outcome) };
      }
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
