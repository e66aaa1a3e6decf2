import { type MenuItem, paintButton, setButtonPopup } from '../browser/action.ts';
import { setAlarm, tellIdleAfter, type UserState, userState } from '../browser/clock.ts';
import type { Question } from '../browser/commands.ts';
import {
  allTokenCookies,
  type CookieChange,
  removeDeadCookie,
  setTokenCookie,
  tokenCookie,
} from '../browser/cookies.ts';
import { warm } from '../browser/line.ts';
import { dropAccess, isPermitted } from '../browser/permissions.ts';
import { isSameRun, leaveHandOverNote, markRun, rememberTabs } from '../browser/run-marker.ts';
import { openOptions, reload, stir } from '../browser/runtime.ts';
import * as storage from '../browser/storage.ts';
import { allTabs } from '../browser/tabs.ts';
import { endWebSession } from '../browser/web-session.ts';
import { discover } from '../fogbugz/discover.ts';
import type { Session } from '../session/session.ts';
import type { Event } from '../session/transition.ts';
import { createAccess } from './access.ts';
import { createAdoption } from './adoption.ts';
import { createClosing } from './closing.ts';
import { createDeadTokens, type DeadTokens } from './dead-tokens.ts';
import { createHistory } from './history.ts';
import { awaySeconds, createIdleness } from './idleness.ts';
import { createKeeper } from './keeper.ts';
import { createNewcomers } from './newcomers.ts';
import { createObey } from './obey.ts';
import { createOwnSites } from './own-sites.ts';
import { createPainter } from './painter.ts';
import { createPolicy } from './policy.ts';
import { createSites } from './sites.ts';
import { createSynced } from './synced.ts';
import { createUpdate } from './update.ts';
import { createWakes } from './wakes.ts';
import { createWarmth } from './warmth.ts';
import { createWatch } from './watch.ts';
import { createWire } from './wire.ts';

const { now } = Date;

/** The queue has reported the failure; what comes after it goes on. */
const reported = (): void => undefined;

/** The worker's parts, put together, and what each of the browser's events means to them. */
export function createBackground() {
  const sites = createSites({
    discover,
    save: storage.saveSites,
    mayWrite: base =>
      keeper.settings().ownSites.includes(base) ||
      [...keeper.sessions()].some(({ site, private: fleeting }) => site === base && !fleeting),
    isPermitted,
  });
  const wire = createWire(sites, endWebSession);
  let dead: { readonly disk: DeadTokens; readonly memory: DeadTokens } | undefined;
  const deadTokens = (ofPrivateWindow: boolean) => dead?.[ofPrivateWindow ? 'memory' : 'disk'];

  const keeper = createKeeper({
    save: storage.saveSession,
    remove: storage.deleteSession,
    saveSettings: async chosen => {
      await storage.saveSettings(chosen);
      void synced.compare();
    },
    wire,
    history: createHistory(storage.loadHistory, storage.saveHistory),
    rememberDead: async ({ token, private: fleeting }) => deadTokens(fleeting)?.add(token, now()),
    removeCookie: async ({ source, token }) => {
      if (source.is === 'web') await removeDeadCookie(source.cookie, token);
    },
    cookieIsGone: session => adoption.isGone(session),
    now,
    chance: Math.random,
    changed: () => changed(),
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
    ownSites: () => keeper.settings().ownSites,
    tabsWith: cookie => watch.tabsWith(cookie),
    now,
  });
  const ownSites = createOwnSites(keeper, sites, {
    discover,
    isPermitted,
    dropAccess,
    added: () => void adoption.reconcile().catch(reported).then(watch.recount),
    now,
  });
  const newcomers = createNewcomers(keeper, sites, { setCookie: setTokenCookie, now });
  const access = createAccess(
    () => [...keeper.settings().ownSites, ...[...keeper.sessions()].map(({ site }) => site)],
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
  const closing = createClosing(keeper, sites.known, adoption.isSettled);
  const watch = createWatch(keeper, {
    allTabs,
    rememberTabs,
    hidden: access.missing,
    close: closing.close,
    reopened: closing.reopened,
    moved: url => {
      void adoption.place().catch(reported);
      if (url !== undefined) void adoption.look(url).catch(reported);
    },
    step,
    now,
  });
  const painter = createPainter(keeper.sessions, access.missing, now, paintButton);
  const wakes = createWakes(keeper.sessions, keeper.settings, idleness.lookAt, now, setAlarm, () => due());
  const update = createUpdate(keeper.sessions, () => leaveHandOverNote(now()), reload);
  const warmth = createWarmth({
    sites: () =>
      watch.isOver() ? [] : [...new Set([...keeper.sessions()].filter(isInUse).map(({ site }) => site))],
    userIsActive: async () => (await userState(awaySeconds)) === 'active',
    warm: base => {
      warm(base);
      void wire.learn(base);
    },
    stir,
  });

  const changed = (): void => {
    painter.changed();
    wakes.changed();
    update.changed();
    warmth.changed();
    idleness.changed();
    void ownSites.tidy();
  };
  const due = async (): Promise<void> => {
    await Promise.all([keeper.tellAll({ is: 'due', at: now() }), idleness.look().catch(reported)]);
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
      dead = storage.deadLists(loaded, createDeadTokens);
      keeper.restore(loaded.sessions, loaded.chosen, loaded.policy.settings);
      policy.restore(loaded.policy);
      const sameRun = await isSameRun(loaded.memory, loaded.disk, now());
      const event: Event = { is: sameRun ? 'worker-started' : 'run-over', at: now() };
      for (const { id } of loaded.sessions) await keeper.apply(id, event);
      for (const { id } of loaded.sessions) await keeper.apply(id, { is: 'due', at: now() });
      changed();
      void step(() => storage.showSessions(keeper.sessions(), loaded.memory));
      void step(() => storage.setAside(loaded.unreadable, now()));
      void step(() => setButtonPopup(keeper.settings().toolbarClick));
      await markRun(now()).catch(() => markRun(now()));
    });
    void step(access.look);
    void watch.start();
    void adoption.reconcile().catch(reported);
    await watch.recount();
    await step(storage.closeToContentScripts);
    void policy.look().catch(reported);
    await synced.compare();
  };

  const tellInFront = (tabId: number | undefined, event: Event): void =>
    void keeper.enqueue(async () => {
      for (const { id } of watch.inFront(tabId)) await keeper.apply(id, event);
    });

  /** Other settings count now: another button, other sites. */
  const settled = async (): Promise<void> => {
    await setButtonPopup(keeper.settings().toolbarClick);
    await step(access.look);
    void adoption.reconcile().catch(reported).then(watch.recount);
  };
  const synced = createSynced(keeper, { load: storage.loadSynced, save: storage.saveSynced, settled });
  const policy = createPolicy(keeper, { load: storage.loadPolicy, save: storage.savePolicy, settled });
  const obey = createObey(keeper, ownSites.remove, settled, now);

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
    clicked: (tabId: number | undefined): void =>
      tellInFront(tabId, { is: 'triggered', trigger: 'click', at: now() }),
    pressed: (tabId: number | undefined): void =>
      tellInFront(tabId, { is: 'triggered', trigger: 'shortcut', at: now() }),
    chosen(item: MenuItem, tabId: number | undefined): void {
      switch (item) {
        case 'menuLogOff':
          return tellInFront(tabId, { is: 'triggered', trigger: 'click', at: now() });
        case 'menuLogOffEverywhere':
          return void obey({ do: 'log-off-everywhere' });
        case 'menuStayOnce':
          return tellInFront(tabId, { is: 'stay-once', on: true });
        case 'menuOptions':
          return void openOptions();
        default:
          item satisfies never;
      }
    },
    userActivity: (state: UserState): void => {
      warmth.changed();
      void step(async () => undefined)
        .then(() => idleness.became(state))
        .then(changed);
    },
    /** The user let it reach a site again: its pages and cookies are there to be seen. */
    granted: (): void => {
      void step(access.look);
      void watch.refill();
      void adoption.reconcile().catch(reported).then(watch.recount);
      void keeper.tellAll({ is: 'try-now', at: now() });
    },
    settingsFromElsewhere: (area: 'sync' | 'managed'): void => {
      // After what is stored has been read: this may wake the worker, which then finds it there.
      void step(async () => undefined)
        .then(area === 'sync' ? synced.compare : policy.look)
        .catch(reported);
    },
    withheld: (): void => void step(access.look),
    updateAvailable: update.available,
    online: (): void => void keeper.tellAll({ is: 'try-now', at: now() }),
  };
}

/** What is owed has no page any more; its next attempt warms the line itself, and comes when the server allows. */
function isInUse({ state, source, kind }: Session): boolean {
  const used = state.is === 'counting-down' || (state.is === 'open' && state.inUse);
  return used && kind === 'session' && source.is === 'web';
}
