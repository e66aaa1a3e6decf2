import { expect, test } from 'vitest';
import type { Guarding, Reach } from '../session/guarding.ts';
import type { SessionView } from '../session/view.ts';
import { english } from '../ui/english.ts';
import { testWords } from './test-words.ts';

const session: SessionView = {
  id: 'a',
  site: 'https://acme.fogbugz.com/',
  source: 'web',
  kind: 'session',
  private: false,
  container: false,
  since: 0,
  staysOnce: false,
  state: { is: 'open', inUse: true },
};
const tested = (guarding: Guarding) => testWords([session], guarding, english);
const connected = (guarded: Reach) => tested({ is: 'connected', version: '1', sessions: { a: guarded } });

test('it works when it reaches every site', () => {
  expect(connected('ok')).toMatchObject({ tone: 'good' });
});

test('a site that it cannot reach is named', () => {
  expect(connected('timed-out')).toMatchObject({
    tone: 'bad',
    happened: expect.stringMatching(/acme\.fogbugz\.com/),
  });
});

test('is not over before the site has answered', () => {
  expect(connected('asking')).toBeUndefined();
  expect(tested({ is: 'connecting' })).toBeUndefined();
});

test('without a session there is nothing to test it with', () => {
  expect(tested({ is: 'resting' })).toMatchObject({ tone: 'plain', advice: expect.stringMatching(/Log on/) });
});

test.each([
  { is: 'missing' },
  { is: 'guard-outdated', version: '1' },
  { is: 'extension-outdated', version: '1' },
  { is: 'refuses' },
  { is: 'not-permitted' },
] as const)('$is is a failure', guarding => {
  expect(tested(guarding)).toMatchObject({ tone: 'bad', happened: expect.stringMatching(/\.$/) });
});
