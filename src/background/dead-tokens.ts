import type { Token } from '../token.ts';

/** Long enough for the oldest tab group or window that a session restore may bring back, in ms. */
const keptMs = 60 * 24 * 60 * 60_000;
const most = 2_000;

/** Salted hashes of tokens that were answered dead. Never the tokens. */
export type DeadList = {
  readonly salt: string;
  readonly hashes: readonly { readonly hash: string; readonly at: number }[];
};

export type DeadTokens = {
  readonly has: (token: Token) => Promise<boolean>;
  readonly add: (tokens: readonly Token[], at: number) => Promise<void>;
};

/**
 * Remembers dead tokens, so that none is adopted again when a session restore or a late `Set-Cookie` brings its
 * cookie back.
 */
export function createDeadTokens(
  before: DeadList | undefined,
  save: (list: DeadList) => Promise<void>,
): DeadTokens {
  let list: DeadList = before ?? { salt: crypto.randomUUID(), hashes: [] };

  return {
    async has(token) {
      const hash = await hashOf(list.salt, token);
      return list.hashes.some(entry => entry.hash === hash);
    },
    async add(tokens, at) {
      const hashes = await Promise.all(tokens.map(token => hashOf(list.salt, token)));
      const known = new Set(list.hashes.map(({ hash }) => hash));
      const fresh = [...new Set(hashes)].filter(hash => !known.has(hash));
      if (fresh.length === 0) return;
      const kept = list.hashes.filter(entry => at - entry.at < keptMs);
      list = { ...list, hashes: [...kept, ...fresh.map(hash => ({ hash, at }))].slice(-most) };
      await save(list);
    },
  };
}

/** Whose token it is: of a private window nothing may come to the disk. */
type Owner = { readonly token: Token; readonly private: boolean };

/** The list of the disk, and the one of private windows, which ends with the browser's run. */
export function createDeadLists() {
  let lists: { readonly disk: DeadTokens; readonly memory: DeadTokens } | undefined;
  const listOf = (fleeting: boolean): DeadTokens | undefined => lists?.[fleeting ? 'memory' : 'disk'];
  return {
    /** What was stored; to be called once, before anything else can matter. */
    restore(stored: NonNullable<typeof lists>): void {
      lists = stored;
    },
    has: async ({ token, private: fleeting }: Owner): Promise<boolean> =>
      (await listOf(fleeting)?.has(token)) ?? false,
    async add(owners: readonly Owner[], at: number): Promise<void> {
      for (const fleeting of [false, true]) {
        const tokens = owners.filter(owner => owner.private === fleeting).map(({ token }) => token);
        await listOf(fleeting)?.add(tokens, at);
      }
    },
  };
}

async function hashOf(salt: string, token: Token): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(salt + token.reveal()));
  return [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
