import { hosts } from '../world.ts';
import {
  closeAllWindows,
  elsewhere,
  fogbugzTabs,
  type Happening,
  isSession,
  isWithin,
  logOnCookies,
  noteGoing,
  openTab,
  privateWindow,
  publicHosts,
  setCookie,
  tabsOf,
} from './happening.ts';

const logOn =
  (kind: 'ordinary' | 'private'): Happening['do'] =>
  async world => {
    const host = world.dice.pick(kind === 'private' ? hosts : publicHosts);
    const site = world.site(host);
    // A second log-on at a site takes the first one's place, which is an end.
    if (world.isCalm && [...world.judge.lives.values()].some(life => life.site === site)) return undefined;
    const isThere = fogbugzTabs(world).some(
      ({ url, incognito = false }) => url.startsWith(site.base) && incognito === (kind === 'private'),
    );
    if (!isThere) await openTab(world, site.base, kind);
    const life = world.judge.meet(site.birth('web'), site, { private: kind === 'private' });
    await world.fire(() => setCookie(world, host, life.token, kind));
    return `somebody logs on at ${host} in a window that is ${kind}: ${life.name}`;
  };

/** What people do at FogBugz's pages and with their tabs, and what becomes of cookies. */
export const pages = {
  'log-on': { weight: 12, calm: true, do: logOn('ordinary') },
  'private log-on': { weight: 3, calm: false, do: logOn('private') },
  'open a tab': {
    weight: 5,
    calm: true,
    do: async world => {
      const url = world.dice.chance(0.5) ? world.site(world.dice.pick(publicHosts)).base : elsewhere;
      await openTab(world, url, 'ordinary');
      return `a tab opens at ${url}`;
    },
  },
  'go elsewhere': {
    weight: 3,
    calm: false,
    do: async world => {
      const tabs = tabsOf(world);
      if (tabs.length === 0) return undefined;
      const tab = world.dice.pick(tabs);
      const url = world.dice.chance(0.6) ? elsewhere : world.site(world.dice.pick(publicHosts)).base;
      noteGoing(world, [tab]);
      await world.fire(() => world.browser.goTo(tab.id, url));
      return `tab ${tab.id} goes from ${tab.url} to ${url}`;
    },
  },
  'page within': {
    weight: 2,
    calm: true,
    do: async world => {
      const tabs = fogbugzTabs(world);
      if (tabs.length === 0) return undefined;
      const tab = world.dice.pick(tabs);
      const site = world.site(new URL(tab.url).hostname);
      const url = `${site.base}default.asp?${world.dice.below(99)}`;
      // Where a server has moved to is another place, to cookies with a path and to the extension.
      if (!isWithin(tab, url)) {
        if (world.isCalm) return undefined;
        noteGoing(world, [tab]);
      }
      await world.fire(() => world.browser.goTo(tab.id, url));
      return `tab ${tab.id} goes on at ${site.host}`;
    },
  },
  'close a tab': {
    weight: 8,
    calm: false,
    do: async world => {
      const tabs = tabsOf(world);
      if (tabs.length < 2) return undefined;
      const tab = world.dice.pick(tabs);
      noteGoing(world, [tab]);
      await world.fire(() => world.browser.closeTab(tab.id));
      return `tab ${tab.id} at ${tab.url} closes`;
    },
  },
  'last window': {
    weight: 1,
    calm: false,
    do: async world => {
      if (tabsOf(world).length === 0) return undefined;
      await closeAllWindows(world);
      await world.work(world.dice.below(20));
      await openTab(world, elsewhere, 'ordinary');
      return 'the last window closes, the browser lives on, and a window opens';
    },
  },
  'close private windows': {
    weight: 2,
    calm: false,
    do: async world => {
      const { browser } = world;
      const tabs = tabsOf(world).filter(({ incognito }) => incognito);
      if (tabs.length === 0) return undefined;
      noteGoing(world, tabs);
      browser.cookies = browser.cookies.filter(({ storeId }) => storeId !== browser.stores.private);
      await world.fire(() => browser.closeWindow(privateWindow));
      return 'the private windows close';
    },
  },
  'log off at the page': {
    weight: 2,
    calm: false,
    do: async world => {
      const cookies = logOnCookies(world);
      if (cookies.length === 0) return undefined;
      const { value } = world.dice.pick(cookies);
      const life = world.judge.lives.get(value);
      life?.site.tokens.end(value, 'web');
      await world.fire(() => world.browser.removeCookie(value));
      return `${world.judge.nameOf(value)} is logged off at the page`;
    },
  },
  'cookie cleared': {
    weight: 2,
    calm: false,
    do: async world => {
      const cookies = logOnCookies(world);
      if (cookies.length === 0) return undefined;
      const { value } = world.dice.pick(cookies);
      await world.fire(() => world.browser.removeCookie(value));
      return `a cleaner takes the cookie of ${world.judge.nameOf(value)}`;
    },
  },
  'cookie written again': {
    weight: 2,
    calm: true,
    do: async world => {
      const cookies = logOnCookies(world);
      if (cookies.length === 0) return undefined;
      const cookie = world.dice.pick(cookies);
      await world.fire(() => world.browser.setCookie(cookie));
      return `a page writes the cookie of ${world.judge.nameOf(cookie.value)} again`;
    },
  },
  'dead cookie back': {
    weight: 2,
    calm: false,
    do: async world => {
      const dead = [...world.judge.lives.values()].filter(
        life => isSession(life) && !life.private && life.site.isDead(life.token),
      );
      if (dead.length === 0) return undefined;
      const { site, token, name } = world.dice.pick(dead);
      await world.fire(() => setCookie(world, site.host, token, 'ordinary'));
      return `the cookie of ${name}, which is dead, comes back`;
    },
  },
} satisfies Record<string, Happening>;
