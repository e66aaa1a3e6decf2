import { makeMenu, openPopup, paintButton, setButtonPopup } from '../browser/action.ts';
import { setAlarm, tellIdleAfter, type UserState, userState } from '../browser/clock.ts';
import type { Question } from '../browser/commands.ts';
import {
  allTokenCookies,
  type CookieChange,
  removeDeadCookie,
  setTokenCookie,
  tokenCookie,
} from '../browser/cookies.ts';
import { givenServers } from '../browser/given-servers.ts';
import {
  askWhichBrowser,
  canConnectGuard,
  connectGuard,
  isGuardPermitted,
  ownVersion,
} from '../browser/guard-port.ts';
import { warm } from '../browser/line.ts';
import { showNotice, shownNotices, withdrawNotice } from '../browser/notices.ts';
import { dropAccess, isPermitted } from '../browser/permissions.ts';
import { readDrill } from '../browser/records.ts';
import {
  isSameRun,
  leaveHandOverNote,
  markRun,
  rememberBrowser,
  rememberTabs,
} from '../browser/run-marker.ts';
import { openOptions, openWelcome, pageInUse, reload, stir } from '../browser/runtime.ts';
import * as storage from '../browser/storage.ts';
import { allTabs } from '../browser/tabs.ts';
import { endWebSession } from '../browser/web-session.ts';
import { discover } from '../fogbugz/discover.ts';
import { usualSite } from '../fogbugz/site.ts';
import type { Session } from '../session/session.ts';
import type { Event } from '../session/transition.ts';
import { createAccess } from './access.ts';
import { createAdoption } from './adoption.ts';
import { createClosing } from './closing.ts';
import { createDeadTokens, type DeadTokens } from './dead-tokens.ts';
import { createDrill } from './drill.ts';
import { createDrillRecord } from './drill-record.ts';
import { createGuard } from './guard.ts';
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
import { createSites } from './sites.ts';
import { createSynced } from './synced.ts';
import { createUpdate } from './update.ts';
import { createWakes } from './wakes.ts';
import { createWarmth } from './warmth.ts';
import { createWatch } from './watch.ts';
import { createWelcome } from './welcome.ts';
import { createWire } from './wire.ts';

const { now } = Date;

/** How old a hand-over note may be when it is written, in ms; the next worker believes it for twice as long. */
const freshMs = 5_000;

/** A job of the queue, which has reported the failure; what comes after it goes on. */
const reported = (): void => undefined;

/** No job of the queue, and nobody waits for it: it is said what failed, and what comes after it goes on. */
const failed =
  (what: string) =>
  (error: unknown): void =>
    console.error(`${what} failed`, error);

/** The worker's parts, put together, and what each of the browser's events means to them. */
export function createBackground() {
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
  let dead: { readonly disk: DeadTokens; readonly memory: DeadTokens } | undefined;
  const deadTokens = (ofPrivateWindow: boolean) => dead?.[ofPrivateWindow ? 'memory' : 'disk'];

  const drillRecord = createDrillRecord(storage.saveDrill);
  const keeper = createKeeper({
    save: storage.saveSessions,
    remove: storage.deleteSessions,
    saveSettings: async chosen => {
      await storage.saveSettings(chosen);
      void synced.compare();
    },
    wire,
    history: createHistory(storage.loadHistory, storage.saveHistory),
    drill: drillRecord,
    rememberDead: async sessions => {
      for (const fleeting of [false, true]) {
        const dying = sessions.filter(session => session.private === fleeting);
        const tokens = dying.map(({ token }) => token);
        await deadTokens(fleeting)?.add(tokens, now());
      }
    },
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
    isDead: async ({ token, private: fleeting }) => (await deadTokens(fleeting)?.has(token)) ?? false,
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
    added: () => void adoption.reconcile().catch(reported).then(watch.recount),
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
    isPermitted,
    () => painter.changed(),
  );
  const idleness = createIdleness({
    sessions: keeper.sessions,
    settings: keeper.settings,
    userState,
    tellIdleAfter,
    save: storage.saveAbsence,
    trigger: async (ids, trigger) => {
      for (const id of ids) await keeper.tell(id, { is: 'triggered', trigger, at: now() });
    },
    now,
  });
  /** Whether the site's pages have a session of their own, of which the Guard knows nothing. */
  const hasPagesToo = (id: string): boolean => {
    const { source, site } = keeper.session(id) ?? {};
    return source?.is === 'web' && site !== undefined && sites.known(site)?.webSession === 'lives-on';
  };
  const guard = createGuard({
    isOn: () => keeper.settings().guard,
    wanted: keeper.endingAtClose,
    siteOf: base => sites.known(base) ?? usualSite(base),
    isPermitted: isGuardPermitted,
    canConnect: canConnectGuard,
    renew: () => {
      // The reload closes the page in which the user has just turned the Guard on.
      opensAgain = true;
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
    remember: run => void rememberBrowser(run).catch(failed('Remembering the browser')),
    receive: async receipts => {
      for (const { session, outcome, msAfterEnd: ms, ...receipt } of receipts) {
        // What it gave up stays owed here, and so does what it could only half do.
        if (outcome === 'gave-up' || hasPagesToo(session)) continue;
        await keeper.guardAnswered(session, { outcome, ms, ...receipt });
      }
    },
    now,
  });
  const closing = createClosing(keeper, sites.known, adoption.isSettled);
  const watch = createWatch(keeper, {
    allTabs,
    rememberTabs,
    hidden: access.missing,
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
  let opensAgain = false;
  const handOver = async (): Promise<void> => {
    // A note that a slow disk made old is believed by nobody: the reload would count as a restart.
    for (let at = -Infinity; now() - at > freshMs; ) {
      at = now();
      await leaveHandOverNote(at);
    }
    if (opensAgain) await storage.leavePageNote(await pageInUse());
  };
  const update = createUpdate(keeper.sessions, () => run === 'marked' && keeper.isSaved(), handOver, reload);
  const warmth = createWarmth({
    sites: () =>
      // What the Guard covers needs no help of ours: it sends after the end, with all the time it wants.
      watch.isOver()
        ? []
        : [
            ...new Set(
              [...keeper.sessions()]
                .filter(session => (isInUse(session) || drill.needs(session.id)) && !guard.covers(session.id))
                .map(({ site }) => site),
            ),
          ],
    userIsActive: async () => (await userState(awaySeconds)) === 'active',
    warm: base => {
      void wire.learn(base);
      return warm(base);
    },
    stir,
    now,
  });

  let run: 'unread' | 'unmarked' | 'marked' = 'unread';
  /**
   * From here on this run's sessions are this run's. Not before what the last run left stands in the store as owed: with
   * a full disk the next worker would find it open, and take it for this run's.
   */
  const markIfSaved = async (): Promise<void> => {
    if (run === 'marked' || !keeper.isSaved()) return;
    await markRun(now()).catch(() => markRun(now()));
    run = 'marked';
    update.changed();
  };
  const changed = (): void => {
    if (run === 'unmarked') void step(markIfSaved);
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

  /**
   * Layer 4 first: what the last run left is owed, saved as owed, and sent, before anything else is looked at. All is
   * put into the queue in this turn, so that the event that woke the worker finds sessions and tabs known.
   */
  const start = async (): Promise<void> => {
    void step(async () => {
      const loaded = await storage.load().catch(() => storage.load());
      sites.restore(loaded.sites);
      idleness.restore(storage.readAbsence(loaded));
      drillRecord.restore(readDrill(loaded.disk));
      dead = storage.deadLists(loaded, createDeadTokens);
      keeper.restore(loaded.sessions, loaded.chosen, loaded.policy.settings);
      policy.restore(loaded.policy);
      const mayAsk = keeper.settings().guard && loaded.sessions.length > 0;
      const whichBrowser = async () => (mayAsk ? askWhichBrowser() : undefined);
      const sameRun = await isSameRun(loaded.memory, loaded.disk, now(), whichBrowser);
      const event: Event = { is: sameRun ? 'worker-started' : 'run-over', at: now() };
      const ids = loaded.sessions.map(({ id }) => id);
      await keeper.applyAll(ids, event);
      if (!sameRun) await drill.back();
      await keeper.applyAll(ids, { is: 'due', at: now() });
      changed();
      void step(() => storage.showSessions(keeper.sessions(), loaded.memory));
      void step(() => storage.setAside(loaded.unreadable, now()));
      void step(() => setButtonPopup(keeper.settings().toolbarClick));
      void step(async () => {
        const page = await storage.takePageNote(loaded);
        if (page) await { options: openOptions, welcome: openWelcome }[page]();
      });
      void notices.restore().catch(failed('Restoring the notices'));
      run = 'unmarked';
      await markIfSaved();
    });
    void step(access.look);
    void watch.start();
    void adoption.reconcile().catch(reported);
    await watch.recount();
    void step(drill.look);
    await step(storage.closeToContentScripts);
    void policy.look().catch(failed('Reading the policy'));
    await synced.compare();
  };

  /** Other settings count now: another button, other sites. */
  const settled = async (): Promise<void> => {
    await setButtonPopup(keeper.settings().toolbarClick);
    await step(access.look);
    void adoption.reconcile().catch(reported).then(watch.recount);
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

  /** After what is stored has been read: a question may wake the worker. */
  const answer = async (question: Question): Promise<unknown> => {
    await step(async () => undefined);
    switch (question.ask) {
      case 'add-site':
        return ownSites.add(question.address);
      case 'log-on':
        return newcomers.logOn(question);
      case 'take-token':
        return newcomers.takeToken(question);
      case 'log-on-for-drill':
        return drill.logOn(question);
      case 'drill-with':
        return drill.take(question.id);
      default:
        return question satisfies never;
    }
  };

  return {
    start,
    obey,
    answer,
    due: (): void => void due(),
    tabs: watch,
    cookieChanged: (change: CookieChange): void =>
      void adoption.changed(change).catch(reported).then(watch.recount),
    clicked: outside.clicked,
    pressed: outside.pressed,
    chosen: outside.chosen,
    noticePressed: notices.pressed,
    userActivity: (state: UserState): void => {
      warmth.changed();
      void step(async () => undefined)
        .then(() => idleness.became(state))
        .then(changed);
    },
    /** The user let it reach a site again: its pages and cookies are there to be seen. */
    granted: (): void => {
      guard.granted();
      void step(access.look);
      void watch.refill();
      void adoption.reconcile().catch(reported).then(watch.recount);
      void keeper.tellAll({ is: 'try-now', at: now() });
    },
    withheld: (): void => {
      guard.tryAgain();
      void step(access.look);
    },
    settingsFromElsewhere: (area: 'sync' | 'managed'): void => {
      // After what is stored has been read: this may wake the worker, which then finds it there.
      void step(async () => undefined)
        .then(area === 'sync' ? synced.compare : policy.look)
        .catch(failed('Reading the settings'));
    },
    installed(reason: string): void {
      void makeMenu();
      void welcome(reason).catch(failed('The welcome'));
    },
    updateAvailable: update.available,
    online: (): void => {
      guard.tryAgain();
      void keeper.tellAll({ is: 'try-now', at: now() });
    },
  };
}

/** What is owed has no page any more; its next attempt warms the line itself, and comes when the server allows. */
function isInUse({ state, source, kind }: Session): boolean {
  const used = state.is === 'counting-down' || (state.is === 'open' && state.inUse);
  return used && kind === 'session' && source.is === 'web';
}
