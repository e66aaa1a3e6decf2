import { type MenuItem, paintButton, setButtonPopup } from '../browser/action.ts';
import { setAlarm, userIsActive } from '../browser/clock.ts';
import type { Command } from '../browser/commands.ts';
import { allTokenCookies, type CookieChange, removeDeadCookie, tokenCookie } from '../browser/cookies.ts';
import { warm } from '../browser/line.ts';
import { isPermitted } from '../browser/permissions.ts';
import { isSameRun, leaveHandOverNote, markRun, rememberTabs } from '../browser/run-marker.ts';
import { openOptions, reload, stir } from '../browser/runtime.ts';
import * as storage from '../browser/storage.ts';
import { allTabs, type TabFact } from '../browser/tabs.ts';
import type { Site } from '../fogbugz/site.ts';
import type { Session } from '../session/session.ts';
import type { Event } from '../session/transition.ts';
import { createAdoption } from './adoption.ts';
import { createClosing } from './closing.ts';
import { createDeadTokens, type DeadTokens } from './dead-tokens.ts';
import { createHistory } from './history.ts';
import { createKeeper } from './keeper.ts';
import { createPainter } from './painter.ts';
import { createPresence } from './presence.ts';
import { createUpdate } from './update.ts';
import { createWakes } from './wakes.ts';
import { createWarmth } from './warmth.ts';
import { createWire } from './wire.ts';

const { now } = Date;

/** The queue has reported the failure; what comes after it goes on. */
const reported = (): void => undefined;

/** The worker's parts, put together, and what each of the browser's events means to them. */
export function createBackground() {
  const sites = new Map<string, Site>();
  const wire = createWire(sites, base =>
    [...keeper.sessions()].some(({ site, private: fleeting }) => site === base && !fleeting),
  );
  const presence = createPresence();
  let dead: { readonly disk: DeadTokens; readonly memory: DeadTokens } | undefined;
  const deadTokens = (ofPrivateWindow: boolean) => dead?.[ofPrivateWindow ? 'memory' : 'disk'];

  const keeper = createKeeper({
    save: storage.saveSession,
    remove: storage.deleteSession,
    saveSettings: storage.saveSettings,
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
  const adoption = createAdoption(keeper, {
    allCookies: allTokenCookies,
    cookie: tokenCookie,
    removeDeadCookie: ({ identity, token }) => removeDeadCookie(identity, token),
    isDead: async ({ token, private: fleeting }) => (await deadTokens(fleeting)?.has(token)) ?? false,
    isPermitted,
    tabsWith: presence.tabsWith,
    now,
  });
  const closing = createClosing(keeper, wire.known);
  const painter = createPainter(keeper.sessions, now, paintButton);
  const wakes = createWakes(keeper.sessions, now, setAlarm, () => due());
  const update = createUpdate(keeper.sessions, () => leaveHandOverNote(now()), reload);
  const warmth = createWarmth({
    sites: () =>
      presence.isOver() ? [] : [...new Set([...keeper.sessions()].filter(isInUse).map(({ site }) => site))],
    userIsActive,
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
  };
  const due = (): Promise<void> => keeper.tellAll({ is: 'due', at: now() });

  /** A job of its own in the queue, which reports a failure: it stops none of those that come after. */
  const step = (job: () => Promise<unknown>): Promise<void> =>
    keeper.enqueue(async () => void (await job())).catch(reported);

  /**
   * Layer 4 first: what the last run left is owed, saved as owed, and sent, before anything else is looked at. All is
   * put into the queue in this turn, so that the event that woke the worker finds sessions and tabs known.
   */
  const start = async (): Promise<void> => {
    void step(async () => {
      const loaded = await storage.load().catch(() => storage.load());
      for (const [base, site] of loaded.sites) sites.set(base, site);
      dead = storage.deadLists(loaded, createDeadTokens);
      keeper.restore(loaded.sessions, loaded.settings);
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
    void fill();
    void recount();
    void adoption.reconcile().catch(reported);
    await recount();
    await step(storage.closeToContentScripts);
  };

  /** Chromium refuses to list its tabs while one is being dragged; without the list nothing is known, so ask again. */
  const fill = (): Promise<void> =>
    step(async () => {
      if (!presence.known()) presence.fill(await allTabs());
    }).then(() => {
      if (!presence.known()) setTimeout(() => void fill().then(recount).then(closeIfOver), 250);
    });

  /** Tells each web session whether a tab still shows it. Asked when its turn comes, so a tab that moved is not lost. */
  const recount = async (): Promise<void> => {
    await step(async () => {
      // With nothing left at all it is the browser that closed, which is another trigger.
      if (!presence.known() || presence.isOver()) return;
      for (const { id, source } of [...keeper.sessions()]) {
        if (source.is !== 'web') continue;
        const any = presence.tabsWith(source.cookie).length > 0;
        await keeper.apply(id, { is: 'tabs-seen', any, at: now() });
      }
      await rememberTabs(presence.ids().slice(-50));
    });
  };

  const closeIfOver = (): void => {
    if (presence.isOver()) closing.close();
  };

  /** A tab or a window went. Nothing may come between the event and the closing function. */
  const left = (fogBugz: boolean): void => {
    // Not a last tab as well: with `browser-close` switched off, closing the browser ends nothing.
    if (presence.isOver()) return closing.close();
    if (fogBugz) {
      void adoption.place();
      void recount();
    }
    // Woken by the very event: only the browser's own list tells whether anything is left.
    if (!presence.known()) void keeper.enqueue(async () => closeIfOver());
  };

  /** "Now" means the session of the page in front, and all of them where that has none. */
  const inFront = (tabId: number | undefined): readonly Session[] => {
    const all = [...keeper.sessions()];
    const ofTab = all.filter(
      ({ source }) => source.is === 'web' && presence.tabsWith(source.cookie).some(({ id }) => id === tabId),
    );
    return ofTab.length > 0 ? ofTab : all;
  };
  const tellInFront = (tabId: number | undefined, event: Event): void =>
    void keeper.enqueue(async () => {
      for (const { id } of inFront(tabId)) await keeper.apply(id, event);
    });

  const obey = async (command: Command): Promise<void> => {
    const at = now();
    switch (command.do) {
      case 'log-off':
        return keeper.tell(command.id, { is: 'triggered', trigger: 'click', at });
      case 'log-off-everywhere':
        return keeper.tellAll({ is: 'triggered', trigger: 'click', at });
      case 'stay-once':
        return keeper.tell(command.id, { is: 'stay-once', on: command.on });
      case 'keep-on':
        return keeper.tell(command.id, { is: 'kept-on' });
      case 'try-now':
        return keeper.tell(command.id, { is: 'try-now', at });
      case 'forget':
        return keeper.tell(command.id, { is: 'forgotten', at });
      case 'change-settings':
        await keeper.changeSettings(command.change);
        return setButtonPopup(keeper.settings().toolbarClick);
      case 'clear-history':
        return keeper.clearHistory();
      default:
        command satisfies never;
    }
  };

  return {
    start,
    obey,
    due: (): void => void due(),
    tabSeen(tab: TabFact): void {
      closing.reopened();
      if (!presence.seen(tab)) return;
      void adoption.place();
      void recount();
    },
    tabGone: (tabId: number, windowId: number, windowCloses: boolean): void =>
      left(presence.gone(tabId, windowId, windowCloses)),
    tabReplaced: presence.replaced,
    tabMoved: presence.moved,
    windowGone: (windowId: number): void => left(presence.windowGone(windowId)),
    cookieChanged: (change: CookieChange): void =>
      void adoption.changed(change).catch(reported).then(recount),
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
    userActivity: warmth.changed,
    /** The user let it reach a site again. */
    granted: (): void => {
      void adoption.reconcile().catch(reported).then(recount);
      void keeper.tellAll({ is: 'try-now', at: now() });
    },
    updateAvailable: update.available,
    online: (): void => void keeper.tellAll({ is: 'try-now', at: now() }),
  };
}

/** What is owed has no page any more; its next attempt warms the line itself, and comes when the server allows. */
function isInUse({ state, source, kind }: Session): boolean {
  const used = state.is === 'counting-down' || (state.is === 'open' && state.inUse);
  return used && kind === 'session' && source.is === 'web';
}
