import { describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../session/settings.ts';
import { sampleStates } from '../session/stage/samples.ts';
import { create, one, pass, receipt, session, setGuardStage, settle, two } from './stage/guard-stage.ts';

const base = 'https://acme.fogbugz.com/';

setGuardStage();

describe('the Guard', () => {
  it('is not started while it is off, or while nothing is open', async () => {
    const { fake, change, is } = create([one], { guard: false });
    await change();
    expect(fake.starts()).toBe(0);
    expect(is()).toBe('off');
    await change({ settings: { ...defaultSettings, guard: true }, sessions: [] });
    expect(fake.starts()).toBe(0);
    expect(is()).toBe('resting');
  });

  it('is given every session, and says of each whether a crash is covered', async () => {
    const { guard, fake, world, change, shown } = create([one, two]);
    guard.changed();
    expect(shown()).toEqual({ is: 'connecting' });
    expect(guard.covers('one')).toBe(false);
    await settle();
    expect(fake.armed()).toEqual(['one', 'two']);
    expect(fake.taken()).toBe(1);
    expect(world.remembered).toEqual(['boot 42 1000']);
    expect(shown()).toEqual({ is: 'connected', version: '1.2', sessions: { one: 'ok', two: 'ok' } });
    expect(guard.covers('one')).toBe(true);
    expect(guard.covers('three')).toBe(false);
    await change({ sessions: [one, two, session('three')] });
    expect(fake.armed()).toEqual(['one', 'two', 'three']);
    expect(fake.starts()).toBe(1);
  });

  it('is given what was opened while it started', async () => {
    const { fake, guard, change } = create([one]);
    guard.changed();
    await change({ sessions: [one, two] });
    expect(fake.armed()).toEqual(['one', 'two']);
    expect(fake.starts()).toBe(1);
  });

  it('is given each session once, however often something changes', async () => {
    const { fake, change } = create([one]);
    for (let times = 0; times < 5; times++) await change();
    expect(fake.heard().filter(({ do: what }) => what === 'arm')).toHaveLength(1);
  });

  it('lets go of what was answered, and is not there when nothing is left', async () => {
    const { guard, fake, change, is } = create([one, two]);
    await change();
    await change({ sessions: [one, { ...two, state: sampleStates.checking }] });
    expect(fake.armed()).toEqual(['one']);
    expect(guard.covers('two')).toBe(false);
    await change({ sessions: [] });
    expect(is()).toBe('resting');
    fake.die(); // it has gone already, in peace
    await settle();
    expect(is()).toBe('resting');
    expect(fake.wouldLogOff()).toEqual([]);
    await change({ sessions: [one] });
    expect(fake.armed()).toEqual(['one']);
    expect(fake.starts()).toBe(2);
  });

  it('is told of the end of what was announced to it, though that came before its first word', async () => {
    const { fake, change } = create([one]);
    fake.become('starting');
    await change();
    await change({ sessions: [] });
    fake.become('installed');
    await settle();
    expect(fake.heard().map(({ do: what }) => what)).toContain('disarm');
    expect(fake.taken()).toBe(1);
  });

  it('logs nothing off that is open when it is turned off', async () => {
    const { guard, fake, change, is } = create([one, two]);
    await change();
    await change({ settings: defaultSettings });
    expect(is()).toBe('off');
    expect(guard.covers('one')).toBe(false);
    expect(fake.armed()).toEqual([]);
    expect(fake.wouldLogOff()).toEqual([]);
    await change({ settings: { ...defaultSettings, guard: true } });
    expect(fake.armed()).toEqual(['one', 'two']);
  });

  it('logs nothing off that is open when its permission is taken away', async () => {
    const { guard, fake, world, is } = create([one]);
    guard.changed();
    await settle();
    world.permitted = false;
    guard.tryAgain();
    await settle();
    expect(is()).toBe('not-permitted');
    expect(fake.armed()).toEqual([]);
    expect(fake.wouldLogOff()).toEqual([]);
    expect(guard.covers('one')).toBe(false);
    world.permitted = true;
    guard.tryAgain();
    await settle();
    expect(fake.armed()).toEqual(['one']);
  });

  it('is given neither API keys nor what may outlive the browser, and private windows all the same', async () => {
    const { fake, change } = create(
      [
        one,
        session('key', { kind: 'api-key', source: { is: 'pasted' } }),
        session('kept', { site: 'https://kept.fogbugz.com/' }),
        session('secret', { private: true, site: 'https://kept.fogbugz.com/' }),
        session('owed', { site: 'https://kept.fogbugz.com/', state: sampleStates.waiting }),
      ],
      { exceptions: { 'https://kept.fogbugz.com/': { browserClose: false } } },
    );
    await change();
    expect(fake.armed()).toEqual(['one', 'secret', 'owed']);
  });

  it('is given a thousand of more, and the next when one of them ends', async () => {
    const many = Array.from({ length: 1_002 }, (_, number) => session(String(number)));
    const { fake, change } = create(many);
    await change();
    expect(fake.armed()).toHaveLength(1_000);
    expect(fake.taken()).toBe(1);
    await change({ sessions: many.slice(1) });
    expect(fake.armed()).toHaveLength(1_000);
    expect(fake.armed()).toContain('1000');
    expect(fake.armed()).not.toContain('1001');
  });

  it('is told where to log off, and told anew when that changes', async () => {
    const { guard, fake, change, world } = create([one]);
    await change();
    expect(fake.armedAt('one')).toBe(`${base}f/api/0/jsonapi`);
    fake.finds(() => ({ is: 'failed', why: 'timed-out', detail: '' }));
    const endpoint = `${base}api.asp?`;
    world.sites.set(base, { base, dialect: 'xml', endpoint, redirected: false });
    await change();
    expect(fake.armedAt('one')).toBe(endpoint);
    expect(guard.covers('one')).toBe(false);
  });

  it('is told the address that the site is known by, and not where that has led', async () => {
    const { fake, change, world } = create([one]);
    const endpoint = `${base}bugs/f/api/0/jsonapi`;
    world.sites.set(base, { base: `${base}bugs/`, dialect: 'json', endpoint, redirected: true });
    await change();
    expect(fake.heard().filter(({ do: what }) => what === 'arm')).toMatchObject([
      { site: { base, endpoint } },
    ]);
  });

  it('hears the token, and nothing else does', async () => {
    const { fake, change, shown } = create([one]);
    await change();
    expect(fake.tokenOf('one')).toBe(one.token.reveal());
    expect(JSON.stringify(shown())).not.toContain(one.token.reveal());
    const others = fake.heard().filter(({ do: what }) => what !== 'arm');
    expect(JSON.stringify(others)).not.toContain(one.token.reveal());
  });
});

describe('a site that the Guard cannot reach', () => {
  it('is not claimed to be covered, and is asked again when the user or the network wants it', async () => {
    const { guard, fake, change, shown } = create([one, two]);
    fake.finds(() => ({ is: 'failed', why: 'unreachable', detail: 'no route' }));
    await change();
    expect(shown()).toMatchObject({ sessions: { one: 'unreachable', two: 'unreachable' } });
    expect(guard.covers('one')).toBe(false);
    fake.finds(() => ({ is: 'ok' }));
    guard.tryAgain();
    await settle();
    expect(shown()).toMatchObject({ sessions: { one: 'ok', two: 'ok' } });
    expect(guard.covers('one')).toBe(true);
  });

  it('is guarded all the same: by the time of the end it may be there', async () => {
    const { fake, change } = create([one]);
    fake.finds(() => ({ is: 'failed', why: 'unreachable', detail: '' }));
    await change();
    expect(fake.armed()).toEqual(['one']);
  });
});

describe('a worker that dies while the Guard holds something', () => {
  it('is to be woken within half of the time for which the Guard waits', async () => {
    const { guard, change } = create([one]);
    expect(guard.lookAt()).toBeUndefined();
    await change();
    expect(guard.lookAt()).toBe(Date.now() + 45_000);
    await pass(44_000);
    expect(guard.lookAt()).toBe(Date.now() + 1_000);
    await pass(1_000);
    expect(guard.lookAt()).toBe(Date.now() + 45_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(guard.lookAt()).toBe(Date.now() + 45_000);
    await change({ sessions: [] });
    expect(guard.lookAt()).toBeUndefined();
  });
});

describe('receipts', () => {
  it('are stored, and then acknowledged', async () => {
    const { fake, change, world } = create([one]);
    fake.leave(receipt('a'), receipt('b'));
    await change();
    expect(world.stored.map(({ session: id }) => id)).toEqual(['a', 'b']);
    expect(fake.receipts()).toEqual([]);
  });

  it('are read although the last session ends before they come', async () => {
    const { fake, change, world } = create([one]);
    fake.leave(receipt('a'));
    fake.become('starting');
    await change();
    await change({ sessions: [] });
    fake.become('installed');
    await settle();
    expect(world.stored).toEqual([receipt('a')]);
    expect(fake.receipts()).toEqual([]);
  });

  it('are read although the last session ends before the Guard is started', async () => {
    const { guard, fake, change, world, is } = create([one]);
    fake.leave(receipt('a'));
    guard.changed();
    await change({ sessions: [] });
    expect(world.stored).toEqual([receipt('a')]);
    expect(fake.receipts()).toEqual([]);
    expect(is()).toBe('resting');
    expect(fake.wouldLogOff()).toEqual([]);
  });

  it('stay with the Guard while they cannot be stored', async () => {
    const { fake, change, world, is } = create([one]);
    fake.leave(receipt('a'));
    world.disk = 'full';
    await change();
    expect(fake.receipts()).toEqual([receipt('a')]);
    expect(is()).toBe('connected');
    world.disk = 'writable';
    await change({ sessions: [] });
    await change({ sessions: [two] });
    expect(world.stored).toEqual([receipt('a')]);
    expect(fake.receipts()).toEqual([]);
  });
});
