import type { Drill, DrillEnd } from '../session/drill.ts';
import type { HistoryEntry } from '../session/view.ts';

/**
 * The one drill that there may be, and how its session ended. It is told of every end as the history is, and whether or
 * not there is to be a history. Called from the keeper's queue only.
 */
export function createDrillRecord(save: (drill: Drill | undefined) => Promise<void>) {
  let drill: Drill | undefined;
  const set = async (next: Drill | undefined): Promise<void> => {
    drill = next;
    await save(next);
  };

  return {
    restore(stored: Drill | undefined): void {
      drill = stored;
    },
    now: (): Drill | undefined => drill,
    set,
    async put({ id, at, trigger, outcome, ms, confirmed, ended }: HistoryEntry): Promise<void> {
      if (drill?.session !== id) return;
      const end: DrillEnd = { at, trigger, outcome, ms, confirmed, ...(ended && { ended }) };
      await set({ ...drill, end });
    },
    /** Corrects how the session ended. */
    async amend(id: string, { at, trigger, outcome, ms, ended }: Partial<HistoryEntry>): Promise<void> {
      if (drill?.session !== id || !drill.end) return;
      const change = {
        ...(at !== undefined && { at }),
        ...(trigger && { trigger }),
        ...(outcome && { outcome }),
        ...(ms !== undefined && { ms }),
        ...(ended && { ended }),
      };
      await set({ ...drill, end: { ...drill.end, ...change } });
    },
    /** What was recorded turned out to be untrue: the session lives. */
    async drop(id: string): Promise<void> {
      if (drill?.session !== id) return;
      const { end: _, ...rest } = drill;
      await set(rest);
    },
  };
}

export type DrillRecord = ReturnType<typeof createDrillRecord>;
