import type { Calls, Process } from './calls.ts';
import type { Dice } from './dice.ts';
import type { SimTime } from './time.ts';
import { LightBlob, LightController, LightHeaders, LightRequest, LightResponse, LightSignal } from './web.ts';

/** What every process finds around it: the simulated clock and chance in place of the real ones. */
export type Runtime = { readonly time: SimTime; readonly dice: () => Dice; readonly calls: Calls };

/** The names of what `worldFor` gives; a program sees nothing else of the outside. */
export const worldNames = [
  '__outside',
  'globalThis',
  'process',
  'addEventListener',
  'fetch',
  'navigator',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'Date',
  'Math',
  'Intl',
  'crypto',
  'console',
  'performance',
  'PerformanceObserver',
  'AbortSignal',
  'AbortController',
  'Request',
  'Response',
  'Headers',
  'Blob',
] as const;

/** JavaScript's `Date`, by the simulated clock. */
export function dateBy(now: () => number): typeof Date {
  class SimDate extends Date {
    constructor(...args: readonly number[]) {
      if (args.length === 0) super(now());
      else super(...(args as [number]));
    }
    static override now = now;
  }
  // Called without `new` it would be a text; nobody here does.
  return SimDate as unknown as typeof Date;
}

export type Own = {
  readonly fetch: (input: string | LightRequest, init?: object) => Promise<unknown>;
  readonly logged: (text: string) => void;
} & Readonly<Record<string, unknown>>;

/** The world of one process; `own` is what is different for it. */
export function worldFor(process: Process, { time, dice, calls }: Runtime, own: Own): object {
  const timer =
    (repeats: boolean) =>
    (act: () => void, ms = 0): number =>
      time.set(process, act, ms, repeats ? ms : undefined);
  const shared = {
    setTimeout: timer(false),
    setInterval: timer(true),
    clearTimeout: (id: unknown) => time.clear(id),
    clearInterval: (id: unknown) => time.clear(id),
    Date: dateBy(time.now),
    Math: Object.assign(Object.create(Math), { random: () => dice().next() }),
    Intl: quickIntl,
    crypto: {
      randomUUID: () => uuid(dice()),
      subtle: {
        digest: (_: string, bytes: Uint8Array) => calls.ask(process, 'crypto.digest', () => hash(bytes)),
      },
    },
    console: { ...console, error: (...args: readonly unknown[]) => own.logged(args.map(String).join(' ')) },
    performance: {
      now: time.elapsed,
      getEntriesByName: () => [],
      getEntriesByType: () => [],
      clearResourceTimings: () => undefined,
    },
    PerformanceObserver: SilentObserver,
    AbortController: LightController,
    AbortSignal: class extends LightSignal {
      static timeout = (ms: number) => {
        const over = new LightController();
        time.set(process, over.abort, ms);
        return over.signal;
      };
      static override [Symbol.hasInstance] = (value: unknown) => value instanceof LightSignal;
    },
    Request: LightRequest,
    Response: LightResponse,
    Headers: LightHeaders,
    Blob: LightBlob,
  };
  const global = { ReadableStream, TextEncoder, URL, URLSearchParams, ...shared, ...own };
  return { ...shared, ...own, globalThis: global };
}

/** Tells of nothing, as `performance` knows of nothing. Node's own would keep every program alive that observes. */
class SilentObserver {
  observe = (): void => undefined;
  disconnect = (): void => undefined;
}

/** As random as the dice. */
export function uuid(dice: Dice): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => dice.below(16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}

/** Two inputs that differ have hashes that differ, for all that is needed here; SHA-256 costs a trip to a thread. */
function hash(bytes: Uint8Array): ArrayBuffer {
  const words = new Uint32Array(8);
  for (let index = 0; index < words.length; index++) {
    let word = 0x811c9dc5 ^ index;
    for (const byte of bytes) word = Math.imul(word ^ byte, 0x01000193);
    words[index] = word;
  }
  return words.buffer;
}

/** Making these takes longer than the rest of a schedule. */
const plurals = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat('en');
const quickIntl = {
  PluralRules: class {
    select = (count: number) => plurals.select(count);
  },
  NumberFormat: class {
    format = (count: number) => numbers.format(count);
  },
};
