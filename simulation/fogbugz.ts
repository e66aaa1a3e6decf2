import type { FaultSpec, Faults } from '../sandbox/faults.ts';
import type { Place } from '../sandbox/place.ts';
import type { SwitchName, SwitchValues } from '../sandbox/switches.ts';
import type { LifeListener, TokenLife, TokenStore } from '../sandbox/tokens.ts';
import type { Dice } from './dice.ts';
import { createStarter } from './starter.ts';
import type { SimTime } from './time.ts';

/** A request as it arrives. */
export type Arriving = {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What comes back; `undefined`: nothing, and the connection is `cut` or hangs. */
export type Answer = { readonly status: number; readonly headers: object; readonly text: string };
export type Reaction = { readonly is: 'reply'; readonly reply: Answer } | { readonly is: 'cut' | 'hangs' };

type World = {
  readonly place: Place;
  readonly secure: boolean;
  readonly switches: () => SwitchValues;
  readonly tokens: TokenStore;
  readonly faults: Faults;
  readonly pending: Map<string, never>;
  readonly requests: object[];
  readonly tell: () => void;
};
type LightRequest = Pick<Arriving, 'url' | 'method' | 'headers'> & {
  readonly httpVersionMajor: number;
  readonly [Symbol.asyncIterator]: () => AsyncIterator<string>;
};
type LightResponse = {
  statusCode: number;
  readonly on: () => void;
  readonly setHeader: (name: string, value: string | readonly string[]) => void;
  readonly write: (text: string) => void;
  readonly end: (text: string) => void;
};

/** The sandbox's own parts. */
type Program = {
  readonly exchange: (
    request: LightRequest,
    response: LightResponse,
    connection: { readonly record: { id: number; requests: number }; readonly destroy: () => void },
    world: World,
  ) => Promise<void>;
  readonly Faults: new () => Faults;
  readonly Place: new (path: string) => Place;
  readonly TokenStore: new (
    kept: readonly TokenLife[],
    switches: () => SwitchValues,
    tell: LifeListener,
  ) => TokenStore;
  readonly defaultSwitches: () => SwitchValues;
  readonly switchNames: readonly SwitchName[];
  readonly valuesOf: (name: SwitchName) => readonly string[];
  readonly withSwitch: (values: SwitchValues, name: string, value: string) => SwitchValues;
};

/** The sandbox, without its sockets and with a simulated clock: the same code that real browsers are tested against. */
export function createFogBugzStarter(text: string) {
  const start = createStarter(text, ['__outside', 'Date', 'performance', 'setInterval', 'clearInterval']);
  return (world: { readonly Date: typeof Date; readonly dice: Dice; readonly time: SimTime }): Program => {
    const started = start({
      Date: world.Date,
      performance: { now: world.time.elapsed },
      // Endless replies end here with their first part, and are cut.
      setInterval: () => 0,
      clearInterval: () => undefined,
      __outside: {
        busboy: () => undefined,
        'node:timers/promises': { setTimeout: async () => undefined },
        'node:crypto': {
          randomBytes: (length: number) => Uint8Array.from({ length }, () => world.dice.below(256)),
        },
      },
    });
    // The border of what was bundled: its text was made from the very modules whose types these are.
    return started as Program;
  };
}

/** One site. */
export class FogBugz {
  readonly host: string;
  readonly tokens: TokenStore;
  readonly faults: Faults;
  readonly place: Place;
  switches: SwitchValues;
  /** Nothing answers there at all. */
  down = false;
  /** Requests that met a fault. */
  faultsMet = 0;
  readonly #program: Program;
  readonly #world: World;

  constructor(program: Program, host: string, path: string, born: (token: string) => void) {
    this.host = host;
    this.#program = program;
    this.switches = program.defaultSwitches();
    this.faults = new program.Faults();
    const { hit } = this.faults;
    this.faults.hit = target => {
      const met = hit.call(this.faults, target);
      if (met.fault) this.faultsMet += 1;
      return met;
    };
    this.place = new program.Place(path);
    this.tokens = new program.TokenStore(
      [],
      () => this.switches,
      ({ is, life }) => is === 'birth' && born(life.token),
    );
    this.#world = {
      place: this.place,
      secure: true,
      switches: () => this.switches,
      tokens: this.tokens,
      faults: this.faults,
      pending: new Map<string, never>(),
      requests: [],
      tell: () => undefined,
    };
  }

  get base(): string {
    return `https://${this.host}${this.place.base}`;
  }

  /** Somebody logs on there. */
  birth(via: 'web' | 'key' | 'json'): string {
    const person = { person: 'Ada Lovelace', email: 'ada@example.com' };
    return this.tokens.birth({ host: this.host, ...person, via, connection: undefined });
  }

  /** Whether no API takes the token any more. */
  isDead(token: string): boolean {
    return this.tokens.life(token)?.closedToApiAt !== undefined;
  }

  /** Sets a switch to one of its values. Returns what was done, for people. */
  turn(dice: Dice): string {
    const name = dice.pick(this.#program.switchNames);
    const value = dice.pick(this.#program.valuesOf(name));
    this.switches = this.#program.withSwitch(this.switches, name, value);
    return `${name}: ${value}`;
  }

  set(name: SwitchName, value: string): void {
    this.switches = this.#program.withSwitch(this.switches, name, value);
  }

  fault(spec: FaultSpec): void {
    this.faults.add(spec);
  }

  /** A request arrives whole, has its effect, and is answered or not. */
  async react({ url, method, headers, body }: Arriving): Promise<Reaction> {
    const { host, pathname, search } = new URL(url);
    const answer = { status: 200, headers: new Map<string, string>(), text: '', ended: false, cut: false };
    this.#world.requests.length = 0;
    await this.#program.exchange(
      {
        url: pathname + search,
        method,
        headers: { ...headers, host },
        httpVersionMajor: 1,
        async *[Symbol.asyncIterator]() {
          if (body !== '') yield body;
        },
      },
      {
        set statusCode(status: number) {
          answer.status = status;
        },
        on: () => undefined,
        setHeader: (name, value) =>
          void answer.headers.set(name, typeof value === 'string' ? value : value.join('\n')),
        write: text => {
          answer.text += text;
          answer.cut = true;
        },
        end: text => {
          answer.text += text;
          answer.ended = true;
        },
      },
      {
        record: { id: 1, requests: 0 },
        destroy: () => {
          answer.cut = true;
        },
      },
      this.#world,
    );
    if (answer.cut) return { is: 'cut' };
    if (!answer.ended) return { is: 'hangs' };
    const { status, text } = answer;
    return { is: 'reply', reply: { status, text, headers: Object.fromEntries(answer.headers) } };
  }
}
