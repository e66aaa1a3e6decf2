import { expect, test } from 'vitest';
import { viewWith } from '../session/stage/samples.ts';
import type { SessionView } from '../session/view.ts';
import { english } from '../ui/english.ts';
import { leavingWords } from './leaving-words.ts';

const session = (changed: Partial<SessionView> = {}): SessionView =>
  viewWith({ state: { is: 'owed', trigger: 'click', since: 0, attempts: 1 }, ...changed });
const told = (...sessions: readonly SessionView[]) => leavingWords(sessions, english);

test('nothing is open any more, and the extension can go', () => {
  expect(told()).toMatchObject({ tone: 'good' });
  expect(told(session({ state: { is: 'answered', trigger: 'click', at: 0 } }))).toMatchObject({
    tone: 'good',
  });
});

test('says how many log-offs are still owed', () => {
  expect(told(session(), session())).toMatchObject({
    tone: 'bad',
    happened: '2 sessions are not logged off yet.',
  });
});

test('a key is no session, and stays valid', () => {
  const words = told(session({ kind: 'api-key', state: { is: 'open', inUse: false } }));
  expect(words.tone).toBe('good');
  expect(words.advice).toMatch(/^1 API key stays valid/);
});
