import { presets } from '../../src/session/presets.ts';
import { defaultSettings, inForce, type Managed } from '../../src/session/settings.ts';
import { faceWith, own, sessionWith, siteWith } from '../faces.ts';
import type { State } from '../state.ts';

const page = { page: 'welcome', group: 'welcome' } as const;
const added = 'https://fogbugz.example.com/';
const managed: Managed = { ...presets.shared, guard: true, ownSites: [own] };

/** The welcome. */
export const welcomeStates: readonly State[] = [
  {
    ...page,
    name: 'first',
    title: 'At the first start, in Firefox',
    vendor: 'firefox',
    face: faceWith({ sites: [] }),
  },
  {
    ...page,
    name: 'added',
    title: 'With a server of one’s own',
    about: '.step:has(.add-site)',
    face: faceWith({ sites: [siteWith({ base: own, own: true })] }),
    steps: [{ fill: '.add-site [name=address]', text: added }, { press: '[data-does=add-site]' }],
    answers: { addSite: { is: 'added', base: added } },
  },
  {
    ...page,
    name: 'managed',
    title: 'Set by an administrator, with the Guard at work',
    face: faceWith({
      managed,
      settings: inForce(defaultSettings, managed),
      chosen: defaultSettings,
      sites: [siteWith({ base: own, own: true })],
      sessions: [sessionWith({ site: own })],
      guarding: { is: 'connected', version: '0.1.0', sessions: { one: 'ok' } },
    }),
  },
  {
    ...page,
    name: 'guard-declined',
    title: 'The browser’s question about the Guard answered with no',
    face: faceWith({ sites: [] }),
    about: '.step:has([name=guard])',
    steps: [{ press: '[name=guard]' }],
    answers: { permission: 'denied' },
  },
];
