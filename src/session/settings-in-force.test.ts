import { describe, expect, it } from 'vitest';
import { defaultSettings, feasible, inForce, lockedAt, lockedIn, rulesFor } from './settings.ts';

const acme = 'https://acme.fogbugz.com/';
const intranet = 'https://intranet/bugs/';
const chosen = {
  ...defaultSettings,
  idleMinutes: 30,
  ownSites: [intranet],
  exceptions: { [acme]: { idleMinutes: 60, browserClose: false } },
};

describe('what an administrator sets', () => {
  it('stands over what the user set, and leaves the rest alone', () => {
    expect(inForce(chosen, {})).toEqual(chosen);
    expect(inForce(chosen, { browserClose: true, graceSeconds: 0 })).toMatchObject({
      idleMinutes: 30,
      graceSeconds: 0,
    });
  });

  it('counts at every site: an exception of the user is no way round it', () => {
    const settings = inForce(chosen, { browserClose: true });
    expect(rulesFor(settings, acme)).toMatchObject({ browserClose: true, idleMinutes: 60 });
    expect(lockedAt({ browserClose: true }, acme)).toEqual(['browserClose']);
    expect(
      inForce({ ...chosen, exceptions: { [acme]: { lastTab: false } } }, { lastTab: true }).exceptions,
    ).toEqual({});
  });

  it('can be different at one site', () => {
    const managed = { browserClose: true, exceptions: { [acme]: { browserClose: false, lock: true } } };
    const settings = inForce(chosen, managed);
    expect(rulesFor(settings, acme)).toMatchObject({ browserClose: false, lock: true, idleMinutes: 60 });
    expect(rulesFor(settings, intranet)).toMatchObject({ browserClose: true, lock: false });
    expect(lockedAt(managed, acme)).toEqual(['browserClose', 'lock']);
    expect(lockedAt(managed, 'constructor')).toEqual(['browserClose']);
    expect(lockedIn(managed)).toEqual(['browserClose']);
  });

  it('adds servers to those of the user, each once', () => {
    const more = 'https://bugs.example.com/';
    expect(inForce(chosen, { ownSites: [more, intranet] }).ownSites).toEqual([more, intranet]);
  });
});

it('leaves out in Firefox what it can not do, there and at each site, and nowhere else', () => {
  const settings = { ...chosen, lock: true, exceptions: { [acme]: { lock: true, idleMinutes: 5 } } };
  expect(feasible(settings, 'chromium')).toBe(settings);
  const inFirefox = feasible(settings, 'firefox');
  expect([inFirefox.lock, rulesFor(inFirefox, acme).lock]).toEqual([false, false]);
  expect(rulesFor(inFirefox, acme).idleMinutes).toBe(5);
});
