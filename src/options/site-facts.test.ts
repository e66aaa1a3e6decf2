import { expect, test } from 'vitest';
import type { SiteView } from '../browser/face.ts';
import { defaultSettings } from '../session/settings.ts';
import { viewWith } from '../session/stage/samples.ts';
import type { SessionView } from '../session/view.ts';
import { english } from '../ui/english.ts';
import { siteFacts } from './site-facts.ts';

const acme: SiteView = {
  base: 'https://acme.fogbugz.com/',
  own: false,
  dialect: undefined,
  curl: { json: '', xml: '' },
};
const session = viewWith({ site: acme.base });
const facts = (site: SiteView, sessions: readonly SessionView[] = [], settings = defaultSettings) =>
  siteFacts(site, { sessions, settings }, english);

test('a site on demand that nobody has asked yet', () => {
  expect(facts(acme)).toBe('on demand\u00a0· API not asked yet');
});

test('an own server without encryption, in use, with rules of its own', () => {
  const base = 'http://intranet/';
  const settings = { ...defaultSettings, exceptions: { [base]: { lock: true } } };
  const here = { ...session, site: base };
  expect(facts({ ...acme, base, own: true, dialect: 'xml' }, [session, here, here], settings)).toBe(
    'own server\u00a0· XML\u00a0· not encrypted\u00a0· 2 sessions\u00a0· own rules',
  );
});

test('one that was removed while a log-off is owed there', () => {
  expect(facts({ ...acme, base: 'https://intranet/', dialect: 'json' })).toBe(
    'no longer in the list\u00a0· JSON',
  );
});
