export type RunPorts = {
  /** Whether the store has every session as this worker knows it. */
  readonly isSaved: () => boolean;
  /** From here on this run's sessions are this run's; see `markRun`. */
  readonly mark: () => Promise<void>;
  readonly marked: () => void;
};

/**
 * Whether the sessions in the store are known to be of this run of the browser. Not before what the last run left
 * stands in the store as owed: with a full disk the next worker would find it open, and take it for this run's.
 */
export function createRun(ports: RunPorts) {
  let run: 'unread' | 'unmarked' | 'marked' = 'unread';
  let isStarting = false;
  /** Within a job of the queue only. */
  const markIfSaved = async (): Promise<void> => {
    if (run === 'marked' || !ports.isSaved()) return;
    await ports.mark().catch(ports.mark);
    run = 'marked';
    ports.marked();
  };
  return {
    browserStarted(): void {
      isStarting = true;
    },
    isStarting: (): boolean => isStarting,
    isMarked: (): boolean => run === 'marked',
    /** Whether the next change may be the one after which it can be marked. */
    isUnmarked: (): boolean => run === 'unmarked',
    markIfSaved,
    /** What the last run left has been told that it is over. Within a job of the queue only. */
    async begin(): Promise<void> {
      run = 'unmarked';
      await markIfSaved();
    },
  };
}
