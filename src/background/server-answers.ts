import type { Event } from '../session/event.ts';
import { reported } from './queue.ts';

/**
 * What servers have said. Answers that come while others still wait for their turn are applied with them, so that a
 * hundred at once are saved as one.
 */
export function createServerAnswers(
  enqueue: (job: () => Promise<void>) => Promise<void>,
  apply: (answers: Iterable<readonly [id: string, event: Event]>) => Promise<void>,
) {
  /** Those that wait for the same job of the queue: one for each session, none of which has been looked at. */
  let together: Map<string, () => Event> | undefined;

  return {
    /** `answer` is called in its turn. */
    take(id: string, answer: () => Event): void {
      if (together && !together.has(id)) {
        together.set(id, answer);
        return;
      }
      const answers = new Map([[id, answer]]);
      together = answers;
      enqueue(async () => {
        if (together === answers) together = undefined;
        await apply([...answers].map(([one, eventOf]) => [one, eventOf()] as const));
      }).catch(reported);
    },
    /** What comes from now on waits behind what is in the queue already. */
    part(): void {
      together = undefined;
    },
  };
}
