export type HandOverPorts = {
  /** By which the next worker knows that the browser lived on. */
  readonly leaveNote: (at: number) => Promise<void>;
  /** By which the next worker knows which page to open again. */
  readonly leavePage: () => Promise<void>;
  readonly now: () => number;
};

/** How old the note may be when it is written, in ms; the next worker believes it for twice as long. */
const freshMs = 5_000;

/** What a worker leaves to the next one before it reloads the extension. */
export function createHandOver({ leaveNote, leavePage, now }: HandOverPorts) {
  let opensAgain = false;
  return {
    /** The reload closes the page in which the user is just doing something. */
    keepPage(): void {
      opensAgain = true;
    },
    async leave(): Promise<void> {
      // A note that a slow disk made old is believed by nobody: the reload would count as a restart.
      for (let at = -Infinity; now() - at > freshMs; ) {
        at = now();
        await leaveNote(at);
      }
      if (opensAgain) await leavePage();
    },
  };
}
