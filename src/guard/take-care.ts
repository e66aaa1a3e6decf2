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

export type Tools = {
  readonly stateFolder: string;
  readonly fetch: SendOptions['fetch'];
};

/** Ends what was handed over: waits where there is still hope, then logs off until everything is answered. */
export async function takeCare(handed: HandOver, tools: Tools, hurry: AbortSignal): Promise<void> {
  setMaxListeners(0, hurry); // hundreds of sessions may wait at once
  const over = await overOf(handed, tools, hurry);
  if (!over) return;
  const recorder = recordTo(tools, handed.profile, over);
  await logOffAll(handed.sessions, {
    logOff: createWhereabouts(tools),
    answered: (guarded, outcome) => recorder(guarded, outcome),
    async pause(guarded, failure) {
      if (hurry.aborted) return 'stop';
      if (Date.now() - over.at >= giveUpAfterMs) {
        await recorder(guarded, 'gave-up');
        return 'stop';
      }
      const askedMs = failure.is === 'unavailable' ? failure.retryAfterMs : undefined;
      const pauseMs = backoff(guarded.attempts, Math.random(), askedMs);
      // Whoever ends this process cuts the wait short: one attempt more in the seconds that are left.
      await wait(pauseMs, undefined, { signal: hurry }).catch(() => undefined);
      return 'again';
    },
  });
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
