import { describe, expect, test } from 'vitest';
import type { Guarding, Reach } from '../session/guarding.ts';
import type { SessionView } from '../session/view.ts';
import { english } from './english.ts';
import { guardedWords, guardTrouble, guardWords, reachAdvice } from './guard-words.ts';

const { say } = english;
const site = 'acme.fogbugz.com';
const session: SessionView = {
  id: 'a',
  site: `https://${site}/`,
  source: 'web',
  kind: 'session',
  private: false,
  container: false,
  since: 0,
  staysOnce: false,
  state: { is: 'open', inUse: true },
};
const well: readonly Guarding[] = [
  { is: 'off' },
  { is: 'resting' },
  { is: 'connecting' },
  { is: 'connected', version: '1.2.3', sessions: { a: 'ok' } },
];
const badly: readonly Guarding[] = [
  { is: 'missing' },
  { is: 'guard-outdated', version: '1.2.3' },
  { is: 'extension-outdated', version: '1.2.3' },
  { is: 'refuses' },
  { is: 'not-permitted' },
];
const failed = [
  'unreachable',
  'timed-out',
  'redirected',
  'too-large',
  'not-fogbugz',
  'unavailable',
  'refused',
] as const satisfies readonly Reach[];

test('every state has words of its own', () => {
  const all = [...well, ...badly].map(one => guardWords(one, say).happened);
  expect(new Set(all).size).toBe(all.length);
  expect(all).not.toContain('');
});

test('a version that does not fit is named', () => {
  for (const one of badly.filter(({ is }) => is.endsWith('outdated')))
    expect(guardWords(one, say).happened).toContain('1.2.3');
});

describe('the user is troubled', () => {
  test.each(badly)('with what to do when it is $is', guarding => {
    expect(guardTrouble([session], guarding, english)).toMatchObject({
      tone: 'bad',
      advice: expect.stringMatching(/\.$/),
    });
  });

  test.each(well)('not when it is $is', guarding => {
    expect(guardTrouble([session], guarding, english)).toBeUndefined();
  });

  test('when it cannot reach a site, and not as long as that is being asked', () => {
    const connected = (guarded: Reach): Guarding => ({
      is: 'connected',
      version: '1',
      sessions: { a: guarded },
    });
    expect(guardTrouble([session], connected('unreachable'), english)?.happened).toContain(site);
    expect(guardTrouble([session], connected('asking'), english)).toBeUndefined();
  });
});

test('each way of not reaching a site has words of its own', () => {
  const words = failed.map(guarded => guardedWords({ site, guarded }, say));
  expect(new Set(words.map(({ happened }) => happened)).size).toBe(failed.length);
  for (const { happened } of words) expect(happened).toMatch(/^Cannot reach acme\.fogbugz\.com: ./);
});

describe('what to do about it', () => {
  const advice = (...guarded: readonly Reach[]) =>
    reachAdvice(
      guarded.map(one => ({ site, guarded: one })),
      say,
    );

  test('is nothing where all is well', () => {
    expect(advice('ok', 'asking')).toEqual([]);
    expect(advice()).toEqual([]);
  });

  test('is the proxy and the certificate, said once', () => {
    expect(advice('unreachable', 'timed-out', 'ok')).toEqual([
      expect.stringMatching(/HTTPS_PROXY.*NODE_EXTRA_CA_CERTS/),
    ]);
  });

  test('is patience where the server answered', () => {
    expect(advice('unavailable')).toEqual([expect.stringMatching(/passes/)]);
    expect(advice('unavailable', 'redirected')).toHaveLength(2);
  });
});
