import { acme, faceWith, sessionWith } from '../faces.ts';
import type { Answers, State, Step } from '../state.ts';

const seen = (name: string, title: string, answers: Answers, steps: readonly Step[]): State => ({
  page: 'popup',
  group: 'forms',
  name,
  title,
  face: faceWith(),
  answers,
  steps,
});

const open: Step = { press: '[data-does=show-log-on]' };
const sent: readonly Step[] = [
  open,
  { fill: '[name=email]', text: 'ada@example.com' },
  { fill: '[name=password]', text: 'not the one' },
  { press: '[data-does=log-on]' },
];
/** Sent to a site that is typed. */
const sentTo = (address: string): readonly Step[] => [
  open,
  { fill: '[name=site]', text: '' },
  { fill: '[name=address]', text: address },
  ...sent.slice(1),
];
const openToken: Step = { press: '[data-does=show-take-token]' };
const token: readonly Step[] = [
  openToken,
  { fill: '[name=token]', text: 'q3v9k1m8' },
  { press: '[data-does=take-token]' },
];

/** Logging on in the popup. */
export const popupForms: readonly State[] = [
  seen('log-on', 'Logging on here', {}, [open]),
  seen('wrong-password', 'A wrong password', { logOn: { is: 'wrong-password' } }, sent),
  seen(
    'ambiguous',
    'Several people with one address',
    { logOn: { is: 'ambiguous', people: ['Ada Lovelace', 'Ada Byron King, Countess of Lovelace'] } },
    sent,
  ),
  seen('two-factor', 'Two-factor: use the page', { logOn: { is: 'two-factor' } }, sent),
  {
    ...seen('page-not', 'Logged on, but the pages are not', { logOn: { is: 'page-not' } }, [
      { press: '[data-does=show-elsewhere]' },
      ...sent,
    ]),
    face: faceWith({ sessions: [sessionWith({ source: 'logon' })] }),
  },
  seen(
    'log-on-failed',
    'Logging on: the site cannot be reached',
    { logOn: { is: 'failed', obstacle: { is: 'unreachable', why: 'net::ERR_CONNECTION_REFUSED' } } },
    sent,
  ),
  seen(
    'log-on-not-permitted',
    'Logging on: the permission went meanwhile',
    { logOn: { is: 'failed', obstacle: { is: 'not-permitted' } } },
    sent,
  ),
  seen('log-on-not-added', 'Logging on at a server that is not in the list', {}, sentTo('bugs.example.com')),
  seen('log-on-bad-address', 'Logging on at what is no address', {}, sentTo('fog bugz')),
  {
    ...seen('log-on-no-permission', 'Logging on at a site whose permission is missing', {}, sent),
    face: faceWith({ trouble: [{ is: 'no-permission', site: acme }] }),
  },
  seen('take-token', 'Pasting a token', {}, [openToken]),
  seen('token-dead', 'A token that is dead', { takeToken: { is: 'dead' } }, token),
  seen('token-known', 'A token that is in the list already', { takeToken: { is: 'known' } }, token),
  seen(
    'token-failed',
    'A token of a site that does not answer',
    { takeToken: { is: 'failed', obstacle: { is: 'timed-out', afterMs: 10_000 } } },
    token,
  ),
  seen('token-none', 'Pasting what is no token', { takeToken: { is: 'not-a-token' } }, token),
  {
    ...seen('elsewhere', 'Logging on somewhere else', {}, [
      { press: '[data-does=show-elsewhere]' },
      ...sentTo('bugs.example.com'),
    ]),
    face: faceWith({ sessions: [sessionWith({ site: acme })] }),
  },
];
