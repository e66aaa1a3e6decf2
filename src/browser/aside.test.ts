import { describe, expect, it } from 'vitest';
import { countAside, readRest, withAside, withoutHistory } from './aside.ts';
import type { Stored } from './records.ts';

const token = 'ku7fkmvbr3hq9ed1s52p0lnc4ta8go';
const drill = {
  session: 'one',
  site: 'https://acme.fogbugz.com/',
  whose: 'drill',
  stayedOnce: false,
  since: 1,
  told: false,
  keptByRules: false,
};
const line = {
  id: 'one',
  at: 1,
  site: 'https://acme.fogbugz.com/',
  person: 'Ada',
  trigger: 'click',
  outcome: 'logged-off',
  attempts: 1,
  ms: 1,
  confirmed: true,
};

describe('settings, history and drill', () => {
  it('that can be read, or are not there, leave nothing to be set aside', () => {
    const settings = { graceSeconds: 5, changedAt: 7 };
    expect(readRest({ settings, history: [line], drill }, [])).toEqual([]);
    expect(readRest({}, [])).toEqual([]);
  });

  it.each<[string, Stored, object]>([
    ['garbage', { settings: 'x' }, { key: 'settings', value: '"x"' }],
    ['one field', { settings: { graceSeconds: -1, lock: true } }, { value: '{"graceSeconds":-1}' }],
    ['a newer version’s field', { settings: { lasers: 1 } }, { value: '{"lasers":1}' }],
    ['a time', { settings: { changedAt: 'now' } }, { value: '{"changedAt":"now"}' }],
    ['no list', { history: 7 }, { key: 'history', value: '7' }],
    ['one line', { history: [line, { id: 3 }] }, { key: 'history', value: '[{"id":3}]' }],
    ['a drill', { drill: { session: 1 } }, { key: 'drill', value: '{"session":1}' }],
  ])('are set aside where they cannot be read, and only what cannot: %s', (_, stored, found) => {
    expect(readRest(stored, [])).toMatchObject([found]);
  });

  it('are set aside without tokens and passwords, and not without end', () => {
    const settings = { note: `x${token}x`, ownSites: ['https://ada:secret@bugs.test/'] };
    const [found] = readRest({ settings }, [token]);
    expect(found?.value).toBe('{"ownSites":["https://…@bugs.test/"],"note":"x…x"}');
    const [long] = readRest({ history: 'x'.repeat(50_000) }, []);
    expect(String(long?.value)).toHaveLength(10_000);
  });
});

describe('the list', () => {
  const rest = (key: string) => ({ key, value: 'x' });

  it('keeps every session, and the latest three of all else', () => {
    let aside: readonly unknown[] = [];
    for (let at = 1; at <= 5; at += 1)
      aside = withAside({ aside }, [rest(`session:${at}`), rest('settings')], at);
    expect(aside.filter(one => String(Object(one).key).startsWith('session:'))).toHaveLength(5);
    expect(aside.flatMap(one => (Object(one).key === 'settings' ? [Object(one).at] : []))).toEqual([3, 4, 5]);
  });

  it('is told of: sessions by their number, settings until one is changed, the history until it is cleared', () => {
    const aside = withAside(
      {},
      [rest('session:one'), { ...rest('settings'), changedAt: 5 }, rest('drill')],
      9,
    );
    expect(countAside({ aside, settings: { changedAt: 5 } })).toEqual({
      sessions: 1,
      settings: true,
      history: true,
    });
    expect(countAside({ aside, settings: { changedAt: 6 } })).toMatchObject({ settings: false });
    expect(countAside({ aside: withoutHistory({ aside }) })).toMatchObject({ sessions: 1, history: false });
    expect(countAside({ aside: 'two' })).toEqual({ sessions: 0, settings: false, history: false });
  });
});
