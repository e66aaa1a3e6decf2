import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsAtClose } from './ends-at-close.ts';
import type { Event } from './event.ts';
import { type Obstacle, type Session, type Source, type Trigger, triggers } from './session.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { sessionWith } from './stage/samples.ts';
import { transition, wakeAt } from './transition.ts';

/** What may happen in the world around one session. `reached`: whether the request in flight got to the server. */
type Happening =
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
type Reply = 'honest' | 'lost-on-the-way-there' | 'lost-on-the-way-back' | 'lie';

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
const start = 1_780_000_000_000;

/** How often it has been noon here. */
const noonsUntil = (at: number): number =>
  Math.floor((at - new Date(at).getTimezoneOffset() * 60_000 - 43_200_000) / 86_400_000);

/** A server, a browser and a keeper, as far as one session can tell; it watches the promises as things happen. */
class World {
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

const happenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ is: fc.constant('trigger'), trigger: fc.constantFrom(...triggers) }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('tabs'), any: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('stay-once'), on: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constantFrom('worker-dies', 'browser-ends'), reached: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('time-passes'),
      ms: fc.oneof(fc.integer({ min: 0, max: 12_000 }), fc.integer({ min: 0, max: 3_600_000 })),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      is: fc.constant('answer'),
      to: fc.nat(3),
      reply: fc.constantFrom<Reply>('honest', 'lost-on-the-way-there', 'lost-on-the-way-back', 'lie'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('kept-on', 'close', 'try-now', 'person') }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('cookie-vanishes', 'forget') }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('revoke', 'drop') }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('clock-is-set-back'), ms: fc.nat(90_000_000) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('administrator-kills') }) },
);

const lives = fc.record({
  happenings: fc.array(happenings, { minLength: 30, maxLength: 90, size: 'max' }),
  kind: fc.constantFrom<Session['kind'][]>('session', 'session', 'session', 'api-key'),
  source: fc.constantFrom<Source[]>(sessionWith().source, sessionWith().source, { is: 'pasted' }),
  lastTab: fc.boolean(),
  graceSeconds: fc.constantFrom(0, 10),
  browserClose: fc.boolean(),
  maxHours: fc.constantFrom(0, 1),
  dailyAt: fc.constantFrom('', '12:00'),
  private: fc.boolean(),
  dice: fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
});

/** Lives one life to its end; throws at the first promise that is broken. */
function live(under: typeof transition, life: typeof lives extends fc.Arbitrary<infer T> ? T : never): World {
  const { kind, source, dice, lastTab, graceSeconds, browserClose, maxHours, dailyAt } = life;
  const settings = { ...defaultSettings, lastTab, graceSeconds, browserClose, maxHours, dailyAt };
  const session = sessionWith({ kind, source, private: life.private, since: start });
  const world = new World(under, session, settings, () => dice.next().value);
  for (const happening of life.happenings) world.happen(happening);
  world.settle();
  return world;
}

describe('whatever happens to a session', () => {
  it('its token is kept until it is dead, asked for once at a time, and never stuck', () => {
    fc.assert(
      fc.property(lives, life => {
        live(transition, life);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is tried in every state', () => {
    const visited = new Set<string>();
    for (const life of fc.sample(lives, { numRuns: 1_500, seed: 7 })) {
      for (const visit of live(transition, life).visited) visited.add(visit);
    }
    const events: readonly Event['is'][] = [
      'triggered',
      'tabs-seen',
      'kept-on',
      'stay-once',
      'run-over',
      'worker-started',
      'due',
      'try-now',
      'cookie-vanished',
      'person-known',
      'revoked',
      'dropped',
      'forgotten',
      'check-ended',
    ];
    for (const state of ['open', 'counting-down', 'owed', 'answered']) {
      for (const event of events) expect(visited).toContain(`${state} ${event}`);
    }
    for (const state of ['open', 'counting-down', 'owed']) expect(visited).toContain(`${state} closing`);
    for (const state of ['owed', 'answered']) expect(visited).toContain(`${state} log-off-ended`);
  });
});

/** Transitions with one mistake each, and the promise that the mistake breaks. */
const mistakes: Readonly<Record<string, [breaks: string, under: typeof transition]>> = {
  'gives up when the network fails': [
    'a token left the store',
    (session, event, settings) =>
      event.is === 'log-off-ended' && typeof event.result === 'object'
        ? { session: undefined, effects: [] }
        : transition(session, event, settings),
  ],
  'gives up after a quarter of an hour': [
    'a token left the store',
    (session, event, settings) =>
      event.is === 'due' && session.state.is === 'owed' && event.at - session.state.since > 900_000
        ? { session: undefined, effects: [] }
        : transition(session, event, settings),
  ],
  'takes a live token for a dead one': [
    'a token left the store',
    (session, event, settings) =>
      event.is === 'check-ended' && event.result === 'alive' && session.state.is === 'answered'
        ? { session: undefined, effects: [] }
        : transition(session, event, settings),
  ],
  'sends again while one is in flight': [
    'two log-offs in flight',
    (session, event, settings) =>
      event.is === 'triggered' && session.state.is === 'owed'
        ? { session, effects: [{ do: 'log-off' }] }
        : transition(session, event, settings),
  ],
  'logs API keys off': [
    'an API key',
    (session, event, settings) => {
      if (event.is !== 'triggered') return transition(session, event, settings);
      const step = transition({ ...session, kind: 'session' }, event, settings);
      return { ...step, session: step.session && { ...step.session, kind: session.kind } };
    },
  ],
  'lets a session grow older when the clock is set back': [
    'it grows older than it may',
    (session, event, settings) => {
      const step = transition(session, event, settings);
      return step.session && event.is === 'due'
        ? { ...step, session: { ...step.session, since: session.since } }
        : step;
    },
  ],
  'owes API keys at the next start': [
    'an API key is owed',
    (session, event, settings) => {
      if (event.is !== 'run-over') return transition(session, event, settings);
      const step = transition({ ...session, kind: 'session' }, event, settings);
      return { ...step, session: step.session && { ...step.session, kind: session.kind } };
    },
  ],
  'logs off at the next start with the trigger switched off': [
    'a log-off that nobody decided',
    (session, event, settings) =>
      transition(session, event, event.is === 'run-over' ? { ...settings, browserClose: true } : settings),
  ],
  'does not keep a session on': [
    'a log-off that nobody decided',
    (session, event, settings) =>
      event.is === 'kept-on' ? { session, effects: [] } : transition(session, event, settings),
  ],
  'counts on when the tab is back': [
    'a log-off that nobody decided',
    (session, event, settings) =>
      event.is === 'tabs-seen' && session.state.is === 'counting-down'
        ? { session, effects: [] }
        : transition(session, event, settings),
  ],
  'waits for what died with its worker': [
    'it waits for nothing',
    (session, event, settings) =>
      event.is === 'worker-started' ? { session, effects: [] } : transition(session, event, settings),
  ],
  'forgets to check again': [
    'what was owed never ended',
    (session, event, settings) =>
      event.is === 'due' && session.state.is === 'answered'
        ? { session, effects: [] }
        : transition(session, event, settings),
  ],
};

describe('a transition with a mistake', () => {
  it.each(Object.entries(mistakes))('is found out: one that %s', (_, [breaks, under]) => {
    const found = fc.check(
      fc.property(lives, life => {
        live(under, life);
      }),
      // It stops at the first life that shows the mistake, so many cost nothing; a new trigger changes which lives these are.
      { numRuns: 20_000, seed: 11 },
    );
    expect(found.failed).toBe(true);
    expect(String(found.errorInstance)).toContain(breaks);
  });
});
