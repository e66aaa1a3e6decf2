import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Guarding } from '../session/guarding.ts';
import { type Obstacle, type Session, type State, triggers } from '../session/session.ts';
import { defaultSettings } from '../session/settings.ts';
import { sampleStates, secret, sessionWith } from '../session/stage/samples.ts';
import { type HistoryEntry, historyLimit } from '../session/view.ts';
import { readGuarding, readViews } from './page-records.ts';
import {
  readHistory,
  readSessions,
  readSettings,
  readSites,
  type Stored,
  sessionKey,
  viewKey,
  viewOf,
  writeSession,
} from './records.ts';

/** As Chromium stores things, and as Firefox does. */
const asJson = (stored: Stored): Stored => JSON.parse(JSON.stringify(stored));
const asClone = (stored: Stored): Stored => structuredClone(stored);

const obstacles: readonly Obstacle[] = [
  { is: 'unreachable', why: 'no connection' },
  { is: 'timed-out', afterMs: 10_000 },
  { is: 'redirected' },
  { is: 'too-large' },
  { is: 'not-fogbugz', status: 404 },
  { is: 'unavailable', status: 503, retryAfterMs: 120_000 },
  { is: 'unavailable', status: 502, retryAfterMs: undefined },
  { is: 'refused', code: 7, message: 'No' },
  { is: 'still-alive' },
  { is: 'not-permitted' },
];
const states: readonly State[] = [
  ...Object.values(sampleStates),
  ...obstacles.map(obstacle => ({ ...sampleStates.waiting, obstacle })),
  { ...sampleStates.waiting, obstacle: undefined },
  { ...sampleStates.checking, trigger: 'guard', ended: 'browser-died' },
  ...triggers.map(trigger => ({ ...sampleStates.sending, trigger })),
];
/** Every field that there is: one without a schema would be lost with the worker that knows it. */
const whole: Required<Session> = {
  ...sessionWith(),
  person: { name: 'Ada', email: 'ada@example.com' },
  seenAliveAt: 7,
  staysOnce: true,
};
const sessions: readonly Session[] = [
  whole,
  ...states.map((state, index) => sessionWith({ id: String(index), state })),
  sessionWith({ source: { is: 'logon' }, person: { name: 'Ada', email: 'ada@example.com' }, seenAliveAt: 7 }),
  sessionWith({ source: { is: 'pasted' }, kind: 'api-key', staysOnce: true, private: true }),
  sessionWith({ site: 'http://intranet:8080/fogbugz/', person: undefined, seenAliveAt: undefined }),
];
const plain = (session: Session) => JSON.parse(JSON.stringify({ ...session, token: session.token.reveal() }));

describe('a stored session', () => {
  it.each(sessions.map(session => [JSON.stringify(session.state), session] as const))(
    'is read as it was written: %s',
    (_, session) => {
      for (const store of [asJson, asClone]) {
        const { sessions: read, unreadable } = readSessions(store(writeSession(session)));
        expect(unreadable).toEqual([]);
        expect(read.map(plain)).toEqual([plain(session)]);
      }
    },
  );

  it('stands beside others and beside what is none', () => {
    const stored = {
      ...writeSession(sessionWith()),
      ...writeSession(sessionWith({ id: 'two' })),
      settings: {},
    };
    expect(readSessions(stored).sessions.map(({ id }) => id)).toEqual(['one', 'two']);
  });

  const good = writeSession(sessionWith())[sessionKey('one')];
  it.each<[string, unknown]>([
    ['of a newer version', { ...(good as object), version: 2 }],
    ['of no version', { ...(good as object), version: undefined }],
    ['without a token', { ...(good as object), token: undefined }],
    ['with something else than a token', { ...(good as object), token: 'a b c' }],
    ['in an unknown state', { ...(good as object), state: { is: 'asleep' } }],
    ['with an unknown trigger', { ...(good as object), state: { ...sampleStates.sending, trigger: 'whim' } }],
    ['with an unknown source', { ...(good as object), source: { is: 'found' } }],
    ['with a site that is no address', { ...(good as object), site: 'acme' }],
    ['with a time that is none', { ...(good as object), since: Number.NaN }],
    ['under a wrong key', { ...(good as object), id: 'two' }],
    ['that is nothing', null],
    ['that is text', 'session'],
    ['that is a list', [good]],
  ])('that cannot be read is reported, whole, and holds up no other: %s', (_, value) => {
    const stored = { ...writeSession(sessionWith({ id: 'other' })), [sessionKey('one')]: value };
    const { sessions: read, unreadable } = readSessions(stored);
    expect(read.map(({ id }) => id)).toEqual(['other']);
    expect(unreadable).toEqual([{ key: sessionKey('one'), value }]);
  });

  it('is read or reported, whatever stands there', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string().map(sessionKey), fc.anything()), stored => {
        const { sessions: read, unreadable } = readSessions(stored);
        expect(read.length + unreadable.length).toBe(Object.keys(stored).length);
      }),
    );
  });
});

describe('a view', () => {
  it.each(sessions.map(session => [JSON.stringify(session.state), session] as const))(
    'holds neither the token nor the cookie, and is read as it was written: %s',
    (_, session) => {
      const view = viewOf(session);
      expect(JSON.stringify(view)).not.toContain(secret);
      expect(JSON.stringify(view)).not.toContain('storeId');
      expect(Object.keys(view)).not.toContain('token');
      for (const store of [asJson, asClone]) {
        expect(readViews(store({ [viewKey(session.id)]: view })).map(one => asJson(one))).toEqual([
          asJson(view),
        ]);
      }
    },
  );

  it('says when the next attempt comes, and nothing while one is in flight', () => {
    expect(viewOf(sessionWith({ state: sampleStates.waiting })).state).toMatchObject({ nextTryAt: 20_000 });
    expect(viewOf(sessionWith({ state: sampleStates.sending })).state).toMatchObject({
      nextTryAt: undefined,
    });
  });

  it('comes in the order of the log-ons, and is left out when it cannot be read', () => {
    const stored = {
      [viewKey('b')]: viewOf(sessionWith({ id: 'b', since: 2 })),
      [viewKey('a')]: viewOf(sessionWith({ id: 'a', since: 1 })),
      [viewKey('x')]: { id: 'x' },
      run: 1,
    };
    expect(readViews(stored).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('stored settings', () => {
  it('are the standard ones where nothing is stored', () => {
    for (const settings of [undefined, null, 'x', 7, []]) {
      expect(readSettings({ settings })).toEqual(defaultSettings);
    }
  });

  it('keep the good fields beside a bad one', () => {
    expect(
      readSettings({
        settings: {
          lastTab: false,
          graceSeconds: 'soon',
          browserClose: false,
          toolbarClick: 'dance',
          more: 1,
        },
      }),
    ).toEqual({ ...defaultSettings, lastTab: false, browserClose: false });
  });

  it.each([-1, 601, 1.5, Number.NaN, null, '10'])('take no grace of %s seconds', graceSeconds => {
    expect(readSettings({ settings: { graceSeconds } })).toEqual(defaultSettings);
  });

  it('are settings, whatever stands there', () => {
    fc.assert(
      fc.property(fc.anything(), settings => {
        expect(Object.keys(readSettings({ settings })).sort()).toEqual(Object.keys(defaultSettings).sort());
      }),
    );
  });
});

describe('the stored history', () => {
  const entry: HistoryEntry = {
    id: 'one',
    at: 1_000,
    site: 'https://acme.fogbugz.com/',
    person: 'Ada Lovelace',
    trigger: 'click',
    outcome: 'logged-off',
    attempts: 1,
    ms: 300,
    confirmed: true,
  };

  it('is read as it was written', () => {
    expect(readHistory(asJson({ history: [entry] }))).toEqual([entry]);
    expect(readHistory({})).toEqual([]);
  });

  it('loses no entry to one that cannot be read', () => {
    const history = [entry, { ...entry, trigger: 'whim' }, null, { ...entry, id: 'two' }];
    expect(readHistory({ history }).map(({ id }) => id)).toEqual(['one', 'two']);
  });

  it('is cut to its limit, and not thrown away', () => {
    const history = Array.from({ length: historyLimit + 5 }, (_, id) => ({ ...entry, id: String(id) }));
    expect(readHistory({ history })).toHaveLength(historyLimit);
  });
});

describe('what else is stored', () => {
  it('sites are read by the base under which they were asked for, and unreadable ones asked for again', () => {
    const site = {
      base: 'https://a.fogbugz.com/moved/',
      dialect: 'xml' as const,
      endpoint: 'https://a.fogbugz.com/moved/api.asp?',
      redirected: true,
    };
    const stored = {
      sites: { 'https://a.fogbugz.com/': site, x: { ...site, dialect: 'soap' } },
    };
    expect([...readSites({ sites: 'broken' })]).toEqual([]);
    expect([...readSites(stored)]).toEqual([['https://a.fogbugz.com/', site]]);
  });

  it.each<Guarding>([
    { is: 'resting' },
    { is: 'connecting' },
    { is: 'connected', version: '1.2', sessions: { one: 'ok', two: 'timed-out' } },
    { is: 'guard-outdated', version: '0.9' },
    { is: 'extension-outdated', version: '2.0' },
    { is: 'missing' },
    { is: 'refuses' },
    { is: 'not-permitted' },
  ])('how things stand with the Guard is read as it was written: $is', guarding => {
    expect(readGuarding(asJson({ guarding }))).toEqual(guarding);
  });

  it.each([
    undefined,
    null,
    'connected',
    { is: 'connected' },
    { is: 'connected', sessions: { one: 'fine' } },
  ])('what cannot be read claims no Guard: %j', guarding => {
    expect(readGuarding({ guarding })).toEqual({ is: 'off' });
  });
});
