import { vi } from 'vitest';
import type { Session } from '../../session/session.ts';
import { sessionWith, tokenOf } from '../../session/stage/samples.ts';
import { wakeAt } from '../../session/transition.ts';
import { createClosing } from '../closing.ts';
import type { Keeper, KeeperPorts } from '../keeper.ts';
import { type Asked, createFakeWire } from './fake-fogbugz.ts';
import { createFakeStore } from './fake-store.ts';

const start = 1_000_000;

/** The time of every keeper of a test, in ms since the epoch. */
export const clock = { now: start };

/** To be called before each test, and silences what keepers say of failures. */
export function beginAnew(): void {
  clock.now = start;
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
}

export const never = () => new Promise<never>(() => undefined);

/** Lets everything happen that only waits for a turn. The fakes have no timers. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
}

/** A browser profile and a FogBugz, and what a keeper needs of the two. */
export function createProfile(heard?: (asked: Asked) => void) {
  const store = createFakeStore();
  const fogbugz = createFakeWire(heard);
  const ports: KeeperPorts = {
    ...store.ports,
    wire: fogbugz.wire,
    now: () => clock.now,
    chance: () => 0.5,
    changed: () => undefined,
  };
  let logOns = 0;
  /** A log-on at the web page: a live token and its cookie. */
  const logOn = (changes: Partial<Session> = {}): Session => {
    const token = fogbugz.logOn();
    store.cookies.add(token);
    return sessionWith({ id: `session-${++logOns}`, token: tokenOf(token), since: clock.now, ...changes });
  };
  return { store, fogbugz, ports, logOn };
}

export type Profile = ReturnType<typeof createProfile>;

export const adding = (keeper: Keeper, session: Session) => keeper.enqueue(() => keeper.add(session));
export const click = (keeper: Keeper, { id }: Session) =>
  keeper.tell(id, { is: 'triggered', trigger: 'click', at: clock.now });

/** Goes on until nothing is left to do, with the clock going to whatever is due next. */
export async function passTime(keeper: Keeper): Promise<void> {
  for (let round = 0; round < 30; round++) {
    await settle();
    const times = [...keeper.sessions()].flatMap(session => wakeAt(session, keeper.settings()) ?? []);
    if (times.length === 0) return;
    clock.now = Math.max(clock.now, Math.min(...times));
    await keeper.tellAll({ is: 'due', at: clock.now });
  }
}

/** Runs the closing function, as the browser's last window goes. */
export function close(keeper: Keeper, { fogbugz }: Pick<Profile, 'fogbugz'>): void {
  createClosing(
    keeper,
    () => undefined,
    () => true,
    (site, token) => fogbugz.wire.logOff(sessionWith({ site: site.base, token })),
  ).close();
}
