import { type HistoryEntry, historyLimit } from '../session/view.ts';

/** The list of past log-offs, newest first. Called from the keeper's queue only, so nothing is written over. */
export function createHistory(
  load: () => Promise<readonly HistoryEntry[]>,
  save: (history: readonly HistoryEntry[]) => Promise<void>,
  clear: () => Promise<void>,
) {
  return {
    /** One line for each session: a second one for the same session takes the first one's place. The last is the newest. */
    async put(entries: readonly HistoryEntry[]): Promise<void> {
      const replaced = new Set(entries.map(({ id }) => id));
      const others = (await load()).filter(({ id }) => !replaced.has(id));
      await save([...entries.toReversed(), ...others].slice(0, historyLimit));
    },
    /** Corrects the line of a session, if there is one. */
    async amend(amended: string, change: Partial<HistoryEntry>): Promise<void> {
      const history = await load();
      if (history.some(({ id }) => id === amended))
        await save(history.map(entry => (entry.id === amended ? { ...entry, ...change } : entry)));
    },
    async drop(dropped: readonly string[]): Promise<void> {
      await save((await load()).filter(({ id }) => !dropped.includes(id)));
    },
    clear,
  };
}
