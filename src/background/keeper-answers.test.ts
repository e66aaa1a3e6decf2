import { beforeEach, describe, expect, it } from 'vitest';
import { neverChanged } from '../session/settings.ts';
import { createClosing } from './closing.ts';
import { createKeeper } from './keeper.ts';
import {
  adding,
  beginAnew,
  click,
  clock,
  close,
  createProfile,
  never,
  passTime,
  settle,
} from './stage/keeper-stage.ts';

beforeEach(beginAnew);

describe('what the closing function sent', () => {
  it('is recorded when its answer still comes', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    close(keeper, { fogbugz });
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
    expect(fogbugz.asked('logoff')).toHaveLength(1);
    expect(store.sessions()).toEqual([]);
    expect(store.history()).toMatchObject([
      { trigger: 'browser-close', outcome: 'logged-off', confirmed: true },
    ]);
  });

  it('stays owed, and is tried again, when it failed and the browser lives on', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    await adding(keeper, logOn());
    await settle();
    createClosing(
      keeper,
      () => undefined,
      () => true,
      () => Promise.reject(new Error('unexpected')),
    ).close();
    await settle();
    expect(store.sessions()[0]?.state).toMatchObject({ is: 'owed', trigger: 'browser-close', attempts: 1 });
    await passTime(keeper);
    expect(fogbugz.allAlive()).toEqual([]);
  });

  it('changes nothing when it failed while the request of a click was on its way', async () => {
    const { fogbugz, ports, logOn } = createProfile();
    const asked: string[] = [];
    const hangs: typeof ports.wire.logOff = ({ id }) => {
      asked.push(id);
      return never();
    };
    const keeper = createKeeper({ ...ports, wire: { ...ports.wire, logOff: hangs } });
    const session = logOn();
    await adding(keeper, session);
    await click(keeper, session);
    expect(asked).toEqual([session.id]);
    keeper.closed(new Map([[session.id, Promise.resolve({ is: 'unreachable', why: 'no network' })]]));
    await settle();
    expect(keeper.session(session.id)?.state).toMatchObject({ is: 'owed', attempt: { is: 'in-flight' } });
    await keeper.tell(session.id, { is: 'try-now', at: clock.now });
    expect(asked).toEqual([session.id]);

    keeper.closed(new Map([[session.id, Promise.resolve('already-off')]]));
    await settle();
    expect(keeper.session(session.id)).toBeUndefined();
    expect(fogbugz.asked('logoff')).toEqual([]);
  });

  it('is sent although a browser call in the queue never comes back', async () => {
    const { fogbugz, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const [one, two] = [logOn(), logOn()];
    await adding(keeper, one);
    await adding(keeper, two);
    void keeper.enqueue(never);
    void click(keeper, one);
    close(keeper, { fogbugz });
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
  });
});

describe('what the Guard did', () => {
  const answer = {
    outcome: 'logged-off',
    at: 999_000,
    ms: 80,
    attempts: 2,
    ended: 'browser-died',
  } as const;

  it('is proven, and stands in the history to the end', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    fogbugz.kill(session.token.reveal());
    await keeper.guardAnswered(session.id, answer);
    await settle();
    expect(fogbugz.asked('logoff')).toEqual([]);
    expect(store.sessions()).toEqual([]);
    expect([...store.cookies]).toEqual([]);
    expect(store.history()).toMatchObject([{ ...answer, trigger: 'guard', confirmed: true }]);
  });

  it('is done again where it turns out to be untrue', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await adding(keeper, session);
    await keeper.guardAnswered(session.id, answer);
    await passTime(keeper);
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.history()).toMatchObject([{ outcome: 'logged-off', confirmed: true }]);
  });

  it('corrects the line of a session that this worker found dead before it heard of it', async () => {
    const { fogbugz, store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    fogbugz.kill(session.token.reveal());
    keeper.restore([session], neverChanged);
    await keeper.tellAll({ is: 'run-over', at: clock.now });
    await passTime(keeper);
    expect(store.history()).toMatchObject([{ trigger: 'startup', outcome: 'already-off' }]);
    await keeper.guardAnswered(session.id, { ...answer, outcome: 'already-off' });
    expect(store.history()).toMatchObject([{ trigger: 'startup', outcome: 'already-off' }]);
    await keeper.guardAnswered(session.id, answer);
    expect(store.history()).toMatchObject([{ ...answer, trigger: 'guard', confirmed: true }]);
  });

  it('makes no line where there is none: for a private window, and for who wants no history', async () => {
    const { store, ports } = createProfile();
    await createKeeper(ports).guardAnswered('private', answer);
    expect(store.history()).toEqual([]);
  });

  it('is not taken for stored while it is not', async () => {
    const { store, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const session = logOn();
    await store.ports.history.put([
      {
        id: session.id,
        at: 1,
        site: session.site,
        person: '',
        trigger: 'startup',
        outcome: 'already-off',
        attempts: 1,
        ms: 1,
        confirmed: true,
      },
    ]);
    store.fill('full');
    await expect(keeper.guardAnswered(session.id, answer)).rejects.toThrow('quota');
  });
});

describe('many at once', () => {
  /** Logs off so many, whose answers all come in the same turn; counts what is written from then on. */
  async function endTogether(count: number) {
    const { store, fogbugz, ports, logOn } = createProfile();
    const written: string[] = [];
    const counted =
      <Given extends readonly unknown[]>(name: string, work: (...given: Given) => Promise<void>) =>
      (...given: Given) => {
        written.push(name);
        return work(...given);
      };
    let answer: () => void = () => undefined;
    const answering = new Promise<void>(resolve => {
      answer = resolve;
    });
    const { history } = ports;
    const keeper = createKeeper({
      ...ports,
      save: counted('save', ports.save),
      remove: counted('remove', ports.remove),
      rememberDead: counted('dead', ports.rememberDead),
      history: { ...history, put: counted('history', history.put) },
      changed: () => written.push('changed'),
      wire: { ...ports.wire, logOff: session => answering.then(() => ports.wire.logOff(session)) },
    });
    for (let one = 0; one < count; one += 1) await adding(keeper, logOn());
    await settle();
    await keeper.tellAll({ is: 'triggered', trigger: 'click', at: clock.now });
    written.length = 0;
    answer();
    await settle();
    await settle();
    return { store, fogbugz, keeper, written: written.sort() };
  }

  it('cost as many writes as a few, and end as well', async () => {
    const few = await endTogether(3);
    const many = await endTogether(200);
    expect(many.written.length).toBeLessThanOrEqual(few.written.length);
    expect(many.fogbugz.allAlive()).toEqual([]);
    expect([...many.keeper.sessions()]).toEqual([]);
    expect(many.store.sessions()).toEqual([]);
    expect(many.store.dead.size).toBe(200);
    expect(many.store.history()).toHaveLength(200);
    expect(many.store.history().every(({ confirmed }) => confirmed)).toBe(true);
  });

  it('have an answer each, though one comes that was asked for before the browser closed', async () => {
    const { store, fogbugz, ports, logOn } = createProfile();
    const keeper = createKeeper(ports);
    const [one, two] = [logOn(), logOn()];
    for (const session of [one, two]) await adding(keeper, session);
    await settle();
    await click(keeper, one);
    // The first one's answer waits for its turn as the browser closes, and the second one's comes right after that.
    let release: () => void = () => undefined;
    void keeper.enqueue(() => new Promise(resolve => (release = resolve)));
    await settle();
    keeper.closed(new Map([[two.id, ports.wire.logOff(two)]]));
    await settle();
    release();
    await settle();
    await settle();
    expect(fogbugz.allAlive()).toEqual([]);
    expect(store.sessions()).toEqual([]);
    expect(store.history()).toHaveLength(2);
  });
});
