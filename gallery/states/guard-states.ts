import type { Face } from '../../src/browser/face.ts';
import type { Guarding } from '../../src/session/guarding.ts';
import { defaultSettings } from '../../src/session/settings.ts';
import { sessionWith } from '../faces.ts';
import type { State, Step } from '../state.ts';
import { inOptions } from './in-options.ts';

const guarded = inOptions('guard');
const guard = '[data-guard]';

const withGuard = { ...defaultSettings, guard: true };
const guarding = (name: string, title: string, guarding: Guarding, more: Partial<Face> = {}): State =>
  guarded(
    `guard-${name}`,
    title,
    { settings: withGuard, sessions: [sessionWith()], guarding, ...more },
    { about: name === 'connected' ? guard : '.guard-state' },
  );
/** The result comes when it has been quiet for a while; before, it says in one plain sentence that it is being tested. */
const pressTest = (result: string): readonly Step[] => [
  { press: '[data-does=test-guard]' },
  { wait: `[data-does=test-guard] + .said${result}` },
];
const tested = (
  name: string,
  title: string,
  tone: 'good' | 'bad',
  { sessions }: Pick<Extract<Guarding, { is: 'connected' }>, 'sessions'>,
): State =>
  guarded(
    `guard-tested-${name}`,
    title,
    {
      settings: withGuard,
      sessions: [sessionWith()],
      guarding: { is: 'connected', version: '0.1.0', sessions },
    },
    { about: guard, steps: pressTest(`[data-tone=${tone}]`) },
  );

/** The Guard's section of the options. */
export const guardStates: readonly State[] = [
  guarding('connected', 'The Guard at work', {
    is: 'connected',
    version: '0.1.0',
    sessions: { one: 'ok' },
  }),
  guarding('unreached', 'The Guard cannot reach a site', {
    is: 'connected',
    version: '0.1.0',
    sessions: { one: 'timed-out' },
  }),
  guarding('missing', 'The Guard is missing', { is: 'missing' }),
  guarding('outdated', 'The Guard is outdated', { is: 'guard-outdated', version: '0.0.1' }),
  guarding('not-permitted', 'The Guard is not permitted', { is: 'not-permitted' }),
  guarding('refuses', 'The Guard serves another extension', { is: 'refuses' }),
  guarding('newer', 'The Guard is newer than the extension', { is: 'extension-outdated', version: '2.0.0' }),
  tested('passed', 'The Guard was tested, and works', 'good', { sessions: { one: 'ok' } }),
  tested('unreached', 'The Guard was tested, and cannot reach a site', 'bad', {
    sessions: { one: 'timed-out' },
  }),
  guarded(
    'guard-tested-idle',
    'The Guard was tested, and had nothing to do',
    { settings: withGuard, guarding: { is: 'resting' } },
    { about: guard, steps: pressTest(':has(p + p)') },
  ),
  guarded(
    'guard-test-lost',
    'The Guard was to be tested, and nobody took it in',
    { settings: withGuard, guarding: { is: 'resting' } },
    { about: guard, answers: { command: 'lost' }, steps: pressTest('[data-tone=bad]') },
  ),
  guarding('connecting', 'The Guard: being reached', { is: 'connecting' }),
  guarding('resting', 'The Guard has nothing to do', { is: 'resting' }, { sessions: [] }),
  guarded(
    'guard-declined',
    'The browser’s question answered with no',
    {},
    { about: guard, answers: { permission: 'denied' }, steps: [{ press: '[name=guard]' }] },
  ),
];
