import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../session/settings.ts';
import { create, one, pass, setGuardStage, settle, two } from './stage/guard-stage.ts';

setGuardStage();

describe('a Guard that is not there', () => {
  it('is looked for once, again for a new session, and when the user says so', async () => {
    const { guard, fake, change, is } = create([one]);
    fake.become('missing');
    await change();
    expect(is()).toBe('missing');
    for (let times = 0; times < 10; times++) await change();
    await pass(600_000);
    expect(fake.starts()).toBe(1);
    await change({ sessions: [one, two] });
    expect(fake.starts()).toBe(2);
    await change();
    expect(fake.starts()).toBe(2);
    fake.become('installed');
    guard.tryAgain();
    await settle();
    expect(is()).toBe('connected');
    expect(fake.armed()).toEqual(['one', 'two']);
  });

  it.each([
    ['the Guard', 'guard-outdated', 0],
    ['the extension', 'extension-outdated', 2],
  ] as const)('because %s is too old gets no token', async (_, what, protocol) => {
    const { guard, fake, change, shown } = create([one]);
    fake.become({ protocol });
    await change();
    expect(shown()).toEqual({ is: what, version: '1.2' });
    expect(JSON.stringify(fake.heard())).not.toContain(one.token.reveal());
    await change();
    expect(fake.starts()).toBe(1);
    fake.become('installed');
    guard.tryAgain();
    await settle();
    expect(fake.armed()).toEqual(['one']);
  });

  it('because it was installed for another extension is named', async () => {
    const { fake, change, is } = create([one]);
    fake.become('refuses');
    await change();
    expect(is()).toBe('refuses');
    await change();
    expect(fake.starts()).toBe(1);
  });

  it('because the user has not permitted it is not looked for', async () => {
    const { guard, fake, change, world, is } = create([one]);
    world.permitted = false;
    await change();
    expect(is()).toBe('not-permitted');
    expect(fake.starts()).toBe(0);
    world.permitted = true;
    guard.tryAgain();
    await settle();
    expect(is()).toBe('connected');
  });

  it('because the worker began before the user agreed is left to the next worker', async () => {
    const { guard, fake, change, world, is } = create([one], { guard: false });
    Object.assign(world, { permitted: false, reach: 'out of reach' });
    await change();
    world.permitted = true;
    guard.granted();
    await change();
    expect(world.renewed).toBe(0);
    await change({ settings: { ...defaultSettings, guard: true } });
    await change();
    expect(is()).toBe('connecting');
    expect(world.renewed).toBe(1);
    expect(fake.starts()).toBe(0);
  });

  it('because of another permission is no reason for another worker', async () => {
    const { guard, world, is } = create([one]);
    Object.assign(world, { permitted: false, reach: 'out of reach' });
    guard.granted();
    await settle();
    expect(is()).toBe('not-permitted');
    expect(world.renewed).toBe(0);
  });

  it('because the profile has no id is missing', async () => {
    const { fake, change, is } = create([one]);
    await change({ profile: () => Promise.reject(new Error('the disk is full')) });
    expect(is()).toBe('missing');
    expect(fake.starts()).toBe(0);
  });

  it('leaves no trouble behind when nothing is open any more', async () => {
    const { fake, change, is } = create([one]);
    fake.become('missing');
    await change();
    await change({ sessions: [] });
    expect(is()).toBe('resting');
  });
});

describe('a Guard that dies', () => {
  it('is started again after a while, and given everything', async () => {
    const { guard, fake, change, is } = create([one, two]);
    await change();
    fake.die();
    await settle();
    expect(is()).toBe('connecting');
    expect(guard.covers('one')).toBe(false);
    await change();
    expect(fake.starts()).toBe(1);
    await pass(2_000);
    expect(fake.armed()).toEqual(['one', 'two']);
    expect(guard.covers('one')).toBe(true);
  });

  it('again and again is given up, unless it has stayed long in between', async () => {
    const { fake, change, is } = create([one]);
    await change();
    for (let deaths = 0; deaths < 6; deaths++) {
      expect(fake.armed()).toEqual(['one']);
      fake.die();
      await pass(32_000);
    }
    expect(is()).toBe('missing');
    expect(fake.starts()).toBe(6);
    await pass(600_000);
    expect(fake.starts()).toBe(6);
  });

  it('once in a long while is always started again', async () => {
    const { fake, change } = create([one]);
    await change();
    for (let deaths = 0; deaths < 10; deaths++) {
      await pass(300_000);
      fake.die();
      await pass(4_000);
      expect(fake.armed()).toEqual(['one']);
    }
  });

  it('is not started again for nothing', async () => {
    const { fake, change, is } = create([one]);
    await change();
    fake.die();
    await change({ sessions: [] });
    await pass(60_000);
    expect(fake.starts()).toBe(1);
    expect(is()).toBe('resting');
  });
});
