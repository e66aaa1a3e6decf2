import { describe, expect, it } from 'vitest';
import type { Guarding } from '../session/guarding.ts';
import { defaultSettings } from '../session/settings.ts';
import { viewWith } from '../session/stage/samples.ts';
import { english } from '../ui/english.ts';
import { checkUp, type Gap, type Layer } from './check-up.ts';
import { gapWords, layerWords, standingWords } from './check-up-words.ts';

type Face = Parameters<typeof checkUp>[0];

const site = 'https://acme.fogbugz.com/';

/** Everything that can be there is there, and nothing is known of a Guard. */
function faceWith(changes: Partial<Face> = {}): Face {
  return {
    sessions: [],
    settings: defaultSettings,
    managed: {},
    trouble: [],
    privateWindows: 'allowed',
    guarding: { is: 'off' },
    keepsRunning: true,
    installed: 'for-good',
    ...changes,
  };
}
function layers(changes: Partial<Face>, vendor: 'chromium' | 'firefox' = 'chromium') {
  return Object.fromEntries(
    checkUp(faceWith(changes), vendor).layers.map(({ name, ...layer }) => [name, layer]),
  );
}
const whole = { standing: 'covered', tone: 'good', gaps: [] };
const withGuard = { ...defaultSettings, guard: true };
const guarded = (guarding: Guarding) => ({
  settings: withGuard,
  sessions: [viewWith({ id: 'a', site, state: { is: 'open', inUse: true } })],
  guarding,
});
const connected = (probe: 'ok' | 'asking' | 'unreachable'): Guarding => ({
  is: 'connected',
  version: '1.0.0',
  sessions: { a: probe },
});

describe('the check-up', () => {
  it('goes through the four layers in the order in which they come', () => {
    expect(checkUp(faceWith(), 'chromium').layers.map(({ name }) => name)).toEqual([
      'alive',
      'close',
      'crash',
      'start',
      'private',
    ]);
  });

  it('claims all but the Guard where nothing is amiss', () => {
    expect(layers({})).toEqual({
      alive: whole,
      close: whole,
      crash: { standing: 'not-covered', tone: 'plain', gaps: [{ is: 'guard-off', locked: false }] },
      start: whole,
      private: { standing: 'partly', tone: 'plain', gaps: [{ is: 'private-forgotten' }] },
    });
  });

  it('claims the Guard only where it has reached every site that it has to', () => {
    expect(layers(guarded(connected('ok')))).toMatchObject({ crash: whole, private: whole });
    expect(layers(guarded(connected('asking'))).crash?.standing).toBe('unknown');
    expect(layers(guarded(connected('unreachable'))).crash).toEqual({
      standing: 'not-covered',
      tone: 'bad',
      gaps: [{ is: 'guard-unreached', sites: ['acme.fogbugz.com'] }],
    });
    expect(layers({ settings: withGuard, guarding: { is: 'resting' } }).crash).toEqual({
      standing: 'unknown',
      tone: 'plain',
      gaps: [{ is: 'guard-resting' }],
    });
    for (const is of ['missing', 'refuses', 'not-permitted'] as const)
      expect(layers(guarded({ is })).crash?.standing).toBe('not-covered');
  });

  it('does not claim the moment of the close to be enough, unless the browser keeps running', () => {
    expect(layers({ keepsRunning: false }).close).toEqual({
      standing: 'partly',
      tone: 'plain',
      gaps: [{ is: 'short-moment', mend: 'keep-running' }],
    });
    expect(layers({ keepsRunning: false }, 'firefox').close?.gaps).toEqual([
      { is: 'short-moment', mend: 'none' },
    ]);
  });

  it('claims nothing after the close that the rules keep from ending', () => {
    const settings = { ...withGuard, browserClose: false };
    const off: Gap = { is: 'close-off', locked: false };
    expect(layers({ ...guarded(connected('ok')), settings })).toMatchObject({
      alive: { standing: 'covered' },
      close: { standing: 'not-covered', gaps: [off] },
      crash: { standing: 'not-covered', gaps: [off] },
      start: { standing: 'not-covered', gaps: [off] },
    });
    const exceptions = { [site]: { browserClose: false } };
    expect(layers({ settings: { ...defaultSettings, exceptions } })).toMatchObject({
      close: { standing: 'partly', gaps: [{ is: 'close-off-at', sites: ['acme.fogbugz.com'] }] },
      start: { standing: 'partly' },
    });
  });

  it('tells what an administrator has set', () => {
    const managed = { guard: false, lastTab: false };
    expect(layers({ managed, settings: { ...defaultSettings, ...managed } })).toMatchObject({
      alive: { standing: 'partly', gaps: [{ is: 'last-tab-off', locked: true }] },
      crash: { gaps: [{ is: 'guard-off', locked: true }] },
    });
  });

  it('claims no layer whole while a site is out of reach', () => {
    const { everywhere, layers: all } = checkUp(
      faceWith({ trouble: [{ is: 'no-permission', site }], ...guarded(connected('ok')) }),
      'chromium',
    );
    expect(everywhere).toEqual([{ is: 'no-permission', sites: ['acme.fogbugz.com'] }]);
    expect(all.map(({ standing, tone }) => `${standing} ${tone}`)).toEqual(Array(5).fill('partly bad'));
  });

  it('knows no next start of an add-on that goes with the browser', () => {
    expect(layers({ installed: 'until-close' }, 'firefox').start).toEqual({
      standing: 'not-covered',
      tone: 'bad',
      gaps: [{ is: 'temporary' }],
    });
  });

  it('leaves private windows out where the extension is not allowed in them, and nothing else for that', () => {
    expect(layers({ privateWindows: 'not-allowed' })).toMatchObject({
      alive: whole,
      start: whole,
      private: { standing: 'not-covered', tone: 'plain', gaps: [{ is: 'private-windows' }] },
    });
  });
});

describe('the words of the check-up', () => {
  const say = (gap: Gap, guarding: Guarding = { is: 'off' }) => gapWords(gap, guarding, english);

  it('say what to do, unless an administrator has set it', () => {
    expect(say({ is: 'guard-off', locked: false })).toContain('Turn it on');
    expect(say({ is: 'guard-off', locked: true })).toContain('administrator');
    expect(say({ is: 'guard-off', locked: true })).not.toContain('Turn it on');
  });

  it('name the sites, and what is wrong with the Guard', () => {
    expect(say({ is: 'no-permission', sites: ['a.example', 'b.example'] })).toContain(
      'a.example and b.example',
    );
    expect(say({ is: 'guard-trouble' }, { is: 'missing' })).toContain('Install it');
  });

  it('offer to keep the browser running where that can be', () => {
    const mended = say({ is: 'short-moment', mend: 'keep-running' });
    expect(mended).toContain('After the last window');
    expect(mended).toContain(say({ is: 'short-moment', mend: 'none' }));
  });

  it('are there for every layer and standing', () => {
    const standings: readonly Layer['standing'][] = ['covered', 'partly', 'not-covered', 'unknown'];
    const all = checkUp(faceWith(), 'chromium').layers;
    const words = [
      ...all.flatMap(layer => Object.values(layerWords(layer, english.say))),
      ...standings.flatMap(standing =>
        all.slice(0, 1).map(one => standingWords({ ...one, standing }, english.say)),
      ),
    ];
    expect(new Set(words).size).toBe(14);
    expect(words).not.toContain('');
  });
});
