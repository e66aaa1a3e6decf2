import { describe, expect, test } from 'vitest';
import type { Obstacle } from '../session/session.ts';
import { viewWith } from '../session/stage/samples.ts';
import type { HistoryEntry, SessionView } from '../session/view.ts';
import { english } from '../ui/english.ts';
import { announcements } from './announcements.ts';

const now = Date.UTC(2026, 2, 14, 12);
const acme = viewWith({ id: 'a', since: now });
const inState = (state: SessionView['state']): SessionView => ({ ...acme, state });
const owed = (attempts: number, obstacle: Obstacle | undefined) =>
  inState({ is: 'owed', trigger: 'last-tab', since: now, attempts, nextTryAt: now + 5_000, obstacle });

const line: HistoryEntry = {
  id: 'a',
  at: now,
  site: acme.site,
  person: '',
  trigger: 'click',
  outcome: 'logged-off',
  attempts: 1,
  ms: 43,
  confirmed: true,
};

const told = (
  before: readonly SessionView[],
  after: readonly SessionView[],
  history: readonly HistoryEntry[] = [],
) => announcements(before, after, history, now, english);

describe('a screen reader is told', () => {
  test('that a session appeared', () => {
    expect(told([], [acme])).toEqual(['acme.fogbugz.com: logged on']);
  });

  test('that an API key is kept, rather than logged on', () => {
    expect(told([], [{ ...acme, kind: 'api-key' }])).toEqual(['acme.fogbugz.com: API key kept']);
  });

  test('that seconds began to run, once', () => {
    const counting = inState({ is: 'counting-down', trigger: 'last-tab', until: now + 10_000 });
    expect(told([acme], [counting])).toEqual(['acme.fogbugz.com: Logging off in 10 seconds']);
    expect(told([counting], [counting])).toEqual([]);
  });

  test('what stands in the way, and not every attempt at it', () => {
    const first = owed(1, undefined);
    const failed = owed(1, { is: 'unreachable', why: '' });
    const again = owed(2, { is: 'unreachable', why: '' });
    expect(told([acme], [first])).toEqual(['acme.fogbugz.com: Logging off…']);
    expect(told([first], [failed])).toEqual(['acme.fogbugz.com could not be reached.']);
    expect(told([failed], [again])).toEqual([]);
  });

  test('nothing about tabs that come and go', () => {
    expect(told([acme], [inState({ is: 'open', inUse: false })])).toEqual([]);
  });

  test('nothing about a session that is gone and in the history: the foot tells how it ended', () => {
    expect(told([acme], [], [line])).toEqual([]);
  });

  test('that a session is gone, if no history tells of it', () => {
    const answered = inState({ is: 'answered', trigger: 'click', at: now });
    expect(told([answered], [])).toEqual(['acme.fogbugz.com: logged off']);
    expect(told([acme], [], [{ ...line, id: 'other' }])).toEqual(['acme.fogbugz.com: no longer in the list']);
  });
});
