import { setTimeout as wait } from 'node:timers/promises';
import type { GuardHome } from '../e2e/guard-home.ts';
import { covered, isAnother } from '../e2e/guarding.ts';
import type { Stage } from '../e2e/stage.ts';
import { until } from '../e2e/until.ts';
import type { Updatable } from '../e2e/updatable.ts';
import { type Exit, isTurn, type Turn } from './cells.ts';

/** Instead of the 90 s that the Guard waits for an extension whose browser lives, ms. */
export const returnWithinMs = 5_000;
/** Whether the extension stays away, so that the Guard has to wait its whole time. */
export function isForGood(turn: Exit | Turn): boolean {
  return turn === 'extension disabled' || turn === 'extension removed';
}

/** Whether a browser is gone afterwards, so that it can be started again. */
export function endsTheBrowser(ending: Exit | Turn): boolean {
  return (
    !isTurn(ending) ||
    ending === 'no network at the close, back later' ||
    ending === 'server down at the close, up later'
  );
}

/** How long is waited for a log-off that nobody may ever ask for, ms: longer than the Guard waits. */
const patienceMs = returnWithinMs + 3_000;

/** Lets it happen, and waits for what comes of it: the token's death, or all that could bring it being over. */
export async function happen(
  stage: Stage,
  turn: Turn,
  token: string,
  { home, installed }: { readonly home: GuardHome | undefined; readonly installed: Updatable | undefined },
): Promise<void> {
  const { browser, sandbox } = stage;
  const isDead = () => stage.life(token).diedAt !== undefined;
  const death = () => until('the log-off', isDead, { ms: 40_000 });
  /** Where nobody has to log off: long enough for somebody who would. */
  const quiet = async () => {
    const limit = Date.now() + patienceMs;
    while (!isDead() && Date.now() < limit) await wait(100);
  };
  const guardedAgain = async (before: readonly number[]) => {
    await until(
      'another Guard alone, or the log-off',
      () => isDead() || isAnother(before, home?.hosts() ?? []),
      { ms: 80_000 },
    );
    if (!isDead()) await covered(stage);
  };
  const before = home?.hosts() ?? [];

  switch (turn) {
    case 'worker crash':
      await browser.killWorker();
      return home ? guardedAgain(before) : quiet();
    case 'reload of the extension':
      await browser.reloadExtension();
      if (home) await guardedAgain(before);
      return quiet();
    case 'update of the extension':
      await installed?.update('9.0');
      if (home) await guardedAgain(before);
      return quiet();
    case 'extension disabled':
      await browser.disableExtension();
      return home ? void (await death()) : quiet();
    case 'extension removed':
      await browser.removeExtension();
      return home ? void (await death()) : quiet();
    case 'no network at the close, back later':
      sandbox.fault({ is: 'hang' });
      await browser.closeWindow();
      await browser.ended();
      await wait(2_000);
      sandbox.clearFaults();
      return home ? void (await death()) : quiet();
    case 'server down at the close, up later':
      await sandbox.pause();
      await browser.closeWindow();
      await browser.ended();
      await wait(2_000);
      await sandbox.resume();
      return home ? void (await death()) : quiet();
    case 'browser started again while the Guard retries':
      await sandbox.pause();
      browser.signal('SIGKILL');
      await browser.ended();
      await until('a watcher', () => (home?.watchers().length ?? 0) > 0);
      await stage.restart();
      await sandbox.resume();
      return void (await death());
    default:
      return turn satisfies never;
  }
}
