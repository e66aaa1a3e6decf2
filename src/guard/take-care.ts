import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { SendOptions } from '../fogbugz/send.ts';
import { backoff } from '../session/backoff.ts';
import type { Guarded } from './care.ts';
import { isSucceeded } from './claim.ts';
import type { Ended, HandOver } from './hand-over.ts';
import { logOffAll } from './log-off-all.ts';
import { openReceipts } from './receipts.ts';
import { keepVigil } from './vigil.ts';
import { createWhereabouts } from './whereabouts.ts';

const giveUpAfterMs = 24 * 60 * 60 * 1000;

/**
 * How long it goes on once somebody wishes that it end, in ms: about what systems leave between SIGTERM and SIGKILL,
 * so that no shutdown waits for it. No request may take longer (send.ts), so an attempt that is under way has another after it.
 */
export const hurriedForMs = 10_000;
/** Between two attempts then, in ms. A server that is back is found at once, and one that refuses isn't stormed. */
const hurriedPauseMs = 250;

export type Tools = {
  readonly stateFolder: string;
  readonly fetch: SendOptions['fetch'];
};

/** Ends what was handed over: waits where there is still hope, then logs off until everything is answered. */
export async function takeCare(handed: HandOver, tools: Tools, hurry: AbortSignal): Promise<void> {
  setMaxListeners(0, hurry); // hundreds of sessions may wait at once
  const msLeft = countDown(hurry);
  const over = await overOf(handed, tools, hurry);
  if (!over) return;
  const recorder = recordTo(tools, handed.profile, over);
  await logOffAll(handed.sessions, {
    logOff: createWhereabouts(tools),
    answered: (guarded, outcome) => recorder(guarded, outcome),
    async pause(guarded, failure) {
      const askedMs = failure.is === 'unavailable' ? failure.retryAfterMs : undefined;
      if (hurry.aborted) {
        // What the server asked for counts here too: where it is more than is left, the next start has the session.
        const pauseMs = Math.max(hurriedPauseMs, askedMs ?? 0);
        if (pauseMs >= msLeft()) return 'stop';
        await wait(pauseMs);
        return 'again';
      }
      if (Date.now() - over.at >= giveUpAfterMs) {
        await recorder(guarded, 'gave-up');
        return 'stop';
      }
      const pauseMs = backoff(guarded.attempts, Math.random(), askedMs);
      // Whoever ends this process cuts the wait short: the seconds that are left are for attempts.
      await wait(pauseMs, undefined, { signal: hurry }).catch(() => undefined);
      return 'again';
    },
  });
}

/** Says how much of `hurriedForMs` is left. By the clock of timers: the one on the wall may be set. */
function countDown(hurry: AbortSignal): () => number {
  let until = performance.now() + hurriedForMs;
  hurry.addEventListener('abort', () => {
    until = performance.now() + hurriedForMs;
  });
  return () => until - performance.now();
}

/** The end of the browser or of the extension: what, and when. */
type Over = { readonly ended: Ended; readonly at: number };

/** `undefined` if the extension came back. */
async function overOf(handed: HandOver, { stateFolder }: Tools, hurry: AbortSignal) {
  const { guard, before, profile, browser, closedAt, state } = handed;
  if (state.is === 'over') return state;
  const verdict = await keepVigil({
    browser,
    returnWithinMs: state.returnWithinMs,
    isSucceeded: () => isSucceeded(stateFolder, profile, { guard, before, browser }),
    hurry,
  });
  if (verdict.is === 'succeeded') return undefined;
  const { ended } = verdict;
  return { ended, at: ended === 'extension-gone' ? closedAt : Date.now() } satisfies Over;
}

/** Leaves a receipt. A disk that takes none costs a line in the history, not the log-off. */
export function recordTo({ stateFolder }: Tools, profile: string, over: Over) {
  const receipts = openReceipts(stateFolder, profile);
  return async (
    { session, attempts, private: fleeting }: Guarded,
    outcome: 'logged-off' | 'already-off' | 'gave-up',
  ): Promise<void> => {
    if (fleeting) return;
    const at = Date.now();
    const msAfterEnd = Math.max(0, at - over.at);
    await receipts
      .write({ session, outcome, at, msAfterEnd, attempts, ended: over.ended })
      .catch(() => undefined);
  };
}
