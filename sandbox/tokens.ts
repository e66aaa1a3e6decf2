import { randomBytes } from 'node:crypto';
import type { SwitchValues } from './switches.ts';

/** What made a token. A `key` is an API token from User Options: it has no expiry. */
export type Via = 'web' | 'json' | 'xml' | 'key';
/** What ended a token: a logoff through an API, the web page's log-off, an administrator, or the site's time limits. */
export type DiedBy = 'json' | 'xml' | 'web' | 'administrator' | 'expiry';

/** The life of one token, as it was when asked. Times are ms since the epoch. */
export type TokenLife = {
  readonly token: string;
  /** The site it belongs to: a host name, without port. */
  readonly host: string;
  /** Full name and first address of its person. */
  readonly person: string;
  readonly email: string;
  readonly via: Via;
  /** Id of the connection over which it was made; `undefined` if no request made it. */
  readonly connection: number | undefined;
  readonly createdAt: number;
  readonly usedAt: number;
  /** When the APIs stopped taking it. Earlier than `diedAt` only with `apiLogOffEndsWebSession: 'no'`. */
  readonly closedToApiAt: number | undefined;
  /** When nothing took it any more, neither pages nor APIs; `undefined` while it lives. */
  readonly diedAt: number | undefined;
  /** `diedAt` on the monotonic clock of the sandbox's process (`performance.now()`). */
  readonly diedAtMonotonic: number | undefined;
  readonly diedBy: DiedBy | undefined;
  /** API logoff requests that named it, whatever came of them, faults included. */
  readonly logOffsAsked: number;
  /** API logon requests that named it (validity checks), whatever came of them. */
  readonly checksAsked: number;
};

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Birth = Pick<TokenLife, 'host' | 'person' | 'email' | 'via' | 'connection'>;

/** Told of each birth and each death. */
export type LifeListener = (event: { readonly is: 'birth' | 'death'; readonly life: TokenLife }) => void;

/** The one store of tokens, for the pages and for both APIs. */
export class TokenStore {
  readonly #lives = new Map<string, Mutable<TokenLife>>();
  readonly #switches: () => SwitchValues;
  readonly #tell: LifeListener;

  constructor(kept: readonly TokenLife[], switches: () => SwitchValues, tell: LifeListener) {
    for (const life of kept) this.#lives.set(life.token, { ...life });
    this.#switches = switches;
    this.#tell = tell;
  }

  /** Every token ever made, oldest first, dead ones included. */
  all(): readonly TokenLife[] {
    for (const life of this.#lives.values()) this.#expire(life);
    return [...this.#lives.values()].map(life => ({ ...life }));
  }

  life(token: string): TokenLife | undefined {
    const life = this.#lives.get(token);
    if (!life) return undefined;
    this.#expire(life);
    return { ...life };
  }

  birth(birth: Birth): string {
    const token = newToken(Number(this.#switches().tokenLength));
    const now = Date.now();
    const life: Mutable<TokenLife> = {
      ...birth,
      token,
      createdAt: now,
      usedAt: now,
      closedToApiAt: undefined,
      diedAt: undefined,
      diedAtMonotonic: undefined,
      diedBy: undefined,
      logOffsAsked: 0,
      checksAsked: 0,
    };
    this.#lives.set(token, life);
    this.#tell({ is: 'birth', life: { ...life } });
    return token;
  }

  /** The life behind a token that this site takes from an API or from a page; counts as a use of it. */
  use(host: string, token: string | undefined, where: 'api' | 'page'): TokenLife | undefined {
    const life = token === undefined ? undefined : this.#lives.get(token);
    if (!life || life.host !== host) return undefined;
    this.#expire(life);
    if (life.diedAt !== undefined || (where === 'api' && life.closedToApiAt !== undefined)) return undefined;
    life.usedAt = Date.now();
    return { ...life };
  }

  /** Logs a token off, or ends it in another way. */
  end(token: string, by: DiedBy): void {
    const life = this.#lives.get(token);
    if (!life || life.diedAt !== undefined) return;
    const now = Date.now();
    life.closedToApiAt ??= now;
    const onlyApi = this.#switches().apiLogOffEndsWebSession === 'no' && life.via === 'web';
    if (onlyApi && (by === 'json' || by === 'xml')) return;
    this.#die(life, by, now);
  }

  /** Counts a request that named the token, before anything is made of it. */
  asked(token: string | undefined, what: 'logoff' | 'logon'): void {
    const life = token === undefined ? undefined : this.#lives.get(token);
    if (!life) return;
    if (what === 'logoff') life.logOffsAsked += 1;
    else life.checksAsked += 1;
  }

  #expire(life: Mutable<TokenLife>): void {
    if (life.diedAt !== undefined || life.via === 'key') return;
    const { lifetime, idleTimeout } = this.#switches();
    const end = Math.min(life.createdAt + lengthOf(lifetime), life.usedAt + lengthOf(idleTimeout));
    if (Date.now() >= end) this.#die(life, 'expiry', end);
  }

  #die(life: Mutable<TokenLife>, by: DiedBy, at: number): void {
    life.closedToApiAt ??= at;
    life.diedAt = at;
    life.diedAtMonotonic = performance.now() - (Date.now() - at);
    life.diedBy = by;
    this.#tell({ is: 'death', life: { ...life } });
  }
}

/** Milliseconds of a switch's length of time. */
function lengthOf(length: SwitchValues['lifetime' | 'idleTimeout']): number {
  switch (length) {
    case 'none':
      return Number.POSITIVE_INFINITY;
    case '5s':
      return 5_000;
    case '20min':
      return 20 * 60_000;
    case '8h':
      return 8 * 3_600_000;
    default:
      return length satisfies never;
  }
}

/** Characters as in every real-looking token seen: `0-9a-v`. */
export function newToken(length: number): string {
  return Array.from(randomBytes(length), byte => (byte & 31).toString(32)).join('');
}
