import { expect, it } from 'vitest';
import { sampleStates as is, sessionWith, tokenOf } from './stage/samples.ts';
import { withoutTwins } from './twins.ts';

const ids = (sessions: readonly { readonly id: string }[]) => sessions.map(({ id }) => id);

it.each([
  ['the first of two open ones', is.open, is.open, 'one'],
  ['the owed one that comes second', is.unused, is.waiting, 'two'],
  ['the owed one that comes first', is.waiting, is.countingDown, 'one'],
  ['the first of two owed ones', is.waiting, is.checkWaiting, 'one'],
])('keeps of the same token %s', (_, first, second, kept) => {
  const { sessions, twins } = withoutTwins([
    sessionWith({ id: 'one', state: first }),
    sessionWith({ id: 'two', state: second }),
  ]);
  expect(ids(sessions)).toEqual([kept]);
  expect(ids(twins)).toEqual([kept === 'one' ? 'two' : 'one']);
});

it('keeps what differs in its token or its site', () => {
  const all = [
    sessionWith({ id: 'one' }),
    sessionWith({ id: 'two', token: tokenOf('another-token') }),
    sessionWith({ id: 'three', site: 'https://beta.fogbugz.com/' }),
  ];
  expect(withoutTwins(all)).toEqual({ sessions: all, twins: [] });
});
