import { describe, expect, it } from 'vitest';
import { type HistoryEntry, historyLimit } from '../session/view.ts';
import { createHistory } from './history.ts';

function entry(id: string, changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id,
    at: 1_000,
    site: 'https://acme.fogbugz.com/',
    person: 'Ada Lovelace',
    trigger: 'click',
    outcome: 'logged-off',
    attempts: 1,
    ms: 300,
    confirmed: false,
    ...changes,
  };
}
function create(before: readonly HistoryEntry[] = []) {
  let kept = before;
  const history = createHistory(
    async () => kept,
    async next => {
      kept = next;
    },
    async () => {
      kept = [];
    },
  );
  return { history, ids: () => kept.map(({ id }) => id), kept: () => kept };
}

describe('the history', () => {
  it('has the newest entry first', async () => {
    const { history, ids } = create();
    await history.put([entry('a')]);
    await history.put([entry('b')]);
    expect(ids()).toEqual(['b', 'a']);
  });

  it('has one entry of each session: the last one', async () => {
    const { history, kept } = create();
    await history.put([entry('a')]);
    await history.put([entry('a', { confirmed: true })]);
    expect(kept()).toEqual([entry('a', { confirmed: true })]);
  });

  it('takes back what was untrue', async () => {
    const { history, ids } = create([entry('a'), entry('b')]);
    await history.drop(['a']);
    await history.drop(['never there']);
    expect(ids()).toEqual(['b']);
  });

  it('forgets the oldest at its limit, and everything when asked', async () => {
    const { history, ids } = create(Array.from({ length: historyLimit }, (_, index) => entry(String(index))));
    await history.put([entry('new')]);
    expect(ids()).toHaveLength(historyLimit);
    expect(ids()[0]).toBe('new');
    expect(ids().at(-1)).toBe(String(historyLimit - 2));
    await history.clear();
    expect(ids()).toEqual([]);
  });

  it('keeps what the disk did not take, corrected or taken back, for the next change that it takes', async () => {
    let kept: readonly HistoryEntry[] = [entry('old')];
    let disk: 'full' | 'writable' = 'full';
    const history = createHistory(
      async () => kept,
      async next => {
        if (disk === 'full') throw new Error('quota exceeded');
        kept = next;
      },
      async () => {
        kept = [];
      },
    );
    await expect(history.put([entry('a'), entry('b')])).rejects.toThrow('quota exceeded');
    await expect(history.amend('old', { confirmed: true })).rejects.toThrow('quota exceeded');
    await expect(history.amend('a', { confirmed: true })).rejects.toThrow('quota exceeded');
    await expect(history.drop(['b'])).rejects.toThrow('quota exceeded');
    expect(kept).toEqual([entry('old')]);
    disk = 'writable';
    await history.put([entry('c')]);
    expect(kept).toEqual([entry('c'), entry('a', { confirmed: true }), entry('old', { confirmed: true })]);
    kept = [];
    await history.put([entry('d')]);
    expect(kept).toEqual([entry('d')]);
    disk = 'full';
    await expect(history.put([entry('e')])).rejects.toThrow('quota exceeded');
    await history.clear();
    disk = 'writable';
    await history.put([entry('f')]);
    expect(kept).toEqual([entry('f')]);
  });
});
