import { setTimeout as wait } from 'node:timers/promises';
import { type BrowserProcess, isAlive } from './browser-process.ts';
import type { Ended } from './hand-over.ts';

export type Verdict = { readonly is: 'over'; readonly ended: Ended } | { readonly is: 'succeeded' };

const lookMs = 25;
/** The file that names a successor is read at every so manieth look at the browser. */
const looksPerRead = 10;

/**
 * Waits, after the pipe has closed on a browser that lives, for what comes first: the extension back at a newer
 * Guard, the browser's end, the end of the wait, or somebody's wish that this process end.
 */
export async function keepVigil({
  browser,
  returnWithinMs,
  isSucceeded,
  hurry,
}: {
  readonly browser: BrowserProcess | undefined;
  readonly returnWithinMs: number;
  readonly isSucceeded: () => Promise<boolean>;
  readonly hurry: AbortSignal;
}): Promise<Verdict> {
  const until = performance.now() + returnWithinMs;
  for (let look = 0; ; look += 1) {
    const ended = endOf(browser, until, hurry);
    if ((ended || look % looksPerRead === 0) && (await isSucceeded())) return { is: 'succeeded' };
    if (ended) return { is: 'over', ended };
    await wait(lookMs, undefined, { signal: hurry }).catch(() => undefined);
  }
}

function endOf(browser: BrowserProcess | undefined, until: number, hurry: AbortSignal): Ended | undefined {
  if (browser && !isAlive(browser)) return 'browser-closed';
  if (hurry.aborted) return 'shutting-down';
  return performance.now() >= until ? 'extension-gone' : undefined;
}

/** How soon a killed browser is seen dead after its pipe closed; one that closes gracefully takes longer. */
export const killedWithinMs = 30;

/**
 * Looks closely at the browser for a moment after the pipe has closed, and says how it ended; `undefined` if it
 * lives. The kernel closes a dying process's pipes a little before it counts as dead.
 */
export async function watchDying(
  browser: BrowserProcess | undefined,
  patienceMs: number,
): Promise<'browser-died' | 'browser-closed' | undefined> {
  if (!browser) return undefined;
  const began = performance.now();
  for (;;) {
    const passed = performance.now() - began;
    if (!isAlive(browser)) return passed <= killedWithinMs ? 'browser-died' : 'browser-closed';
    if (passed >= patienceMs) return undefined;
    await wait(5);
  }
}
