/**
 * `Request`, `Response` and `Headers` as far as the product and ky use them. Node's own do the same and take forty
 * times as long, which would be most of a schedule.
 */
export class LightHeaders {
  readonly #fields = new Map<string, string>();

  constructor(init: unknown = {}) {
    const pairs: readonly unknown[] =
      init instanceof LightHeaders ? [...init] : Array.isArray(init) ? init : Object.entries(init ?? {});
    for (const pair of pairs) {
      if (Array.isArray(pair) && pair[1] !== undefined) this.set(String(pair[0]), String(pair[1]));
    }
  }
  get = (name: string): string | null => this.#fields.get(name.toLowerCase()) ?? null;
  has = (name: string): boolean => this.#fields.has(name.toLowerCase());
  set = (name: string, value: string): void => void this.#fields.set(name.toLowerCase(), value);
  delete = (name: string): void => void this.#fields.delete(name.toLowerCase());
  entries = () => this.#fields.entries();
  getSetCookie = (): string[] => (this.get('set-cookie') ?? '').split('\n').filter(line => line !== '');
  [Symbol.iterator] = () => this.#fields.entries();
}

/** Nobody asks here why something was aborted: Node's own make an error with a stack each time. */
export class LightSignal {
  aborted = false;
  readonly #listeners = new Set<() => void>();

  static any(signals: readonly LightSignal[]): LightSignal {
    const [only] = signals;
    if (only && signals.length === 1) return only;
    const any = new LightSignal();
    for (const signal of signals) {
      if (signal.aborted) any.abort();
      else signal.addEventListener('abort', () => any.abort());
    }
    return any;
  }
  addEventListener(_: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.#listeners) listener();
  }
}

export class LightController {
  readonly signal = new LightSignal();
  abort = (): void => this.signal.abort();
}

type Init = {
  readonly method?: string;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly redirect?: RequestRedirect;
  readonly credentials?: RequestCredentials;
  readonly signal?: LightSignal | null;
  readonly keepalive?: boolean;
  readonly cache?: RequestCache;
  readonly referrerPolicy?: ReferrerPolicy;
};

export class LightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: LightHeaders;
  readonly redirect: RequestRedirect;
  readonly credentials: RequestCredentials;
  readonly signal: LightSignal | undefined;
  readonly keepalive: boolean;
  readonly cache: RequestCache;
  readonly referrerPolicy: ReferrerPolicy;
  /** Nobody streams one here. */
  readonly body = null;
  readonly duplex = 'half';
  readonly #text: string;

  constructor(input: string | URL | LightRequest, init: Init = {}) {
    const from = input instanceof LightRequest ? input : undefined;
    this.url = from?.url ?? new URL(String(input)).href;
    this.method = (init.method ?? from?.method ?? 'GET').toUpperCase();
    this.headers = new LightHeaders(init.headers ?? from?.headers);
    this.redirect = init.redirect ?? from?.redirect ?? 'follow';
    this.credentials = init.credentials ?? from?.credentials ?? 'same-origin';
    this.signal = init.signal ?? from?.signal;
    this.keepalive = init.keepalive ?? from?.keepalive ?? false;
    this.cache = init.cache ?? from?.cache ?? 'default';
    this.referrerPolicy = init.referrerPolicy ?? from?.referrerPolicy ?? '';
    this.#text = init.body == null ? (from?.raw() ?? '') : String(init.body);
  }
  text = async (): Promise<string> => this.#text;
  raw = (): string => this.#text;
  clone = (): LightRequest => new LightRequest(this);
}

const encoder = new TextEncoder();

export class LightResponse {
  readonly status: number;
  readonly headers: LightHeaders;
  readonly url: string;
  readonly type = 'basic';
  readonly ok: boolean;
  readonly #text: string;
  readonly #cut: boolean;

  /** `cut`: the connection ends before the text does. */
  constructor(text: string, init: { status?: number; headers?: unknown; url?: string; cut?: boolean } = {}) {
    this.status = init.status ?? 200;
    this.ok = this.status >= 200 && this.status < 300;
    this.headers = new LightHeaders(init.headers);
    this.url = init.url ?? '';
    this.#text = text;
    this.#cut = init.cut ?? false;
  }
  text = async (): Promise<string> => {
    if (this.#cut) throw new TypeError('network error');
    return this.#text;
  };
  readonly body = {
    cancel: async (): Promise<void> => undefined,
    getReader: () => {
      let step = 0;
      return {
        read: async () => {
          step += 1;
          if (step === 1 && this.#text !== '') return { done: false, value: encoder.encode(this.#text) };
          if (this.#cut) throw new TypeError('network error');
          return { done: true, value: undefined };
        },
      };
    },
  };
}

export class LightBlob {
  readonly text: string;
  readonly type: string;

  constructor(parts: readonly string[], { type = '' }: { readonly type?: string } = {}) {
    this.text = parts.join('');
    this.type = type;
  }
}
