import type { Site } from '../fogbugz/site.ts';
import type { Token } from '../token.ts';

/** A session in the Guard's care: in memory only, from the pipe to the request. */
export type Guarded = {
  readonly session: string;
  readonly site: Site;
  readonly token: Token;
  /** Of a private window, of which nothing may come to the disk. */
  readonly private: boolean;
  /** Attempts to log it off so far. */
  readonly attempts: number;
};
