import { beforeEach, vi } from 'vitest';
import { type Site, usualSite } from '../../fogbugz/site.ts';
import type { Receipt } from '../../guard-messages.ts';
import { endsAtClose } from '../../session/ends-at-close.ts';
import type { Guarding } from '../../session/guarding.ts';
import type { Session } from '../../session/session.ts';
import { defaultSettings, type Settings } from '../../session/settings.ts';
import { secret, sessionWith, tokenOf } from '../../session/stage/samples.ts';
import { createGuard } from '../guard.ts';
import { createFakeGuard } from './fake-guard.ts';

/** To be called once in a test file. */
export function setGuardStage(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_000_000 });
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    return () => void vi.useRealTimers();
  });
}

/** Lets everything happen that only waits for a turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
}
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}

/** A worker with the Guard turned on, and what it shows. */
export function create(sessions: readonly Session[] = [], changes: Partial<Settings> = {}) {
  const fake = createFakeGuard();
  const world = {
    sessions,
    settings: { ...defaultSettings, guard: true, ...changes },
    sites: new Map<string, Site>(),
    permitted: true,
    reach: 'reached' as 'reached' | 'out of reach',
    renewed: 0,
    profile: async () => 'profile-1',
    stored: [] as Receipt[],
    remembered: [] as string[],
    disk: 'writable' as 'writable' | 'full',
  };
  let shown: Guarding = { is: 'off' };
  const guard = createGuard({
    isOn: () => world.settings.guard,
    wanted: () => world.sessions.filter(one => endsAtClose(one, world.settings)),
    siteOf: one => world.sites.get(one) ?? usualSite(one),
    isPermitted: async () => world.permitted,
    canConnect: () => world.reach === 'reached',
    renew: () => void world.renewed++,
    connect: fake.connect,
    profile: () => world.profile(),
    version: '1.0',
    show: guarding => {
      shown = guarding;
    },
    remember: run => void world.remembered.push(run),
    async receive(receipts) {
      if (world.disk === 'full') throw new Error('QUOTA_BYTES quota exceeded');
      await undefined;
      world.stored.push(...receipts);
    },
    now: Date.now,
  });
  const change = async (next: Partial<typeof world> = {}): Promise<void> => {
    Object.assign(world, next);
    guard.changed();
    await settle();
  };
  return { guard, fake, world, change, shown: () => shown, is: () => shown.is };
}

export const session = (id: string, changes: Partial<Session> = {}) =>
  sessionWith({ id, token: tokenOf(`${secret.slice(0, -4)}${id.padStart(4, '0')}`), ...changes });
export const one = session('one');
export const two = session('two');

export const receipt = (id: string, changes: Partial<Receipt> = {}): Receipt => ({
  session: id,
  outcome: 'logged-off',
  at: 900_000,
  msAfterEnd: 80,
  attempts: 1,
  ended: 'browser-died',
  ...changes,
});
