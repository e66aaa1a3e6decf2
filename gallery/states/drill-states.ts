import type { Face } from '../../src/browser/face.ts';
import type { Drill, DrillEnd } from '../../src/session/drill.ts';
import type { Guarding } from '../../src/session/guarding.ts';
import { defaultSettings } from '../../src/session/settings.ts';
import { acme, beta, minute, now, second, sessionWith } from '../faces.ts';
import type { State } from '../state.ts';
import { inOptions } from './in-options.ts';

/** When the browser was started again after the drill. */
const back = now - 20 * second;

const checkUp = inOptions('check-up');
const seen: typeof checkUp = (name, title, face, more) =>
  checkUp(name, title, face, { about: '.drill', ...more });

const drillWith = (changes: Partial<Drill>): Drill => ({
  session: 'one',
  site: acme,
  whose: 'drill',
  stayedOnce: false,
  since: now - 3 * minute,
  told: true,
  keptByRules: false,
  ...changes,
});
const atClose: DrillEnd = {
  at: back - minute,
  trigger: 'browser-close',
  outcome: 'logged-off',
  ms: 38,
  confirmed: true,
};
const verdict = (name: string, title: string, end: Partial<DrillEnd>, more: Partial<Face> = {}): State =>
  seen(`drill-${name}`, title, {
    drill: drillWith({ backAt: back, end: { ...atClose, ...end } }),
    ...more,
  });

const withGuard = { ...defaultSettings, guard: true };
const resting: Guarding = { is: 'resting' };
const guarded = { settings: withGuard, guarding: resting };
const byGuard = (name: string, title: string, ended: NonNullable<DrillEnd['ended']>): State =>
  verdict(`guard-${name}`, title, { trigger: 'guard', ended, ms: 840 }, guarded);
const atNextStart: Partial<DrillEnd> = { at: back + 210, trigger: 'startup', ms: 61 };

/** What is covered, and what a close drill has shown. */
export const drillStates: readonly State[] = [
  seen(
    'check-up-whole',
    'All is covered',
    {
      settings: withGuard,
      keepsRunning: true,
      sessions: [sessionWith()],
      guarding: { is: 'connected', version: '0.1.0', sessions: { one: 'ok' } },
    },
    { about: '.section:has(.layers)' },
  ),
  seen(
    'check-up-gaps',
    'Much is not covered, some of it by an administrator, in Firefox',
    {
      settings: { ...withGuard, lastTab: false, exceptions: { [beta]: { browserClose: false } } },
      managed: { lastTab: false },
      sessions: [sessionWith()],
      guarding: { is: 'connected', version: '0.1.0', sessions: { one: 'unreachable' } },
      privateWindows: 'not-allowed',
      installed: 'until-close',
      trouble: [{ is: 'no-permission', site: acme }],
    },
    { about: '.section:has(.layers)', vendor: 'firefox' },
  ),
  seen(
    'drill-offer',
    'Logging on for the drill',
    { sessions: [sessionWith()] },
    { steps: [{ press: '[data-does=show-drill-form]' }] },
  ),
  seen(
    'drill-unfit',
    'A session that the rules keep on',
    { sessions: [sessionWith()] },
    {
      steps: [{ press: '[data-does=drill-with]' }],
      answers: { drillWith: { is: 'unfit', why: 'kept-by-rules' } },
    },
  ),
  seen('drill-waiting', 'Ready: the browser is to be closed', { drill: drillWith({}) }),
  seen('drill-waiting-own', 'Ready, with the user’s own session', {
    drill: drillWith({ whose: 'user' }),
    sessions: [sessionWith()],
  }),
  seen('drill-owed', 'The server has not answered yet', { drill: drillWith({ backAt: back }) }),
  verdict('closing', 'Logged off as the browser closed', {}),
  verdict(
    'closing-within',
    'The same; the Guard found it done',
    { trigger: 'guard', ended: 'browser-closed', outcome: 'already-off', ms: 640 },
    guarded,
  ),
  verdict('closing-untimed', 'The same, nobody knows how fast', { ...atNextStart, outcome: 'already-off' }),
  verdict('closing-unproven', 'The same, not proven', { confirmed: false }),
  byGuard('died', 'The Guard, after a crash', 'browser-died'),
  byGuard('closed', 'The Guard, after the close', 'browser-closed'),
  byGuard('gone', 'The Guard, as the extension was gone', 'extension-gone'),
  byGuard('shut-down', 'The Guard, as the computer shut down', 'shutting-down'),
  verdict('next-start', 'At the next start, without the Guard', atNextStart),
  verdict('next-start-guard', 'At the next start, in spite of the Guard', atNextStart, guarded),
  seen('drill-kept', 'Kept on by the rules', {
    settings: { ...defaultSettings, browserClose: false },
    drill: drillWith({ backAt: back, keptByRules: true, end: { ...atClose, ...atNextStart } }),
  }),
  seen('drill-other-way', 'Logged off before the close', {
    drill: drillWith({ end: { ...atClose, trigger: 'click' } }),
  }),
  verdict('forgotten', 'Given up', { outcome: 'forgotten', confirmed: false }),
  verdict(
    'asking',
    'The Guard: what did it do?',
    { ...atNextStart, outcome: 'already-off' },
    { settings: withGuard, guarding: { is: 'connecting' } },
  ),
];
