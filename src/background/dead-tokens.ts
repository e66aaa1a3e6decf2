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
  readonly add: (token: Token, at: number) => Promise<void>;
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
    async add(token, at) {
      const hash = await hashOf(list.salt, token);
      if (list.hashes.some(entry => entry.hash === hash)) return;
      const hashes = list.hashes.filter(entry => at - entry.at < keptMs).slice(1 - most);
      list = { ...list, hashes: [...hashes, { hash, at }] };
      await save(list);
    },
  };
}

/** Whose token it is: of a private window nothing may come to the disk. */
type Owner = { readonly token: Token; readonly private: boolean };

/** The list of the disk, and the one of private windows, which ends with the browser's run. */
export function createDeadLists() {
  let lists: { readonly disk: DeadTokens; readonly memory: DeadTokens } | undefined;
  const listOf = ({ private: fleeting }: Owner): DeadTokens | undefined =>
    lists?.[fleeting ? 'memory' : 'disk'];
  return {
    /** What was stored; to be called once, before anything else can matter. */
    restore(stored: NonNullable<typeof lists>): void {
      lists = stored;
    },
    has: async (owner: Owner): Promise<boolean> => (await listOf(owner)?.has(owner.token)) ?? false,
    add: async (owner: Owner, at: number): Promise<void> => listOf(owner)?.add(owner.token, at),
  };
}

async function hashOf(salt: string, token: Token): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(salt + token.reveal()));
  return [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
