import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { idOf } from '../../e2e/chromium/profile.ts';
import { chromiumIds, geckoIds } from '../guard-messages.ts';
import { callerOf } from './caller.ts';

const id = 'abcdefghijklmnopabcdefghijklmnop';

it('knows who calls by what each browser passes', () => {
  expect(callerOf([`chrome-extension://${id}/`])).toEqual({ family: 'chromium', id });
  expect(callerOf([`chrome-extension://${id}/`, '--parent-window=0'])).toEqual({ family: 'chromium', id });
  expect(callerOf(['/home/ada/.mozilla/native-messaging-hosts/x.json', 'one@example.com'])).toEqual({
    family: 'firefox',
    id: 'one@example.com',
  });
});

it('knows nobody by anything else', () => {
  for (const args of [
    [],
    ['install'],
    ['https://example.com/'],
    [`chrome-extension://${id.toUpperCase()}/`],
    [`chrome-extension://${id}/page.html`],
    [`chrome-extension://${id.slice(1)}/`],
    [`chrome-extension://${'q'.repeat(32)}/`],
    ['/x.json'],
  ]) {
    expect(callerOf(args)).toBeUndefined();
  }
});

it('knows the extension that is built here, in both browsers', () => {
  const { key, browser_specific_settings } = JSON.parse(
    readFileSync(new URL('../../manifest.json', import.meta.url), 'utf8'),
  );
  expect(chromiumIds).toContain(idOf(Buffer.from(key, 'base64')));
  expect(geckoIds).toContain(browser_specific_settings.gecko.id);
});
