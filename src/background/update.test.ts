import { describe, expect, it, vi } from 'vitest';
import type { Session } from '../session/session.ts';
import { sampleStates as is, sessionWith } from '../session/stage/samples.ts';
import { createUpdate } from './update.ts';

/** What happened, in order; the note may fail. */
function create(note: 'written' | 'refused' = 'written') {
  const world = { sessions: [] as Session[], happened: [] as string[], isAtHome: true, meanwhile: () => {} };
  const update = createUpdate(
    () => world.sessions,
    () => world.isAtHome,
    async () => {
      if (note === 'refused') throw new Error('the disk is full');
      world.happened.push('note');
      world.meanwhile();
    },
    () => void world.happened.push('reload'),
  );
  return { world, update };
}
const settle = () => new Promise(resolve => setImmediate(resolve));

describe('an update that waits', () => {
  it('is taken at once when nothing is under way, after a note to the next worker', async () => {
    const { world, update } = create();
    world.sessions = [sessionWith({ state: is.open }), sessionWith({ id: 'two', state: is.waiting })];
    update.available();
    await settle();
    expect(world.happened).toEqual(['note', 'reload']);
  });

  it.each(['sending', 'checking', 'countingDown'] as const)('waits for a session that is %s', async name => {
    const { world, update } = create();
    world.sessions = [sessionWith({ state: is[name] })];
    update.available();
    update.changed();
    await settle();
    expect(world.happened).toEqual([]);
    world.sessions = [];
    update.changed();
    await settle();
    expect(world.happened).toEqual(['note', 'reload']);
  });

  it.each(['open', 'waiting', 'checkWaiting'] as const)(
    'waits for a private session that is %s, because a reload forgets it',
    async name => {
      const { world, update } = create();
      world.sessions = [sessionWith({ private: true, state: is[name] })];
      update.available();
      await settle();
      expect(world.happened).toEqual([]);
    },
  );

  it('is not taken when the note could not be written: the reload would look like a restart', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { world, update } = create('refused');
    update.available();
    await settle();
    expect(world.happened).toEqual([]);
  });

  it('waits until the worker knows what is stored, and what the last run left is owed', async () => {
    const { world, update } = create();
    world.isAtHome = false;
    update.available();
    await settle();
    expect(world.happened).toEqual([]);
    world.isAtHome = true;
    update.changed();
    await settle();
    expect(world.happened).toEqual(['note', 'reload']);
  });

  it('waits once more when something began while the note was written', async () => {
    const { world, update } = create();
    world.meanwhile = () => {
      world.sessions = [sessionWith({ private: true, state: is.open })];
    };
    update.available();
    await settle();
    expect(world.happened).toEqual(['note']);
    world.sessions = [];
    world.meanwhile = () => {};
    update.changed();
    await settle();
    expect(world.happened).toEqual(['note', 'note', 'reload']);
  });

  it('is tried again with the next change when the note could not be written', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { world, update } = create();
    let full = true;
    world.meanwhile = () => {
      if (full) throw new Error('the disk is full');
    };
    update.available();
    await settle();
    expect(world.happened).toEqual(['note']);
    full = false;
    update.changed();
    await settle();
    expect(world.happened).toEqual(['note', 'note', 'reload']);
  });

  it('is nothing that a change alone brings about', async () => {
    const { world, update } = create();
    update.changed();
    await settle();
    expect(world.happened).toEqual([]);
  });
});
