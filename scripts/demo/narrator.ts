import { until } from '../../e2e/until.ts';
import type { Sandbox, TokenLife } from '../../sandbox/sandbox.ts';

export type Narrator = {
  /** What has just happened, such as `the last tab closed`: deaths are timed from it. */
  happened(what: string): void;
  /** Waits until the extension has made a session of the newest token. */
  adopted(): Promise<void>;
  /** Waits a while for every token to be dead, and each death to be told. */
  settled(): Promise<void>;
};

type Moment = { readonly what: string; readonly at: number };

/** Tells the life of each token as it happens, from what the server sees. */
export function narrate(sandbox: Sandbox): Narrator {
  let last: Moment = { what: 'the start', at: Date.now() };
  const telling = new Set<Promise<void>>();
  const happened = (what: string) => {
    last = { what, at: Date.now() };
  };

  sandbox.on(event => {
    if (event.is === 'birth') tell(event.life, `created by ${makers[event.life.via]}`);
    if (event.is === 'death') {
      const told = tellDeath(event.life, last);
      telling.add(told);
      void told.then(() => telling.delete(told));
    }
  });

  /** The extension asks once more after each log-off: that is the proof, and it comes within moments or not at all. */
  const tellDeath = async (life: TokenLife, { what, at }: Moment) => {
    const died = life.diedAt ?? Date.now();
    const proof = await until('a check', () => wasChecked(life.token, died), { ms: 3_000 }).catch(
      () => false,
    );
    tell(
      life,
      `${enders[life.diedBy ?? 'web']} ${after(died - at)} after ${what}${proof ? ', confirmed' : ''}`,
    );
  };
  const wasChecked = (token: string, since: number) =>
    sandbox.requests().some(one => one.token === token && one.command === 'logon' && one.at >= since);

  return {
    happened,
    async adopted() {
      const { token } = sandbox.tokens().at(-1) ?? { token: '' };
      await until('the extension to adopt the session', () =>
        sandbox.requests().some(one => one.token === token && one.command === 'viewPerson' && one.status),
      );
    },
    async settled() {
      await until(
        'every token to be dead',
        () => sandbox.tokens().every(({ diedAt }) => diedAt !== undefined),
        {
          ms: 15_000,
        },
      ).catch(() => undefined); // told at the end
      await Promise.all(telling);
    },
  };
}

const makers: Record<TokenLife['via'], string> = {
  web: 'web log-on',
  json: 'JSON log-on',
  xml: 'XML log-on',
  key: 'the user options, as a key',
};
const enders: Record<NonNullable<TokenLife['diedBy']>, string> = {
  json: 'logged off by JSON',
  xml: 'logged off by XML',
  web: 'logged off by the web page',
  administrator: 'ended by an administrator',
  expiry: 'expired',
};

function tell({ token, host, person }: TokenLife, what: string): void {
  console.log(`  ${token.slice(0, 4)}…  ${person} at ${host}: ${what}`);
}

function after(ms: number): string {
  return ms < 1000 ? `${Math.max(0, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
