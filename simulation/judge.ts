import type { FakeBrowser } from '../src/browser/stage/fake-browser.ts';
import type { Process } from './calls.ts';
import type { FogBugz } from './fogbugz.ts';
import type { Asking } from './network.ts';
import type { LightRequest } from './web.ts';

/** What is known of a token by whoever looks on from outside, in the words of the promise and not of the code. */
export type Life = {
  readonly name: string;
  readonly token: string;
  readonly site: FogBugz;
  private: boolean;
  kind: 'session' | 'api-key';
  /** Whether anybody or anything has decided that it ends. */
  decided: string | undefined;
  /** The user gave it up, or took it out of the extension. */
  letGo: boolean;
  /** In which run of the browser it was stored as open. */
  run: number;
};

/** A session as it stands in the storage. */
export type Stored = {
  readonly id: string;
  readonly token: string;
  readonly site: string;
  readonly kind: string;
  readonly private: boolean;
  readonly source: { readonly is: string };
  readonly state: { readonly is: string; readonly attempts?: number };
};

/** Looks on, and says at the first moment which promise was broken. */
export class Judge {
  readonly lives = new Map<string, Life>();
  /** Tokens that left the store because they are dead. */
  readonly #buried = new Set<string>();
  /** A list of the dead that could not be written makes no promise. */
  burialFailed = false;
  run = 0;
  /** The browser's process is gone, and its memory with it. */
  runEnds = false;
  /** The first promise that was broken. */
  broken: string | undefined;
  #disk: object = {};
  #memory: object = {};
  #cookies: ReadonlySet<string> = new Set();
  #stored = new Map<string, Stored>();
  readonly #decisions: { readonly why: string; readonly which: (life: Life) => boolean }[] = [];
  readonly #flying = new Map<string, { readonly from: Process; readonly closing: boolean }[]>();
  /** Tokens whose log-off was asked for since this was emptied. */
  readonly sent = new Set<string>();
  requests = 0;
  /** Workers killed, calls and writes that failed, requests and replies that were lost, cut or met a server's fault. */
  faults = 0;

  /** Not thrown: those whom it would be thrown at are to go on as if nobody looked. */
  breaks(promise: string): void {
    this.broken ??= promise;
  }

  /** A site made a token. */
  born(token: string, site: FogBugz): void {
    // A log-on that was under way as the browser closed ends with it, whoever has met it yet.
    this.#hear(this.#begin(token, site));
  }

  #begin(token: string, site: FogBugz): Life {
    const life: Life = {
      name: `T${this.lives.size + 1}`,
      token,
      site,
      private: false,
      kind: 'session',
      decided: undefined,
      letGo: false,
      run: this.run,
    };
    this.lives.set(token, life);
    return life;
  }

  /** Somebody has it, and this is known of it. */
  meet(
    token: string,
    site: FogBugz,
    more: { readonly private?: boolean; readonly kind?: Life['kind'] },
  ): Life {
    const life = Object.assign(this.lives.get(token) ?? this.#begin(token, site), more);
    this.#hear(life);
    return life;
  }

  /** What was decided, and may not have been heard yet, is decided for this one too. */
  #hear(life: Life): void {
    for (const { why, which } of this.#decisions) if (which(life)) life.decided ??= why;
  }

  /** The values of the cookies that there are: one that is gone, or has another value, may be an end. */
  lookAtCookies(present: ReadonlySet<string>): void {
    for (const token of this.#cookies)
      if (!present.has(token))
        this.decide('cookie gone', life => life.token === token && life.kind === 'session');
    this.#cookies = present;
  }

  /** Somebody or something decides that these end, and those of the kind that begin before the worker rests again. */
  decide(why: string, which: (life: Life) => boolean): void {
    for (const life of this.lives.values()) if (which(life)) life.decided ??= why;
    this.#decisions.push({ why, which });
  }

  /** Nothing is under way: what was decided until now has been heard, or never will be. */
  rests(): void {
    this.#decisions.length = 0;
  }

  nameOf(token: string | undefined): string {
    return token === undefined ? '' : (this.lives.get(token)?.name ?? 'an unknown token');
  }

  /** A text without tokens in it. */
  masked(text: string): string {
    let masked = text;
    for (const { token, name } of this.lives.values()) masked = masked.replaceAll(token, name);
    return masked;
  }

  stored(): readonly Stored[] {
    return [...this.#stored.values()];
  }

  /** A session that was open in a run of the browser before this one, and is open still. */
  outlived(): string | undefined {
    const one = this.stored().find(({ token, state, kind }) => {
      const life = this.lives.get(token);
      return kind === 'session' && state.is === 'open' && life !== undefined && life.run < this.run;
    });
    return one && this.nameOf(one.token);
  }

  /** A request is put on the wire, in this very turn. */
  asked(_: Process, { url, headers }: LightRequest, { name, token }: Asking): void {
    this.requests += 1;
    this.#sayNothing('a URL', url);
    for (const [, value] of headers) this.#sayNothing('a header', value);
    if (name !== 'logoff' || token === undefined) return;
    this.sent.add(token);
    const life = this.lives.get(token);
    if (!life) return this.breaks('a token that nobody has was logged off');
    if (life.kind === 'api-key' && life.decided !== 'revoked')
      this.breaks(`the API key ${life.name} was logged off`);
    if (life.decided === undefined) this.breaks(`${life.name} is logged off, and nobody decided that`);
  }

  /** It leaves, by whatever way the browser makes of it. */
  departs(
    from: Process,
    request: LightRequest,
    { name, token }: Asking,
    body: string,
    closing: boolean,
  ): { land: () => void } {
    const life = token === undefined ? undefined : this.lives.get(token);
    if (life && new URL(request.url).host !== life.site.host)
      this.breaks(`${life.name} was sent to another site`);
    for (const { token: other, site } of this.lives.values())
      if (body.includes(other) && new URL(request.url).host !== site.host)
        this.breaks('a token was sent to another site');
    if (name !== 'logoff' || token === undefined) return { land: () => undefined };
    const flight = { from, closing };
    const others = (this.#flying.get(token) ?? []).filter(other => other.from === from && !other.closing);
    if (others.length > 0 && !flight.closing) this.breaks(`two log-offs of ${this.nameOf(token)} in flight`);
    this.#flying.set(token, [...(this.#flying.get(token) ?? []), flight]);
    return {
      land: () =>
        this.#flying.set(
          token,
          (this.#flying.get(token) ?? []).filter(other => other !== flight),
        ),
    };
  }

  logged(text: string): void {
    this.#sayNothing('the console', text);
  }

  #sayNothing(where: string, text: string): void {
    for (const { token, name } of this.lives.values())
      if (text.includes(token)) this.breaks(`${name} stands in ${where}`);
  }

  /** Looks at what is stored, after every call that was carried out. */
  look({ disk, memory }: FakeBrowser): void {
    if (disk === this.#disk && memory === this.#memory) return;
    if (disk !== this.#disk) this.#lookAtDisk(disk);
    [this.#disk, this.#memory] = [disk, memory];
    const now = new Map<string, Stored>();
    for (const area of [disk, memory]) {
      for (const [key, value] of Object.entries(area)) if (isSession(key, value)) now.set(value.token, value);
    }
    for (const [token, before] of this.#stored) if (!now.has(token)) this.#gone(before);
    for (const [token, after] of now) this.#there(token, after);
    this.#stored = now;
  }

  #gone({ token, private: fleeting }: Stored): void {
    const life = this.lives.get(token);
    if (!life) return;
    if (life.letGo) return void this.#buried.add(token);
    if (life.site.isDead(token)) return void this.#buried.add(token);
    // What only the memory held goes with it.
    if (fleeting && this.runEnds) return;
    this.breaks(`${life.name} was lost: it lives, and is stored nowhere`);
  }

  #there(token: string, after: Stored): void {
    const life = this.lives.get(token);
    if (!life) return this.breaks('a token was stored that nobody ever made');
    if (!this.#stored.has(token)) {
      life.run = this.run;
      if (this.#buried.has(token) && !this.burialFailed && !life.letGo)
        this.breaks(`${life.name} is dead, and was adopted again`);
    }
    const { is } = after.state;
    if (life.kind === 'api-key' && is !== 'open' && life.decided !== 'revoked')
      this.breaks(`the API key ${life.name} is ${is}`);
    if (is === 'owed' && life.decided === undefined)
      this.breaks(`${life.name} is owed, and nobody decided that`);
  }

  #lookAtDisk(disk: object): void {
    const fleeting = [...this.lives.values()].filter(one => one.private);
    if (fleeting.length === 0) return;
    const text = JSON.stringify(disk);
    for (const { token, name, site } of fleeting) {
      if (text.includes(token)) this.breaks(`${name} of a private window stands on the disk`);
      if (site.host.startsWith('hidden.') && text.includes(site.host))
        this.breaks('a site of private windows stands on the disk');
    }
  }
}

function isSession(key: string, value: unknown): value is Stored {
  return key.startsWith('session:') && typeof value === 'object' && value !== null && 'token' in value;
}
