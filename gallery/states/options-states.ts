import { presets } from '../../src/session/presets.ts';
import { defaultSettings, inForce, type Managed } from '../../src/session/settings.ts';
import { historyOf, own, plain, sessionWith, siteWith } from '../faces.ts';
import type { State } from '../state.ts';
import { inOptions, ownRules } from './in-options.ts';

const whole = inOptions('options');
const seen = inOptions('history');
const ruled = inOptions('rules');
const rules = '.section:has([name=preset])';
const notices = '.section:has([name=notices])';
const history = '.history';
const backup = '.section:has([data-does=export-settings])';
const running = '.section:has([name=keepRunning])';
const toolbar = '.section:has([name=toolbarClick])';
const shortcuts = '.section:has([data-does=open-shortcuts])';
const leaving = '.section:has([data-does=log-off-everywhere])';

/** Those of `ownRules` are among them. */
const sites = [siteWith(), siteWith({ base: own, own: true }), siteWith({ base: plain, own: true })];
const managed: Managed = {
  lastTab: true,
  graceSeconds: 0,
  browserClose: true,
  lock: true,
  keepHistory: false,
  toolbarClick: 'popup',
  notices: 'problems',
};
/** The options as a whole, and each section in its other states. */
export const optionsStates: readonly State[] = [
  whole('standard', 'Standard, a few weeks on', { sessions: [sessionWith()], history: historyOf(8) }),
  ruled(
    'managed',
    'Set by an administrator',
    {
      settings: inForce(ownRules, managed),
      chosen: ownRules,
      managed,
      policySlips: ['idleMinutes'],
      history: [],
      sites,
    },
    { about: rules },
  ),
  ruled('firefox', 'In Firefox', {}, { vendor: 'firefox', about: rules }),
  ruled(
    'keep-running-firefox',
    'In Firefox, which cannot be kept running',
    {},
    {
      vendor: 'firefox',
      about: running,
    },
  ),
  ruled(
    'private',
    'Private windows not allowed, in Firefox',
    { privateWindows: 'not-allowed' },
    { vendor: 'firefox', about: '.section:has(.points):not(:has(.layers))' },
  ),
  ruled(
    'troubles',
    'Records set aside, settings too large to follow',
    {
      trouble: [{ is: 'set-aside', count: 1 }, { is: 'settings-aside' }, { is: 'history-aside' }],
      sync: 'too-large',
      settings: { ...defaultSettings, ...presets.shared },
      history: [],
    },
    { about: rules },
  ),
  ruled('own-rules', 'Every trigger', { settings: ownRules, sites }, { about: rules }),
  ruled(
    'invalid-number',
    'A number out of range, and a change that was lost',
    {},
    {
      about: rules,
      answers: { command: 'lost' },
      steps: [{ fill: '[name=graceSeconds]', text: '601' }, { press: '[name=lock]' }],
    },
  ),
  ruled(
    'saved',
    'A change that was taken in',
    {},
    { about: running, steps: [{ press: '[name=keepRunning]' }] },
  ),
  ruled(
    'toolbar-managed',
    'The toolbar button, set by an administrator',
    { settings: { ...defaultSettings, toolbarClick: 'log-off' }, managed: { toolbarClick: 'log-off' } },
    { about: toolbar },
  ),
  seen(
    'leaving',
    'Before the extension is removed: all is logged off',
    {},
    { about: leaving, steps: [{ press: '.section [data-does=log-off-everywhere]' }] },
  ),
  seen(
    'notices-denied',
    'Notices that the browser does not show',
    { notices: 'not-allowed', settings: { ...defaultSettings, notices: 'problems' } },
    { about: notices },
  ),
  seen(
    'notices-refused',
    'Notices wanted, and the browser’s question answered with no',
    { notices: 'not-allowed' },
    { about: notices, answers: { permission: 'denied' }, steps: [{ press: '[name=notices][value=all]' }] },
  ),
  seen(
    'notices-refused-again',
    'Notices that the browser does not show, and was asked for in vain',
    { notices: 'not-allowed', settings: { ...defaultSettings, notices: 'problems' } },
    {
      about: notices,
      answers: { permission: 'denied' },
      steps: [{ press: '[data-does=allow-notices]' }],
    },
  ),
  seen('history-empty', 'No history yet', { history: [] }, { about: history }),
  seen(
    'history-filtered',
    'Searching in the history',
    { history: historyOf(120) },
    { about: history, steps: [{ fill: '[name=filterText]', text: 'hopper' }] },
  ),
  seen(
    'history-nothing',
    'Nothing found in the history',
    { history: historyOf(8) },
    { about: history, steps: [{ fill: '[name=filterText]', text: 'nobody' }] },
  ),
  seen(
    'history-off',
    'No history is kept',
    { history: [], settings: { ...defaultSettings, keepHistory: false } },
    { about: history },
  ),
  seen(
    'history-clearing',
    'Before the history is cleared',
    { history: historyOf(3) },
    {
      about: history,
      steps: [{ press: '[data-does=chart-table]' }, { press: '[data-does=ask-clear-history]' }],
    },
  ),
  seen(
    'history-cleared',
    'The history was cleared',
    { history: historyOf(3) },
    {
      about: history,
      steps: [
        { press: '[data-does=ask-clear-history]' },
        { press: '[data-does=clear-history]' },
        { become: { history: [] } },
      ],
    },
  ),
  seen(
    'shortcuts-refused',
    'The browser’s own page for shortcuts cannot be opened',
    {},
    {
      about: shortcuts,
      answers: { shortcutPage: 'refused' },
      steps: [{ press: '[data-does=open-shortcuts]' }],
    },
  ),
  seen(
    'shortcuts-refused-firefox',
    'The same in Firefox',
    {},
    {
      vendor: 'firefox',
      about: shortcuts,
      answers: { shortcutPage: 'refused' },
      steps: [{ press: '[data-does=open-shortcuts]' }],
    },
  ),
  seen(
    'backup-refused',
    'A file that is no backup',
    {},
    { about: backup, steps: [{ give: '[name=backup]', text: '{"not": "ours"}' }] },
  ),
  seen(
    'backup-taken',
    'A backup of which not all is taken',
    { settings: inForce(defaultSettings, { lock: true }), managed: { lock: true } },
    {
      about: backup,
      steps: [
        {
          give: '[name=backup]',
          text: '{"format":"logoff-on-close-settings","version":1,"settings":{"lock":false,"graceSeconds":5,"colour":"red"}}',
        },
      ],
    },
  ),
];
