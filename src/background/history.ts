import { type HistoryEntry, historyLimit } from '../session/view.ts';

/** The list of past log-offs, newest first. Called from the keeper's queue only, so nothing is written over. */
export function createHistory(
  load: () => Promise<readonly HistoryEntry[]>,
  save: (history: readonly HistoryEntry[]) => Promise<void>,
) {
  return {
    /** One line for each session: a second one for the same session takes the first one's place. */
    async put(entry: HistoryEntry): Promise<void> {
      const others = (await load()).filter(({ id }) => id !== entry.id);
      await save([entry, ...others].slice(0, historyLimit));
    },
    /** Corrects the line of a session, if there is one. */
    async amend(amended: string, change: Partial<HistoryEntry>): Promise<void> {
      const history = await load();
      if (history.some(({ id }) => id === amended))
        await save(history.map(entry => (entry.id === amended ? { ...entry, ...change } : entry)));
    },
    async drop(dropped: string): Promise<void> {
      await save((await load()).filter(({ id }) => id !== dropped));
    },
    clear: (): Promise<void> => save([]),
  };
}
