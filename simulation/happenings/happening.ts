import type { FakeTab } from '../../src/browser/stage/fake-browser.ts';
import type { Life } from '../judge.ts';
import { hosts, type World } from '../world.ts';

/** Something that happens in a schedule. */
export type Happening = {
  /** How often, compared with others. */
  readonly weight: number;
  /** Nothing may ever be logged off because of it. */
  readonly calm: boolean;
  /** It happens to the Guard, where there is one. */
  readonly guard?: true;
  /** Says in a few words what it was, or `undefined` if it made no sense at that moment. */
  readonly do: (world: World) => Promise<string | undefined> | string | undefined;
};

export const elsewhere = 'https://www.example.org/';
export const privateWindow = 9;
export const ownHost = 'bugs.corp.test';
/** Where people log on in ordinary windows. */
export const publicHosts = hosts.slice(0, 3);

export const isSession = ({ kind }: Life): boolean => kind === 'session';
const isPrivate = ({ incognito = false }: FakeTab): boolean => incognito;
const hostOf = ({ url }: FakeTab): string => new URL(url).hostname;

export const tabsOf = (world: World): readonly FakeTab[] => [...world.browser.tabs.values()];
export const fogbugzTabs = (world: World): readonly FakeTab[] =>
  tabsOf(world).filter(tab => world.sites.has(hostOf(tab)));

/** Where the installation was that a page is of: a server that has moved since shows its pages elsewhere. */
const placeOf = ({ url }: FakeTab): string => new URL('.', url).href;
/** Whether another page is below that: whatever is sent a cookie here is sent it there. */
export const isWithin = (tab: FakeTab, url: string): boolean => url.startsWith(placeOf(tab));

/** These tabs go, or go elsewhere: what is decided by that, noted before, because it happens in the same turn. */
export function noteGoing({ browser, judge }: World, going: readonly FakeTab[]): void {
  const left = [...browser.tabs.values()].filter(tab => !going.includes(tab));
  for (const tab of going) {
    const host = hostOf(tab);
    if (left.some(other => isWithin(tab, other.url) && isPrivate(other) === isPrivate(tab))) continue;
    judge.decide('last tab', life => life.site.host === host && isSession(life));
  }
  if (going.some(isPrivate) && !left.some(isPrivate))
    judge.decide('private windows closed', life => life.private && isSession(life));
  if (left.length === 0) judge.decide('browser closed', isSession);
}

export async function openTab(world: World, url: string, kind: 'ordinary' | 'private'): Promise<void> {
  world.lastTab += 1;
  const windowId = kind === 'private' ? privateWindow : 1 + world.dice.below(2);
  await world.fire(() =>
    world.browser.openTab({ id: world.lastTab, windowId, url, incognito: kind === 'private' }),
  );
}

/** Every window closes; layer 2 has this one moment. */
export async function closeAllWindows(world: World): Promise<void> {
  noteGoing(world, tabsOf(world));
  const due = world.dueAtClose();
  world.judge.sent.clear();
  for (const windowId of new Set(tabsOf(world).map(tab => tab.windowId)))
    await world.fire(() => world.browser.closeWindow(windowId));
  for (const token of due)
    if (!world.judge.sent.has(token))
      world.judge.breaks(`the browser closes, and ${world.judge.nameOf(token)} was not sent at once`);
}

/** The cookie of a log-on, as the site would set it. */
export function setCookie(world: World, host: string, token: string, kind: 'ordinary' | 'private'): void {
  const { browser } = world;
  const { switches, place } = world.site(host);
  const lasts = { persistent: 1_209_600, '3s': 3, session: 0, 'as-asked': 0 }[switches.fbTokenExpiry];
  browser.setCookie({
    value: token,
    domain: host,
    path: place.base,
    secure: switches.fbTokenSecure === 'yes',
    storeId: browser.stores[kind === 'private' ? 'private' : 'own'],
    ...(lasts > 0 ? { expirationDate: world.time.now() / 1000 + lasts } : {}),
  });
}

export const logOnCookies = ({ browser }: World) => browser.cookies.filter(({ name }) => name === 'fbToken');

/** A page of ours sends a command or a question. */
export const say = (world: World, message: object): Promise<void> =>
  world.fire(() => {
    const sent = world.browser.send(message);
    if (sent instanceof Promise) sent.catch(() => undefined);
  });

export function someStored(world: World, fits: (kind: string, state: string) => boolean = () => true) {
  const all = world.judge.stored().filter(({ kind, state }) => fits(kind, state.is));
  return all.length > 0 ? world.dice.pick(all) : undefined;
}
