import * as v from 'valibot';

const fault = v.variant('is', [
  v.object({ is: v.literal('latency'), ms: v.number() }),
  v.object({ is: v.literal('status'), status: v.number(), retryAfter: v.optional(v.string()) }),
  v.object({ is: v.literal('html') }),
  v.object({ is: v.literal('says'), status: v.number(), body: v.string() }),
  v.object({ is: v.literal('hang') }),
  v.object({ is: v.literal('reset') }),
  v.object({ is: v.literal('lose-reply') }),
  v.object({ is: v.literal('cut') }),
  v.object({ is: v.literal('maintenance'), as: v.picklist(['not-xml', 'error-28']) }),
  v.object({ is: v.literal('no-json') }),
  v.object({ is: v.literal('redirect'), status: v.picklist([301, 302, 307, 308]), to: v.string() }),
  v.object({ is: v.literal('endless') }),
  v.object({ is: v.literal('too-large'), bytes: v.optional(v.number()) }),
]);

/**
 * What goes wrong. `latency` delays the reply, not what the request does; `says` is a
 * server that answers whatever it likes; `lose-reply` does what the request asks and
 * then cuts the connection; `cut` does so in the middle of its reply; every other one
 * happens instead of what the request asks.
 */
export type Fault = v.InferOutput<typeof fault>;

/** A fault and what it hits: everything, unless a host, a command or a number of times is given. */
export const faultSpec = v.intersect([
  fault,
  v.object({
    /** A host name, without port. */
    host: v.optional(v.string()),
    /** A command as in `RequestRecord.command`: `logoff`, `logon`, `discovery`, `page`, `log-on`, `log-off`, … */
    command: v.optional(v.string()),
    /** Only requests with a token, or only those without one. */
    token: v.optional(v.picklist(['with', 'without'])),
    /** How many requests it hits before it is over. */
    times: v.optional(v.number()),
  }),
]);
export type FaultSpec = v.InferInput<typeof faultSpec>;

/** What a request is, as far as faults are concerned. */
type Target = {
  readonly host: string;
  readonly command: string | undefined;
  readonly api: string;
  readonly token: string | undefined;
};

/** The faults in force. */
export class Faults {
  #active: { readonly spec: FaultSpec; left: number }[] = [];

  /** Puts a fault in force; call the result to end it. */
  add(spec: FaultSpec): () => void {
    const entry = { spec, left: spec.times ?? Number.POSITIVE_INFINITY };
    this.#active.push(entry);
    return () => {
      this.#active = this.#active.filter(other => other !== entry);
    };
  }

  clear(): void {
    this.#active = [];
  }

  all(): readonly FaultSpec[] {
    return this.#active.map(({ spec }) => spec);
  }

  /** The faults that hit a request: any latency, and at most one other. Each of them has one time less left. */
  hit(target: Target): {
    readonly latencyMs: number;
    readonly fault: Exclude<Fault, { is: 'latency' }> | undefined;
  } {
    let latencyMs = 0;
    let found: Exclude<Fault, { is: 'latency' }> | undefined;
    for (const entry of this.#active) {
      const { spec } = entry;
      if (spec.host !== undefined && spec.host !== target.host) continue;
      if (spec.command !== undefined && spec.command !== target.command) continue;
      if (spec.token !== undefined && spec.token !== (target.token === undefined ? 'without' : 'with'))
        continue;
      if (spec.is === 'no-json' && target.api !== 'json') continue;
      if (spec.is === 'latency') latencyMs += spec.ms;
      else if (found) continue;
      else found = spec;
      entry.left -= 1;
    }
    this.#active = this.#active.filter(({ left }) => left > 0);
    return { latencyMs, fault: found };
  }
}
