import { endsAtClose } from '../ends-at-close.ts';
import type { Event } from '../event.ts';
import type { Obstacle, Session, Trigger } from '../session.ts';
import type { Settings } from '../settings.ts';
import { type transition, wakeAt } from '../transition.ts';

/** What may happen in the world around one session. `reached`: whether the request in flight got to the server. */
export type Happening =
  | { readonly is: 'trigger'; readonly trigger: Trigger }
  | { readonly is: 'tabs'; readonly any: boolean }
  | { readonly is: 'stay-once'; readonly on: boolean }
  | { readonly is: 'worker-dies' | 'browser-ends'; readonly reached: boolean }
  | { readonly is: 'time-passes' | 'clock-is-set-back'; readonly ms: number }
  | { readonly is: 'answer'; readonly to: number; readonly reply: Reply }
  | {
      readonly is:
        | 'kept-on'
        | 'close'
        | 'try-now'
        | 'administrator-kills'
        | 'cookie-vanishes'
        | 'person'
        | 'forget'
        | 'revoke'
        | 'drop';
    };
/** `lost-on-the-way-back`: the server did it, and nobody heard. `lie`: it says yes and does nothing. */
export type Reply = 'honest' | 'lost-on-the-way-there' | 'lost-on-the-way-back' | 'lie';

type Request = {
  readonly asks: 'log-off' | 'check';
  readonly of: 'keeper' | 'closing';
  readonly about?: 'proof' | 'cookie';
};

const offline: Obstacle = { is: 'unreachable', why: 'no connection' };
const person = { name: 'Ada', email: 'ada@example.com' };
/** What "Stay logged on this time" skips: docs, not the code, say so. */
const skippable: readonly Trigger[] = ['last-tab', 'idle', 'lock'];

/** A day in 2026, so that clocks can be set back and show noon. */
export const start = 1_780_000_000_000;

/** How often it has been noon here. */
const noonsUntil = (at: number): number =>
  Math.floor((at - new Date(at).getTimezoneOffset() * 60_000 - 43_200_000) / 86_400_000);

/** A server, a browser and a keeper, as far as one session can tell; it watches the promises as things happen. */
export class World {
  session: Session | undefined;
  readonly visited = new Set<string>();
  #now = start;
  #alive = true;
  #server: 'honest' | 'has-lied' = 'honest';
  #heardDead = false;
  #decided = false;
  #vanished = false;
  #revoked = false;
  #flying: Request[] = [];
  #closingFlew = false;
  readonly #transition: typeof transition;
  readonly #settings: Settings;
  readonly #chance: () => number;

  constructor(under: typeof transition, session: Session, settings: Settings, chance: () => number) {
    this.#transition = under;
    this.session = session;
    this.#settings = settings;
    this.#chance = chance;
  }

  happen(happening: Happening): void {
    const at = this.#now;
    switch (happening.is) {
      case 'trigger':
        return this.#tell({ is: 'triggered', trigger: happening.trigger, at });
      case 'tabs':
        return this.#tell({ is: 'tabs-seen', any: happening.any, at });
      case 'kept-on':
        return this.#tell({ is: 'kept-on' });
      case 'stay-once':
        return this.#tell({ is: 'stay-once', on: happening.on });
      case 'close':
        // As the closing function does: it reads, sends, and only then tells.
        if (!this.session || !endsAtClose(this.session, this.#settings)) return;
        if (this.session.kind === 'api-key' && !this.#revoked)
          throw new Error('an API key was sent at close');
        this.#flying.push({ asks: 'log-off', of: 'closing' });
        this.#closingFlew = true;
        return this.#tell({ is: 'closing', at });
      case 'worker-dies':
        this.#die(happening.reached);
        this.#tell({ is: 'worker-started', at });
        return this.#tell({ is: 'due', at });
      case 'browser-ends':
        this.#die(happening.reached);
        this.#tell({ is: 'run-over', at });
        return this.#tell({ is: 'due', at });
      case 'time-passes':
        this.#now += happening.ms;
        return this.#tell({ is: 'due', at: this.#now });
      case 'clock-is-set-back':
        this.#now -= happening.ms;
        return this.#tell({ is: 'due', at: this.#now });
      case 'revoke':
        return this.#tell({ is: 'revoked', at });
      case 'drop':
        return this.#tell({ is: 'dropped' });
      case 'try-now':
        return this.#tell({ is: 'try-now', at });
      case 'answer':
        return this.#answer(happening.to, happening.reply);
      case 'administrator-kills':
        this.#alive = false;
        return;
      case 'cookie-vanishes':
        return this.#tell({ is: 'cookie-vanished' });
      case 'person':
        return this.#tell({ is: 'person-known', person, at });
      case 'forget':
        return this.#tell({ is: 'forgotten', at });
      default:
        happening satisfies never;
    }
  }

  /** From here on the server answers everything, and the clock goes on. */
  settle(): void {
    const owes = this.session && this.session.state.is !== 'open';
    for (let round = 0; round < 30 && this.session && this.session.state.is !== 'open'; round++) {
      while (this.#flying.length > 0) this.#answer(0, 'honest');
      const next = this.session && wakeAt(this.session, this.#settings);
      if (next === undefined) continue;
      this.#now = Math.max(this.#now, next);
      this.#tell({ is: 'due', at: this.#now });
    }
    if (owes && this.session) throw new Error('what was owed never ended');
    if (owes && this.#alive) throw new Error('what was owed ended with a live token');
  }

  #die(reached: boolean): void {
    if (reached && this.#flying.some(({ asks }) => asks === 'log-off')) this.#alive = false;
    this.#flying = [];
    this.#closingFlew = false;
  }

  #answer(to: number, reply: Reply): void {
    const [request] = this.#flying.splice(to % Math.max(1, this.#flying.length), 1);
    if (!request) return;
    if (this.#flying.length === 0) this.#closingFlew = false;
    const moment = { at: this.#now, chance: this.#chance() };
    if (request.asks === 'check') {
      const truth = this.#alive ? 'alive' : 'dead';
      const result = reply === 'honest' || reply === 'lie' ? truth : 'unknown';
      return this.#tell({ is: 'check-ended', about: request.about ?? 'proof', result, ...moment });
    }
    const truth = this.#alive ? 'logged-off' : 'already-off';
    if (reply === 'lie' && this.#alive) this.#server = 'has-lied';
    else if (reply !== 'lost-on-the-way-there') this.#alive = false;
    const result = reply === 'honest' || reply === 'lie' ? truth : offline;
    this.#tell({ is: 'log-off-ended', result, ...moment });
  }

  #tell(event: Event): void {
    const before = this.session;
    if (!before) return;
    this.visited.add(`${before.state.is} ${event.is}`);
    this.#judgeEvent(before, event);
    const { session, effects } = this.#transition(before, event, this.#settings);
    this.session = session;

    for (const effect of effects) {
      if (effect.do !== 'log-off' && effect.do !== 'check') continue;
      if (effect.do === 'log-off') this.#judgeLogOff(before);
      const about = session?.state.is === 'answered' ? 'proof' : 'cookie';
      this.#flying.push({ asks: effect.do, of: 'keeper', about });
    }
    if (session) this.#judgeRecord(before, session);
    else this.#judgeEnd(event);
    if (session?.state.is === 'open') this.#decided = false;
  }

  /** Keeps in mind what was decided and what the server said, in the words of the promise and not of the code. */
  #judgeEvent({ state, staysOnce, kind, since, private: fleeting }: Session, event: Event): void {
    const { lastTab, browserClose, maxHours, dailyAt } = this.#settings;
    if (event.is === 'triggered' && !(staysOnce && skippable.includes(event.trigger))) this.#decided = true;
    if (event.is === 'tabs-seen' && !event.any && lastTab && !staysOnce && state.is === 'open' && state.inUse)
      this.#decided = true;
    if ((event.is === 'closing' || event.is === 'run-over') && (browserClose || fleeting))
      this.#decided = true;
    if (event.is === 'due' && maxHours > 0 && event.at - since >= maxHours * 3_600_000) this.#decided = true;
    if (event.is === 'due' && dailyAt === '12:00' && noonsUntil(event.at) > noonsUntil(since))
      this.#decided = true;
    if (event.is === 'cookie-vanished') this.#vanished = true;
    if (event.is === 'revoked' && kind === 'api-key') this.#revoked = true;
    const calledOff =
      event.is === 'kept-on' ||
      (event.is === 'stay-once' && event.on) ||
      (event.is === 'tabs-seen' && event.any && state.is === 'counting-down' && state.trigger === 'last-tab');
    if (calledOff && state.is === 'counting-down') this.#decided = false;
    if (kind === 'api-key') this.#decided = false;
    if (event.is === 'log-off-ended' && typeof event.result === 'string') this.#heardDead = true;
    const heard = event.is === 'check-ended' && (event.about === 'proof') === (state.is === 'answered');
    if (heard && event.result !== 'unknown') this.#heardDead = event.result === 'dead';
  }

  #judgeLogOff({ kind }: Session): void {
    if (kind === 'api-key' && !this.#revoked) throw new Error('an API key was logged off');
    if (kind === 'session' && !this.#decided && !this.#vanished)
      throw new Error('a log-off that nobody decided');
    const others = this.#flying.filter(({ asks }) => asks === 'log-off');
    // Beside the closing function's request there may be another: harmless, because a second answer is "already off".
    if (others.length > 0 && !this.#closingFlew) throw new Error('two log-offs in flight');
  }

  #judgeRecord(before: Session, session: Session): void {
    if (!session.token.equals(before.token) || session.id !== before.id) throw new Error('another session');
    const { state } = session;
    if (state.is === 'open' && session.since > this.#now) throw new Error('it grows older than it may');
    if (state.is === 'open') return;
    if (session.kind === 'api-key' && !this.#revoked) throw new Error('an API key is owed');
    const due = wakeAt(session, this.#settings);
    if (due !== undefined && due - this.#now > 3_600_000) throw new Error('it sleeps too long');
    if (due !== undefined) return;
    const wanted = state.is === 'owed' ? 'log-off' : 'check';
    if (!this.#flying.some(({ asks }) => asks === wanted)) throw new Error('it waits for nothing');
  }

  #judgeEnd(event: Event): void {
    if (event.is === 'forgotten' || event.is === 'dropped') return;
    if (!this.#heardDead) throw new Error('a token left the store');
    if (this.#alive && this.#server === 'honest') throw new Error('a live token left the store');
  }
}
