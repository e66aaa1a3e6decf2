import { type HistoryEntry, historyLimit } from '../session/view.ts';

/** The list of past log-offs, newest first. Called from the keeper's queue only, so nothing is written over. */
export function createHistory(
  load: () => Promise<readonly HistoryEntry[]>,
  save: (history: readonly HistoryEntry[]) => Promise<void>,
  clear: () => Promise<void>,
) {
  /** What the disk did not take: it goes with the next change that the disk takes. */
  let unsaved: readonly HistoryEntry[] = [];
  const change = async (
    edit: (history: readonly HistoryEntry[]) => readonly HistoryEntry[],
  ): Promise<void> => {
    const stored = await load();
    const before = withUnsaved(stored, unsaved);
    const edited = edit(before);
    if (edited === before) return;
    const after = edited.slice(0, historyLimit);
    const known = new Set(stored);
    unsaved = after.filter(entry => !known.has(entry));
    await save(after);
    unsaved = [];
  };
  return {
    /** One line for each session: a second one for the same session takes the first one's place. The last is the newest. */
    put: (entries: readonly HistoryEntry[]): Promise<void> =>
      change(history => {
        const replaced = new Set(entries.map(({ id }) => id));
        return [...entries.toReversed(), ...history.filter(({ id }) => !replaced.has(id))];
      }),
    /** Corrects the line of a session, if there is one. */
    async amend(amended: string, correction: Partial<HistoryEntry>): Promise<void> {
      const isIt = ({ id }: HistoryEntry) => id === amended;
      await change(history =>
        history.some(isIt)
          ? history.map(entry => (isIt(entry) ? { ...entry, ...correction } : entry))
          : history,
      );
    },
    drop: (dropped: readonly string[]): Promise<void> =>
      change(history => history.filter(({ id }) => !dropped.includes(id))),
    async clear(): Promise<void> {
      unsaved = [];
      await clear();
    },
  };
}

/** The lines as they are to be, the newest first. */
function withUnsaved(
  stored: readonly HistoryEntry[],
  unsaved: readonly HistoryEntry[],
): readonly HistoryEntry[] {
  if (unsaved.length === 0) return stored;
  const instead = new Map(unsaved.map(entry => [entry.id, entry]));
  const there = new Set(stored.map(({ id }) => id));
  return [
    ...unsaved.filter(({ id }) => !there.has(id)),
    ...stored.map(entry => instead.get(entry.id) ?? entry),
  ];
}
