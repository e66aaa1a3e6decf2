import type { Face } from '../../src/browser/face.ts';
import type { Guarding } from '../../src/session/guarding.ts';
import { presets } from '../../src/session/presets.ts';
import { defaultSettings, inForce, type Managed, type Settings } from '../../src/session/settings.ts';
import { beta, faceWith, historyOf, own, plain, sessionWith, siteWith } from '../faces.ts';
import type { State, Step } from '../state.ts';

const seen = (name: string, title: string, face: Partial<Face>, more: Partial<State> = {}): State => ({
  page: 'options',
  group: groups.find(({ about }) => about === more.about)?.group ?? 'options',
  name,
  title,
  face: faceWith(face),
  ...more,
});

const rules = '.section:has([name=preset])';
const sites = '.section:has([data-does=add-site])';
const notices = '.section:has([name=notices])';
const guard = '[data-guard]';
const history = '.history';
const backup = '.section:has([data-does=export-settings])';

const groups = [
  { about: rules, group: 'sites' },
  { about: sites, group: 'sites' },
  { about: guard, group: 'guard' },
  { about: notices, group: 'history' },
  { about: history, group: 'history' },
  { about: backup, group: 'history' },
];

const allSites = [
  siteWith(),
  siteWith({ base: beta, dialect: undefined }),
  siteWith({ base: own, own: true, dialect: 'xml' }),
  siteWith({ base: plain, own: true }),
];
const ownRules: Settings = {
  ...defaultSettings,
  idleMinutes: 15,
  lock: true,
  maxHours: 8,
  dailyAt: '18:00',
  ownSites: [own, plain],
  exceptions: { [own]: { lastTab: false } },
};
const managed: Managed = {
  lastTab: true,
  graceSeconds: 0,
  browserClose: true,
  lock: true,
  keepHistory: false,
  toolbarClick: 'popup',
  notices: 'problems',
  ownSites: [own],
};
const withGuard = { ...defaultSettings, guard: true };
const guarding = (name: string, title: string, guarding: Guarding, more: Partial<Face> = {}): State =>
  seen(
    `guard-${name}`,
    title,
    { settings: withGuard, sessions: [sessionWith()], guarding, ...more },
    { about: guard },
  );
const adding = (text: string): readonly Step[] => [
  { fill: '.add-site [name=address]', text },
  { press: '[data-does=add-site]' },
];

/** The options as a whole, and each section in its other states. */
export const optionsStates: readonly State[] = [
  seen('standard', 'Standard, a few weeks on', { sessions: [sessionWith()], history: historyOf(8) }),
  seen('managed', 'Set by an administrator', {
    settings: inForce(ownRules, managed),
    chosen: ownRules,
    managed,
    sites: allSites,
    policySlips: ['idleMinutes'],
    history: [],
  }),
  seen(
    'firefox',
    'In Firefox, private windows not allowed',
    { history: [], sites: [], privateWindows: 'not-allowed' },
    { vendor: 'firefox' },
  ),
  seen(
    'troubles',
    'Records set aside, settings too large to follow',
    {
      trouble: [{ is: 'set-aside', count: 1 }],
      sync: 'too-large',
      settings: { ...defaultSettings, ...presets.shared },
      history: [],
    },
    { about: rules },
  ),
  seen('own-rules', 'Every trigger', { settings: ownRules }, { about: rules }),
  seen(
    'invalid-number',
    'A number out of range, and a change that was lost',
    {},
    {
      about: rules,
      answers: { command: 'lost' },
      steps: [{ fill: '[name=graceSeconds]', text: '601' }, { press: '[name=lock]' }],
    },
  ),
  seen(
    'sites',
    'Sites of all kinds',
    {
      sites: allSites,
      settings: ownRules,
      sessions: [sessionWith()],
      trouble: [{ is: 'no-permission', site: plain }],
    },
    { about: sites },
  ),
  seen(
    'site-rules',
    'Different for one site',
    { sites: [siteWith({ base: own, own: true, dialect: 'xml' })], settings: ownRules },
    { about: sites, steps: [{ press: '[data-does=show-rules]' }] },
  ),
  seen(
    'site-request',
    'The log-off as a command',
    { sites: [siteWith()] },
    { about: sites, steps: [{ press: '[data-does=show-request]' }] },
  ),
  seen(
    'site-removing',
    'Before a site is removed',
    { sites: [siteWith({ base: own, own: true })], settings: ownRules },
    { about: sites, steps: [{ press: '[data-does=ask-remove-site]' }] },
  ),
  seen('site-insecure', 'Adding a server without encryption', {}, { about: sites, steps: adding(plain) }),
  seen(
    'site-failed',
    'Adding what is no FogBugz',
    {},
    {
      about: sites,
      steps: adding(own),
      answers: { addSite: { is: 'failed', obstacle: { is: 'not-fogbugz', status: 404 } } },
    },
  ),
  seen(
    'site-moved',
    'Adding what has moved',
    {},
    {
      about: sites,
      steps: adding(own),
      answers: { addSite: { is: 'moved', to: 'https://fogbugz.example.com/' } },
    },
  ),
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
  seen(
    'notices-denied',
    'Notices that the browser does not show',
    { notices: 'not-allowed', settings: { ...defaultSettings, notices: 'problems' } },
    { about: notices },
  ),
  seen('history-empty', 'No history yet', { history: [] }, { about: history }),
  seen(
    'history-filtered',
    'Searching in the history',
    { history: historyOf(120) },
    { about: history, steps: [{ fill: '[name=filterText]', text: 'hopper' }] },
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

/** The welcome. */
export const welcomeStates: readonly State[] = [
  {
    page: 'welcome',
    group: 'welcome',
    name: 'first',
    title: 'At the first start',
    face: faceWith({ sites: [] }),
  },
  {
    page: 'welcome',
    group: 'welcome',
    name: 'added',
    title: 'With a server of one’s own, in Firefox',
    face: faceWith({ sites: [siteWith({ base: own, own: true })] }),
    vendor: 'firefox',
    steps: adding('https://fogbugz.example.com/'),
    answers: { addSite: { is: 'added', base: 'https://fogbugz.example.com/' } },
  },
];
