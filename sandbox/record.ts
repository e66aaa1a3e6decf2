import type { TokenLife } from './tokens.ts';

/** One TCP connection to the sandbox. Times are ms since the epoch. */
export type ConnectionRecord = {
  readonly id: number;
  readonly remotePort: number | undefined;
  readonly openedAt: number;
  readonly closedAt: number | undefined;
  /** Requests that came over it so far. */
  readonly requests: number;
};

/** One request, as far as it has come. The pages and endpoints under `/sandbox` are not recorded. */
export type RequestRecord = {
  readonly id: number;
  /** When its headers had arrived: ms since the epoch. */
  readonly at: number;
  /** The same on the monotonic clock of the sandbox's process (`performance.now()`). */
  readonly atMonotonic: number;
  readonly method: string;
  /** The site: a host name, without port. */
  readonly host: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  /** The body as text; empty until it has arrived whole. */
  readonly body: string;
  readonly protocol: 'http/1.1' | 'http/2';
  /** `web` for pages and for everything else that is no API. */
  readonly api: 'json' | 'xml' | 'web';
  /** The API's `cmd`, `discovery` for api.xml, or a web command: `page`, `log-on-page`, `log-on`, `log-off`. */
  readonly command: string | undefined;
  /** The token in the body or query of an API call, or in the cookie of a web request. */
  readonly token: string | undefined;
  /** Id of its connection. */
  readonly connection: number;
  /** Whether the connection had carried a request before. */
  readonly reused: boolean;
  /** HTTP status of the reply; `undefined` if there was none (yet), or nobody left to hear it. */
  readonly status: number | undefined;
  /** What happened, in a few words: `logged-off`, `error 3`, `page`, `fault: hang`, `cut off`; `pending` until then. */
  readonly outcome: string;
  /** When the reply was handed to the network, ms since the epoch; `undefined` if there was none. */
  readonly answeredAt: number | undefined;
};

/** What listeners are told. */
export type SandboxEvent =
  | { readonly is: 'birth' | 'death'; readonly life: TokenLife }
  /** `request`: it has arrived whole and is about to be acted on. `answered`: its outcome is known. */
  | { readonly is: 'request' | 'answered'; readonly request: RequestRecord };
