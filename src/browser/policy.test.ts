import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultSettings, ruleNames } from '../session/settings.ts';
import { readPolicy } from './policy.ts';

const acme = 'https://acme.fogbugz.com/';

describe('what an administrator has set', () => {
  it('is read', () => {
    const policy = {
      lastTab: false,
      graceSeconds: 0,
      idleMinutes: 15,
      dailyAt: '18:00',
      toolbarClick: 'log-off',
    };
    expect(readPolicy(policy)).toEqual({ stored: policy, settings: policy, unreadable: [] });
    expect(readPolicy({})).toEqual({ stored: {}, settings: {}, unreadable: [] });
  });

  it('counts but for what can not be read, which is named', () => {
    const { settings, unreadable } = readPolicy({
      lastTab: 'yes',
      idleMinutes: 9000,
      lock: true,
      sound: true,
      ownSites: ['https://bugs.example.com', 7, 'ftp://x', 'http://*/'],
      exceptions: {
        'acme.fogbugz.com': { idleMinutes: 5, lock: 'x', keepHistory: false },
        'a b': {},
        'x.test': 7,
      },
    });
    expect(settings).toEqual({
      lock: true,
      ownSites: ['https://bugs.example.com/'],
      exceptions: { [acme]: { idleMinutes: 5 } },
    });
    expect(unreadable).toEqual([
      'lastTab',
      'idleMinutes',
      'sound',
      'ownSites: 7',
      'ownSites: ftp://x',
      'ownSites: http://*/',
      'exceptions: acme.fogbugz.com: lock',
      'exceptions: acme.fogbugz.com: keepHistory',
      'exceptions: a b',
      'exceptions: x.test',
    ]);
  });

  it('may say yes and no by number, as a registry does', () => {
    expect(readPolicy({ lock: 1, keepHistory: 0, exceptions: { [acme]: { lastTab: 0 } } }).settings).toEqual({
      lock: true,
      keepHistory: false,
      exceptions: { [acme]: { lastTab: false } },
    });
    expect(readPolicy({ lock: 2 })).toEqual({ stored: { lock: 2 }, settings: {}, unreadable: ['lock'] });
  });

  it.each([{ ownSites: 'https://x.test/' }, { exceptions: ['x'] }, { exceptions: null }])(
    '%j is no list',
    policy => {
      expect(readPolicy(policy)).toEqual({ stored: policy, settings: {}, unreadable: Object.keys(policy) });
    },
  );

  it('can be told to Chromium for every setting there is', () => {
    const schema = JSON.parse(readFileSync('public/managed-schema.json', 'utf8'));
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(defaultSettings).sort());
    const atOneSite = schema.properties.exceptions.additionalProperties.properties;
    expect(Object.keys(atOneSite).sort()).toEqual([...ruleNames].sort());
  });
});
