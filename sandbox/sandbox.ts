import { type Certificate, makeCertificate } from './certificate.ts';
import { type Delay, startDelay } from './delay.ts';
import { exchange, type World } from './exchange.ts';
import { type FaultSpec, Faults } from './faults.ts';
import { answerLive } from './live.ts';
import { addressOf, peopleNamed } from './people.ts';
import { type MovedStatus, Place } from './place.ts';
import type { ConnectionRecord, RequestRecord, SandboxEvent } from './record.ts';
import { type OpenServer, openServer, type Tls } from './server.ts';
import { defaultSwitches, type SwitchName, type SwitchValues, withSwitch } from './switches.ts';
import { type TokenLife, TokenStore, type Via } from './tokens.ts';

export type { SandboxEvent } from './record.ts';
export type { TokenLife } from './tokens.ts';

export type SandboxOptions = {
  /** The port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** `http/2` also takes HTTP/1.1. */
  readonly tls: Tls;
  /** Made by the sandbox if absent. Give the one of another sandbox to have browsers trust both. */
  readonly certificate: Certificate;
  /** How long a connection may idle before the server closes it, in ms. 120 000 as IIS has it. */
  readonly idleLimitMs: number;
  /** Where the installation lives: `''`, or a path such as `/fogbugz`. */
  readonly basePath: string;
  readonly switches: Partial<SwitchValues>;
  /** Puts the network's round trip between clients and server, in ms; see `startDelay`. */
  readonly roundTripMs: number;
  /** The tokens of a sandbox before, for a start with its store. */
  readonly tokens: readonly TokenLife[];
};

/** A FogBugz on this machine. Every host name it is asked for is a site of its own. */
export type Sandbox = {
  /** Base URL of the site `127.0.0.1`, with a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** PEM of the authority to trust; empty without TLS. */
  readonly authority: string;
  /** The certificate in use, to start another sandbox with; `undefined` without TLS. */
  readonly certificate: Certificate | undefined;
  /** Base URL of a site by its host name, for a client that maps the name to 127.0.0.1 and keeps the port. */
  siteUrl(host: string): string;
  /** Every token ever made, oldest first. */
  tokens(): readonly TokenLife[];
  life(token: string): TokenLife | undefined;
  /** Every request since the start, in order of arrival. */
  requests(): readonly RequestRecord[];
  connections(): readonly ConnectionRecord[];
  /** Calls `listener` at each birth, death and request; call the result to end that. */
  on(listener: (event: SandboxEvent) => void): () => void;
  switches(): SwitchValues;
  switch<Name extends SwitchName>(name: Name, value: SwitchValues[Name]): void;
  /** Sets every switch at once. */
  setSwitches(values: SwitchValues): void;
  /** Puts a fault in force; call the result to end it. */
  fault(spec: FaultSpec): () => void;
  clearFaults(): void;
  /** The faults in force. */
  faults(): readonly FaultSpec[];
  /**
   * Moves the installation to another path, `''` or such as `/fogbugz`. From now on every request to the old path is
   * redirected there, with 308 unless told otherwise. Tokens and cookies stay.
   */
  move(path: string, status?: MovedStatus): void;
  /** Ends a token as an administrator does. */
  kill(token: string): void;
  /** Makes a token without a browser; `via` is `json` if not given. @throws {RangeError} if nobody has that e-mail. */
  birth(host: string, email: string, via?: Via): string;
  /** Stops listening and cuts every connection; tokens stay. */
  pause(): Promise<void>;
  /** Listens again, on the same port. */
  resume(): Promise<void>;
  /** The end: as `pause`. */
  stop(): Promise<void>;
};

/** Starts a FogBugz on 127.0.0.1. @throws if the port is taken. */
export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const { tls = 'off', basePath = '', roundTripMs = 0, idleLimitMs = 120_000 } = options;
  const certificate = tls === 'off' ? undefined : (options.certificate ?? (await makeCertificate()));
  const listeners = new Set<(event: SandboxEvent) => void>();
  const connections: ConnectionRecord[] = [];
  let switches: SwitchValues = { ...defaultSwitches(), ...options.switches };
  const tell = (event: SandboxEvent) => {
    for (const listener of listeners) listener(event);
  };
  const changeSwitch = (name: string, value: string) => {
    switches = withSwitch(switches, name, value);
  };
  const world: World = {
    place: new Place(basePath),
    secure: tls !== 'off',
    switches: () => switches,
    tokens: new TokenStore(options.tokens ?? [], () => switches, tell),
    faults: new Faults(),
    pending: new Map(),
    requests: [],
    tell,
  };

  const open = async (
    port: number,
  ): Promise<{ readonly server: OpenServer; readonly delay: Delay | undefined }> => {
    const server = await openServer({
      port: roundTripMs > 0 ? 0 : port,
      tls,
      certificate,
      idleLimitMs,
      opened: record => connections.push(record),
      handle: (request, response, connection) => {
        const live = answerLive(request, response, sandbox, changeSwitch);
        (live ?? exchange(request, response, connection, world)).catch(error => {
          console.error(error);
          connection.destroy();
        });
      },
    });
    const delay = roundTripMs > 0 ? await startDelay({ target: server.port, roundTripMs, port }) : undefined;
    return { server, delay };
  };
  const close = async (): Promise<void> => {
    const closing = running;
    running = undefined;
    await closing?.delay?.stop();
    await closing?.server.close();
  };

  let running: Awaited<ReturnType<typeof open>> | undefined = await open(options.port ?? 0);
  const port = running.delay?.port ?? running.server.port;
  const siteUrl = (host: string) =>
    `${tls === 'off' ? 'http' : 'https'}://${host}:${port}${world.place.base}`;

  const sandbox: Sandbox = {
    get url() {
      return siteUrl('127.0.0.1');
    },
    port,
    authority: certificate?.authority ?? '',
    certificate,
    siteUrl,
    tokens: () => world.tokens.all(),
    life: token => world.tokens.life(token),
    requests: () => world.requests.map(record => ({ ...record })),
    connections: () => connections.map(record => ({ ...record })),
    on: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    switches: () => switches,
    switch: changeSwitch,
    setSwitches: values => {
      switches = { ...values };
    },
    fault: spec => world.faults.add(spec),
    clearFaults: () => world.faults.clear(),
    faults: () => world.faults.all(),
    move: (path, status = 308) => world.place.move(path, status),
    kill: token => world.tokens.end(token, 'administrator'),
    birth: (host, email, via = 'json') => {
      const person = peopleNamed(email)[0];
      if (!person) throw new RangeError(`Nobody here has the e-mail ${email}`);
      const birth = { host, person: person.fullName, email: addressOf(person), via, connection: undefined };
      return world.tokens.birth(birth);
    },
    pause: close,
    resume: async () => {
      running ??= await open(port);
    },
    stop: close,
  };
  return sandbox;
}
