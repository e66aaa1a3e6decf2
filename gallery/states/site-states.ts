import { beta, own, plain, sessionWith, siteWith } from '../faces.ts';
import type { State, Step } from '../state.ts';
import { inOptions, ownRules } from './in-options.ts';

const seen = inOptions('sites');
const sites = '.section:has([data-does=add-site])';
const allSites = [
  siteWith(),
  siteWith({ base: beta, dialect: undefined }),
  siteWith({ base: own, own: true, dialect: 'xml' }),
  siteWith({ base: plain, own: true }),
];
const rulesOfOne = { ...ownRules, ownSites: [own] };
const adding = (text: string): readonly Step[] => [
  { fill: '.add-site [name=address]', text },
  { press: '[data-does=add-site]' },
];

/** The list of sites, and what is different for each. */
export const siteStates: readonly State[] = [
  seen(
    'sites',
    'Sites of all kinds',
    {
      sites: allSites,
      settings: ownRules,
      // A site that nobody has been able to ask is in the list for a session's sake.
      sessions: [sessionWith(), sessionWith({ id: 'two', site: beta })],
      trouble: [{ is: 'no-permission', site: plain }],
    },
    { about: sites },
  ),
  seen(
    'sites-managed',
    'A site added by an administrator',
    { sites: [siteWith({ base: own, own: true })], managed: { ownSites: [own] } },
    { about: sites },
  ),
  seen(
    'site-rules',
    'Different for one site',
    { sites: [siteWith({ base: own, own: true, dialect: 'xml' })], settings: rulesOfOne },
    { about: sites, steps: [{ press: '[data-does=show-rules]' }] },
  ),
  seen(
    'site-request',
    'The log-off as a command',
    { sites: [siteWith()] },
    { about: sites, steps: [{ press: '[data-does=show-request]' }] },
  ),
  seen(
    'site-request-copied',
    'The log-off as a command, copied',
    { sites: [siteWith()] },
    { about: sites, steps: [{ press: '[data-does=show-request]' }, { press: '[data-does=copy-curl]' }] },
  ),
  seen(
    'site-request-not-copied',
    'The log-off as a command, and the browser does not let it be copied',
    { sites: [siteWith()] },
    {
      about: sites,
      answers: { clipboard: 'denied' },
      steps: [{ press: '[data-does=show-request]' }, { press: '[data-does=copy-curl]' }],
    },
  ),
  seen(
    'site-removing',
    'Before a site is removed',
    { sites: [siteWith({ base: own, own: true })], settings: rulesOfOne },
    { about: sites, steps: [{ press: '[data-does=ask-remove-site]' }] },
  ),
  seen(
    'site-insecure',
    'Adding a server without encryption',
    {},
    { about: '.add-site', steps: adding(plain) },
  ),
  seen(
    'site-failed',
    'Adding what is no FogBugz',
    {},
    {
      about: '.add-site',
      steps: adding(own),
      answers: { addSite: { is: 'failed', obstacle: { is: 'not-fogbugz', status: 404 } } },
    },
  ),
  seen(
    'site-moved',
    'Adding what has moved',
    {},
    {
      about: '.add-site',
      steps: adding(own),
      answers: { addSite: { is: 'moved', to: 'https://fogbugz.example.com/' } },
    },
  ),
  seen(
    'site-known',
    'Adding what is there already',
    { sites: [siteWith({ base: own, own: true })] },
    { about: '.add-site', steps: adding(own) },
  ),
  seen(
    'site-on-demand',
    'Adding what works already',
    {},
    { about: '.add-site', steps: adding('acme.fogbugz.com') },
  ),
  seen('site-bad', 'Adding what is no address', {}, { about: '.add-site', steps: adding('fog bugz') }),
  seen(
    'site-denied',
    'Adding a server, and the browser’s question answered with no',
    {},
    { about: '.add-site', steps: adding(own), answers: { permission: 'denied' } },
  ),
];
