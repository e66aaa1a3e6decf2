import { setButtonPopup } from '../browser/action.ts';
import { askWhichBrowser } from '../browser/guard-port.ts';
import { readDrill } from '../browser/records.ts';
import { isSameRun } from '../browser/run-marker.ts';
import { openOptions, openWelcome } from '../browser/runtime.ts';
import * as storage from '../browser/storage.ts';
import type { Event } from '../session/event.ts';
import { withoutTwins } from '../session/twins.ts';
import { createDeadTokens } from './dead-tokens.ts';
import { failed, type Parts } from './parts.ts';
import { reported } from './queue.ts';

const { now } = Date;

/**
 * What a worker does first. Layer 4 before all else: what the last run left is owed, saved as owed, and sent, before
 * anything else is looked at. All is put into the queue in this turn, so that the event that woke the worker finds
 * sessions and tabs known.
 */
export async function start(parts: Parts): Promise<void> {
  const { adoption, drill, policy, step, synced, watch } = parts;
  void step(() => takeUp(parts));
  void watch.start();
  void adoption.reconcile().catch(reported);
  await watch.recount();
  void step(drill.look);
  await step(storage.closeToContentScripts);
  void policy.look().catch(failed('Reading the policy'));
  await synced.compare();
}

/** Within a job of the queue. Takes up what earlier workers have left, and ends what the last run has. */
async function takeUp(parts: Parts): Promise<void> {
  const { drill, keeper, notices, run, step } = parts;
  const loaded = await storage.load().catch(() => storage.load());
  const { sessions, twins } = withoutTwins(loaded.sessions);
  restore(parts, { ...loaded, sessions });
  const mayAsk = keeper.settings().guard && sessions.length > 0;
  const whichBrowser = async () => (mayAsk ? askWhichBrowser() : undefined);
  const sameRun = await isSameRun(loaded.memory, loaded.disk, now(), whichBrowser, run.isStarting);
  const event: Event = { is: sameRun ? 'worker-started' : 'run-over', at: now() };
  const ids = sessions.map(({ id }) => id);
  await keeper.applyAll(ids, event);
  if (!sameRun) await drill.back();
  await keeper.applyAll(ids, { is: 'due', at: now() });
  parts.changed();
  if (twins.length > 0) void step(() => storage.deleteSessions(twins));
  void step(() => storage.showSessions(keeper.sessions(), loaded.memory));
  void step(() => setAside(parts, loaded));
  void step(() => setButtonPopup(keeper.settings().toolbarClick));
  void step(async () => {
    const page = await storage.takePageNote(loaded);
    if (page) await { options: openOptions, welcome: openWelcome }[page]();
  });
  void notices.restore().catch(failed('Restoring the notices'));
  await run.begin();
}

/** What could be read is written in the place of the whole, as it is by now. */
async function setAside({ keeper, drillRecord }: Parts, loaded: storage.Loaded): Promise<void> {
  const aside = await storage.setAside(loaded, now());
  if (aside.includes('settings')) await storage.saveSettings(keeper.chosen());
  if (aside.includes('history')) await storage.saveHistory(await storage.loadHistory());
  if (aside.includes('drill')) await storage.saveDrill(drillRecord.now());
}

function restore(parts: Parts, loaded: storage.Loaded): void {
  parts.sites.restore(loaded.sites);
  parts.idleness.restore(storage.readAbsence(loaded));
  parts.drillRecord.restore(readDrill(loaded.disk));
  parts.dead.restore(storage.deadLists(loaded, createDeadTokens));
  parts.keeper.restore(loaded.sessions, loaded.chosen, loaded.policy.settings);
  parts.policy.restore(loaded.policy);
}
