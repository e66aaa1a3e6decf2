import { openPopup, paintButton, setButtonPopup } from '../browser/action.ts';
import { setAlarm, tellIdleAfter, userState } from '../browser/clock.ts';
import { allTokenCookies, removeDeadCookie, setTokenCookie, tokenCookie } from '../browser/cookies.ts';
import { givenServers } from '../browser/given-servers.ts';
import { canConnectGuard, connectGuard, isGuardPermitted, ownVersion } from '../browser/guard-port.ts';
import { warm } from '../browser/line.ts';
import { showNotice, shownNotices, withdrawNotice } from '../browser/notices.ts';
import { dropAccess, isPermitted, withoutPermission } from '../browser/permissions.ts';
import { leaveHandOverNote, markRun, rememberBrowser, rememberTabs } from '../browser/run-marker.ts';
import { openOptions, openWelcome, pageInUse, reload, stir } from '../browser/runtime.ts';
import * as storage from '../browser/storage.ts';
import { allTabs } from '../browser/tabs.ts';
import { endWebSession } from '../browser/web-session.ts';
import { discover } from '../fogbugz/discover.ts';
import { usualSite } from '../fogbugz/site.ts';
import { createAccess } from './access.ts';
import { createAdoption } from './adoption.ts';
import { createAnswer } from './answer.ts';
import { createClosing } from './closing.ts';
import { createDeadLists } from './dead-tokens.ts';
import { createDrill } from './drill.ts';
import { createDrillRecord } from './drill-record.ts';
import { createGuard } from './guard.ts';
import { createHandOver } from './hand-over.ts';
import { createHistory } from './history.ts';
import { awaySeconds, createIdleness } from './idleness.ts';
import { createKeeper } from './keeper.ts';
import { createNewcomers } from './newcomers.ts';
import { createNotices } from './notices.ts';
import { createObey } from './obey.ts';
import { createOutside } from './outside.ts';
import { createOwnSites } from './own-sites.ts';
import { createPainter } from './painter.ts';
import { createPolicy } from './policy.ts';
import { reported } from './queue.ts';
import { createReceipts } from './receipts.ts';
import { createRun } from './run.ts';
import { createSites } from './sites.ts';
import { sitesInUse } from './sites-in-use.ts';
import { createSynced } from './synced.ts';
import { createUpdate } from './update.ts';
import { createWakes } from './wakes.ts';
import { createWarmth } from './warmth.ts';
import { createWatch } from './watch.ts';
import { createWelcome } from './welcome.ts';
import { createWire } from './wire.ts';

const { now } = Date;

/** No job of the queue, and nobody waits for it: it is said what failed, and what comes after it goes on. */
export const failed =
  (what: string) =>
  (error: unknown): void =>
    console.error(`${what} failed`, error);

/** The worker's parts, put together. What they do first is in start.ts, what makes them move in background.ts. */
export function createParts() {
  /** The servers that the user added, and those that came with the build. */
  const ownBases = (): readonly string[] => [...givenServers, ...keeper.settings().ownSites];
  const sites = createSites({
    discover,
    save: storage.saveSites,
    mayWrite: base =>
      ownBases().includes(base) ||
      [...keeper.sessions()].some(({ site, private: fleeting }) => site === base && !fleeting),
    isPermitted,
  });
  const wire = createWire(sites, endWebSession);
  const dead = createDeadLists();
  const drillRecord = createDrillRecord(storage.saveDrill);
  const keeper = createKeeper({
    save: storage.saveSessions,
    remove: storage.deleteSessions,
    saveSettings: async chosen => {
      await storage.saveSettings(chosen);
      void synced.compare();
    },
    wire,
    history: createHistory(storage.loadHistory, storage.saveHistory, storage.clearHistory),
    ends: drillRecord,
    rememberDead: sessions => dead.add(sessions, now()),
    removeCookie: async ({ source, token }) => {
      if (source.is === 'web') await removeDeadCookie(source.cookie, token);
    },
    cookieIsGone: session => adoption.isGone(session),
    now,
    chance: Math.random,
    changed: () => changed(),
    stepped: (before, step) => notices.stepped(before, step),
  });
  /** A job of its own in the queue, which reports a failure: it stops none of those that come after. */
  const step = (job: () => Promise<unknown>): Promise<void> =>
    keeper.enqueue(async () => void (await job())).catch(reported);

  const adoption = createAdoption(keeper, {
    allCookies: allTokenCookies,
    cookie: tokenCookie,
    removeDeadCookie: ({ identity, token }) => removeDeadCookie(identity, token),
    isDead: dead.has,
    isPermitted,
    ownSites: ownBases,
    tabsWith: cookie => watch.tabsWith(cookie),
    now,
  });
  const ownSites = createOwnSites(keeper, sites, {
    discover,
    isPermitted,
    dropAccess,
    given: givenServers,
    added: () => reconcile(),
    now,
  });
  const newcomers = createNewcomers(keeper, sites, { setCookie: setTokenCookie, now });
  const drill = createDrill(keeper, newcomers, drillRecord, {
    openOptions,
    hasWindow: () => watch.hasWindow(),
    now,
  });
  const access = createAccess(
    () => [...ownBases(), ...[...keeper.sessions()].map(({ site }) => site)],
    base => keeper.countAt(base) > 0 || ownBases().includes(base),
    withoutPermission,
    () => painter.changed(),
  );
  const idleness = createIdleness({
    sessions: keeper.sessions,
    settings: keeper.settings,
    userState,
    tellIdleAfter,
    save: storage.saveAbsence,
    trigger: (ids, trigger) =>
      keeper.enqueue(() => keeper.applyAll(ids, { is: 'triggered', trigger, at: now() })),
    now,
  });
  const guard = createGuard({
    isOn: () => keeper.settings().guard,
    wanted: keeper.endingAtClose,
    siteOf: base => sites.known(base) ?? usualSite(base),
    isPermitted: isGuardPermitted,
    canConnect: canConnectGuard,
    renew: () => {
      // The user has just turned the Guard on in it.
      handOver.keepPage();
      update.available();
    },
    connect: connectGuard,
    profile: storage.profileId,
    version: ownVersion(),
    show: guarding => {
      void storage.showGuarding(guarding).catch(failed('Showing the Guard'));
      warmth.changed();
      wakes.changed();
    },
    remember: name => {
      // Beside what the last run left, it would pass that off as this one's.
      if (run.isMarked()) void rememberBrowser(name).catch(failed('Remembering the browser'));
    },
    receive: createReceipts(keeper, sites.known),
    now,
  });
  const closing = createClosing(keeper, sites.known, adoption.isSettled);
  const watch = createWatch(keeper, {
    allTabs,
    rememberTabs,
    isMarked: () => run.isMarked(),
    hidden: access.missing,
    lookForHidden: access.look,
    close: () => {
      closing.close();
      notices.closing();
      drill.closed();
    },
    reopened: () => {
      closing.reopened();
      if (drill.listens()) void step(drill.look);
    },
    moved: url => {
      void adoption.place().catch(reported);
      if (url !== undefined) void adoption.look(url).catch(reported);
    },
    step,
    now,
  });
  const outside = createOutside(keeper, watch.inFront, now);
  const notices = createNotices({
    settings: keeper.settings,
    session: keeper.session,
    isOver: watch.isOver,
    show: showNotice,
    withdraw: withdrawNotice,
    shown: shownNotices,
    accept: outside.accepted,
    openPopup,
    now,
  });
  const painter = createPainter(keeper.sessions, access.missing, now, paintButton);
  const lookAt = (): number | undefined => {
    const times = [idleness.lookAt(), guard.lookAt()].filter(at => at !== undefined);
    return times.length > 0 ? Math.min(...times) : undefined;
  };
  const wakes = createWakes(keeper.sessions, keeper.settings, lookAt, now, setAlarm, () => due());
  const run = createRun({
    isSaved: keeper.isSaved,
    mark: () => markRun(now()),
    marked: () => update.changed(),
  });
  const handOver = createHandOver({
    leaveNote: leaveHandOverNote,
    leavePage: async () => storage.leavePageNote(await pageInUse()),
    now,
  });
  const update = createUpdate(
    keeper.sessions,
    () => run.isMarked() && keeper.isSaved(),
    handOver.leave,
    reload,
  );
  const warmth = createWarmth({
    sites: () => (watch.isOver() ? [] : sitesInUse(keeper.sessions(), drill.needs, guard.covers)),
    userIsActive: async () => (await userState(awaySeconds)) === 'active',
    warm: base => {
      void wire.learn(base);
      return warm(base);
    },
    stir,
    now,
  });

  /** Takes the browser's cookies anew, and then looks whose pages are open. */
  const reconcile = (): void => void adoption.reconcile().catch(reported).then(watch.recount);
  const changed = (): void => {
    if (run.isUnmarked()) void step(run.markIfSaved);
    painter.changed();
    wakes.changed();
    update.changed();
    warmth.changed();
    idleness.changed();
    guard.changed();
    void ownSites.tidy();
  };
  const due = async (): Promise<void> => {
    await Promise.all([
      keeper.tellAll({ is: 'due', at: now() }),
      idleness.look().catch(failed('Looking for absence')),
    ]);
  };

  /** Other settings count now: another button, other sites. */
  const settled = async (): Promise<void> => {
    await setButtonPopup(keeper.settings().toolbarClick);
    await step(access.look);
    reconcile();
  };
  const synced = createSynced(keeper, { load: storage.loadSynced, save: storage.saveSynced, settled });
  const policy = createPolicy(keeper, { load: storage.loadPolicy, save: storage.savePolicy, settled });
  const obey = createObey(
    keeper,
    ownSites.remove,
    { settled, tryGuard: guard.tryAgain, endDrill: drill.end },
    now,
  );
  const welcome = createWelcome({
    wasShown: storage.wasWelcomed,
    remember: storage.rememberWelcome,
    open: openWelcome,
  });
  const answer = createAnswer(ownSites.add, newcomers, drill);

  return {
    access,
    adoption,
    answer,
    changed,
    dead,
    drill,
    drillRecord,
    due,
    guard,
    idleness,
    keeper,
    notices,
    obey,
    outside,
    policy,
    reconcile,
    run,
    sites,
    step,
    synced,
    update,
    warmth,
    watch,
    welcome,
  };
}

export type Parts = ReturnType<typeof createParts>;
