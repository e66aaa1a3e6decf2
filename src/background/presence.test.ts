import { describe, expect, it } from 'vitest';
import type { TabFact } from '../browser/tabs.ts';
import type { CookieIdentity } from '../session/session.ts';
import { cookieIdentity } from '../session/stage/samples.ts';
import { createPresence, type Presence } from './presence.ts';

const page = 'https://acme.fogbugz.com/default.asp';

function tab(id: number, windowId = 1, changes: Partial<TabFact> = {}): TabFact {
  return { id, windowId, url: undefined, loading: false, storeId: '0', ...changes };
}
function open(...tabs: readonly TabFact[]) {
  const presence = createPresence();
  presence.fill(tabs);
  return presence;
}

describe('the end of the browser', () => {
  it('is the end of the last tab of all', () => {
    const presence = open(tab(1), tab(2), tab(3, 2));
    presence.gone(1, 1, false);
    presence.gone(2, 1, false);
    presence.windowGone(1);
    expect(presence.isOver()).toBe(false);
    presence.gone(3, 2, false);
    expect(presence.isOver()).toBe(true);
  });

  it('is known at the first tab of the only window that closes', () => {
    const presence = open(tab(1), tab(2), tab(3));
    presence.gone(1, 1, true);
    expect(presence.isOver()).toBe(true);
  });

  it('is not the end of one of two windows', () => {
    const presence = open(tab(1), tab(2), tab(3, 2));
    presence.gone(1, 1, true);
    presence.gone(2, 1, true);
    presence.windowGone(1);
    expect(presence.isOver()).toBe(false);
  });

  it('is known as soon as each of two windows has begun to close', () => {
    const presence = open(tab(1), tab(2), tab(3, 2), tab(4, 2));
    presence.gone(1, 1, true);
    expect(presence.isOver()).toBe(false);
    presence.gone(3, 2, true);
    expect(presence.isOver()).toBe(true);
  });

  it('is told by a window whose tabs never said good-bye', () => {
    const presence = open(tab(1), tab(2));
    presence.windowGone(1);
    expect(presence.isOver()).toBe(true);
  });

  it('is not a window that was closing when a tab of it shows that it lives', () => {
    const presence = open(tab(1), tab(2));
    presence.gone(1, 1, true);
    presence.seen(tab(2));
    expect(presence.isOver()).toBe(false);
  });

  it('is over with a new tab', () => {
    const presence = open(tab(1));
    presence.gone(1, 1, false);
    presence.seen(tab(2));
    expect(presence.isOver()).toBe(false);
  });

  it('is not believed before the browser has said what is open', () => {
    const presence = createPresence();
    presence.gone(1, 1, true);
    expect(presence.known()).toBe(false);
    expect(presence.isOver()).toBe(false);
    presence.fill([]);
    expect(presence.isOver()).toBe(true);
  });

  it('is not forgotten over tabs that nobody had heard of', () => {
    const presence = open(tab(1));
    presence.gone(99, 1, false);
    presence.windowGone(98);
    expect(presence.isOver()).toBe(false);
    presence.gone(1, 1, false);
    expect(presence.isOver()).toBe(true);
  });

  it('counts a tab once, however often it is seen', () => {
    const presence = open(tab(1));
    presence.seen(tab(1));
    presence.seen(tab(1, 1, { url: page }));
    presence.gone(1, 1, false);
    expect(presence.isOver()).toBe(true);
  });
});

describe('dragging a tab', () => {
  it('out of its window into a new one is not the end', () => {
    const presence = open(tab(1));
    presence.moved(1, undefined);
    expect(presence.isOver()).toBe(false);
    presence.windowGone(1);
    expect(presence.isOver()).toBe(false);
    presence.moved(1, 2);
    expect(presence.isOver()).toBe(false);
    presence.gone(1, 2, true);
    expect(presence.isOver()).toBe(true);
  });

  it('into another window leaves that one to end alone', () => {
    const presence = open(tab(1, 1, { url: page }), tab(2, 2));
    presence.moved(1, undefined);
    presence.moved(1, 2);
    presence.windowGone(1);
    expect(presence.tabsWith(cookieIdentity).map(({ id }) => id)).toEqual([1]);
    presence.gone(2, 2, true);
    expect(presence.isOver()).toBe(true);
  });

  it('keeps its page', () => {
    const presence = open(tab(1, 1, { url: page }));
    presence.moved(1, undefined);
    expect(presence.tabsWith(cookieIdentity)).toHaveLength(1);
  });
});

describe('a FogBugz page', () => {
  it('is noticed when it comes, changes its address or goes', () => {
    const presence = open(tab(1));
    expect(presence.seen(tab(1, 1, { url: page }))).toBe(true);
    expect(presence.seen(tab(1, 1, { url: page }))).toBe(false);
    expect(presence.seen(tab(1, 1, { url: `${page}?pg=pgList` }))).toBe(true);
    expect(presence.seen(tab(1))).toBe(true);
    expect(presence.seen(tab(1))).toBe(false);
    expect(presence.gone(1, 1, false)).toBe(false);
  });

  it('is not left by a tab that shows nothing for a moment on its way, and is when it has got elsewhere', () => {
    const presence = open(tab(1, 1, { url: page }));
    expect(presence.seen(tab(1, 1, { loading: true }))).toBe(false);
    expect(presence.tabsWith(cookieIdentity)).toHaveLength(1);
    expect(presence.seen(tab(1))).toBe(true);
    expect(presence.tabsWith(cookieIdentity)).toEqual([]);
    expect(presence.seen(tab(1, 1, { loading: true }))).toBe(false);
  });

  it('is noticed when it goes with its tab or with its window', () => {
    expect(open(tab(1, 1, { url: page })).gone(1, 1, false)).toBe(true);
    expect(open(tab(1, 1, { url: page })).windowGone(1)).toBe(true);
    expect(open(tab(1)).windowGone(1)).toBe(false);
  });

  it('stays when its tab gets another id', () => {
    const presence = open(tab(1, 1, { url: page }));
    presence.replaced(7, 1);
    expect(presence.tabsWith(cookieIdentity)).toMatchObject([{ id: 7, url: page }]);
    expect(presence.ids()).toEqual([7]);
    presence.gone(7, 1, false);
    expect(presence.isOver()).toBe(true);
  });
});

describe('a cookie', () => {
  const matches = (cookie: Partial<CookieIdentity>, url: string, storeId = '0') =>
    open(tab(1, 1, { url, storeId })).tabsWith({ ...cookieIdentity, ...cookie }).length === 1;

  const wide = { domain: '.fogbugz.com', hostOnly: false };

  it.each<[string, Partial<CookieIdentity>, string]>([
    ['its host', {}, page],
    ['its host, on any port', {}, 'https://acme.fogbugz.com:8443/'],
    ['its host without encryption', {}, 'http://acme.fogbugz.com/'],
    ['its host in capitals', {}, 'https://ACME.FogBugz.com/'],
    ['a host of its domain', wide, page],
    ['a host of its domain, written without the dot', { ...wide, domain: 'fogbugz.com' }, page],
    ['its domain itself', wide, 'https://fogbugz.com/'],
    ['a host two levels down', wide, 'https://a.b.fogbugz.com/'],
    ['its path', { path: '/fogbugz' }, 'https://acme.fogbugz.com/fogbugz'],
    ['its path with a slash', { path: '/fogbugz/' }, 'https://acme.fogbugz.com/fogbugz/'],
    ['a page below its path', { path: '/fogbugz' }, 'https://acme.fogbugz.com/fogbugz/default.asp'],
    ['its path with a query', { path: '/fogbugz' }, 'https://acme.fogbugz.com/fogbugz?x=1'],
  ])('is sent to %s', (_, cookie, url) => {
    expect(matches(cookie, url)).toBe(true);
  });

  it.each<[string, Partial<CookieIdentity>, string]>([
    ['a sibling', {}, 'https://other.fogbugz.com/'],
    ['a host below, if it is for one host only', {}, 'https://a.acme.fogbugz.com/'],
    ['the domain above', {}, 'https://fogbugz.com/'],
    ['a look-alike that begins like it', wide, 'https://evil.fogbugz.com.example.org/'],
    ['a look-alike that ends like it', wide, 'https://notfogbugz.com/'],
    ['a look-alike in the path', wide, 'https://example.org/acme.fogbugz.com/'],
    ['a look-alike in the user name', wide, 'https://acme.fogbugz.com@example.org/'],
    ['another path', { path: '/fogbugz' }, 'https://acme.fogbugz.com/'],
    ['a path that begins like its own', { path: '/fog' }, 'https://acme.fogbugz.com/fogbugz/'],
    ['a page that is no URL', {}, 'acme.fogbugz.com'],
  ])('is not sent to %s', (_, cookie, url) => {
    expect(matches(cookie, url)).toBe(false);
  });

  it('is not sent from another store', () => {
    expect(matches({}, page, '1')).toBe(false);
    expect(matches({ storeId: 'firefox-container-1' }, page, 'firefox-container-1')).toBe(true);
  });

  it('is not sent to a tab whose address nobody may see', () => {
    expect(open(tab(1)).tabsWith(cookieIdentity)).toEqual([]);
  });
});

describe('a list that was made before something happened, and comes after it', () => {
  /** The tabs that were open as the list was asked for, and what happens before it comes. */
  async function open(tabs: readonly TabFact[], happens: (presence: Presence) => void): Promise<Presence> {
    const presence = createPresence();
    await presence.fillFrom(async () => {
      happens(presence);
      return tabs;
    });
    return presence;
  }

  it('brings back no tab that is gone', async () => {
    const presence = await open([tab(1), tab(2)], ({ gone }) => gone(2, 1, false));
    expect(presence.ids()).toEqual([1]);
    presence.gone(1, 1, true);
    expect(presence.isOver()).toBe(true);
  });

  it('brings back no window that is gone, or that has begun to close', async () => {
    const both = [tab(1), tab(2, 2), tab(3, 2)];
    const without = await open(both, ({ windowGone }) => windowGone(2));
    expect(without.ids()).toEqual([1]);
    const closing = await open(both, ({ gone }) => {
      gone(1, 1, true);
      gone(2, 2, true);
    });
    expect(closing.isOver()).toBe(true);
  });

  it('takes no page back that has come, gone on, moved or taken another’s place', async () => {
    const tabs = [tab(1), tab(2), tab(3, 1, { url: page })];
    const presence = await open(tabs, ({ seen, replaced, moved }) => {
      seen(tab(1, 1, { url: page }));
      replaced(4, 2);
      moved(3, 7);
      seen(tab(5));
    });
    const there = [...presence.tabsWith(cookieIdentity)].sort((a, b) => a.id - b.id);
    expect(there).toMatchObject([{ id: 1 }, { id: 3, windowId: 7 }]);
    expect([...presence.ids()].sort()).toEqual([1, 3, 4, 5]);
  });

  it('that never comes leaves what is known as it is', async () => {
    const presence = await open([tab(1)], () => undefined);
    const refused = presence.fillFrom(async () => {
      presence.gone(1, 1, false);
      throw new Error('Tabs cannot be queried right now');
    });
    await expect(refused).rejects.toThrow();
    expect(presence.ids()).toEqual([]);
    await presence.fillFrom(async () => [tab(1)]);
    expect(presence.ids()).toEqual([1]);
  });
});
