import { isOutside, type World } from '../world.ts';
import {
  closeAllWindows,
  elsewhere,
  type Happening,
  isSession,
  openTab,
  publicHosts,
  tabsOf,
} from './happening.ts';

/** The browser starts again, with what its users let it keep. */
async function startAgain(world: World, reason: 'nothing new' | 'update'): Promise<string> {
  const { browser, dice } = world;
  const restored = dice.chance(0.5);
  world.startBrowser();
  if (restored) {
    browser.cookies = [...browser.cookies, ...world.leftCookies];
    const host = dice.pick(publicHosts);
    world.lastTab += 1;
    browser.tabs.set(world.lastTab, { id: world.lastTab, windowId: 1, url: world.site(host).base });
  }
  await world.fire(() => browser.events.startup.fire());
  if (reason === 'update') await world.fire(() => browser.events.installed.fire({ reason: 'update' }));
  if (!restored) await openTab(world, elsewhere, 'ordinary');
  return restored ? ', and starts again with its tabs and cookies' : ', and starts again';
}

/** What becomes of the worker, the browser and the computer. */
export const machine = {
  'worker dies': {
    weight: 10,
    calm: true,
    do: async world => {
      if (!world.worker?.alive) return undefined;
      const { name } = world.worker;
      await world.killWorker();
      return `${name} dies`;
    },
  },
  'worker wakes': {
    weight: 2,
    calm: true,
    do: async world => {
      await world.fire(() => undefined);
      return 'something wakes the worker';
    },
  },
  'browser killed': {
    weight: 3,
    calm: false,
    do: async world => {
      world.judge.decide('browser killed', isSession);
      await world.endBrowser();
      if (world.dice.chance(0.3)) await world.pass(world.dice.below(7_200_000));
      return `the browser is killed${await startAgain(world, 'nothing new')}`;
    },
  },
  'browser closed': {
    weight: 4,
    calm: false,
    do: async world => {
      if (tabsOf(world).length > 0) await closeAllWindows(world);
      world.judge.decide('browser closed', isSession);
      // A closing browser answers none of its extension's calls; requests may get through.
      await world.work(world.dice.below(8), isOutside);
      await world.endBrowser();
      if (world.dice.chance(0.3)) await world.pass(world.dice.below(86_400_000));
      const reason = world.dice.chance(0.2) ? 'update' : 'nothing new';
      return `the browser closes${await startAgain(world, reason)}${reason === 'update' ? ', updated' : ''}`;
    },
  },
  'live update': {
    weight: 2,
    calm: true,
    do: async world => {
      await world.fire(() => world.browser.events.updateAvailable.fire());
      return 'an update is there';
    },
  },
  'permission withheld': {
    weight: 2,
    calm: true,
    do: async world => {
      const host = world.dice.pick(publicHosts);
      await world.fire(() => world.browser.withhold(host));
      return `the extension is kept out of ${host}`;
    },
  },
  'permission given': {
    weight: 3,
    calm: true,
    do: async world => {
      const host = world.dice.pick(publicHosts);
      await world.fire(() => world.browser.grant(host));
      return `the extension is let into ${host}`;
    },
  },
  'clock set': {
    weight: 2,
    calm: true,
    do: world => {
      const ms = Math.round(
        (world.dice.next() - 0.5) * 2 * world.dice.pick([60_000, 7_200_000, 172_800_000]),
      );
      world.time.jump(ms);
      world.noteTime();
      return `the clock is set by ${Math.round(ms / 1000)} s`;
    },
  },
  'computer sleeps': {
    weight: 1,
    calm: true,
    do: async world => {
      world.time.jump(world.dice.below(28_800_000));
      world.noteTime();
      await world.pass(1);
      return 'the computer sleeps for some hours';
    },
  },
  'time passes': {
    weight: 14,
    calm: true,
    do: async world => {
      const ms = world.dice.pick([200, 3_000, 12_000, 12_000, 31_000]);
      await world.pass(ms);
      return `${ms / 1000} s pass`;
    },
  },
  'worker sleeps': {
    weight: 5,
    calm: true,
    do: async world => {
      const ms = world.dice.pick([65_000, 1_000_000, 10_000_000]);
      await world.killWorker();
      await world.pass(ms);
      return `the worker is put to sleep for ${ms / 1000} s, alarms apart`;
    },
  },
  'user away': {
    weight: 2,
    calm: true,
    do: async world => {
      const state = world.dice.pick(['idle', 'locked', 'active', 'active'] as const);
      world.noteTime();
      await world.fire(() => world.browser.userBecomes(state));
      return `the user is ${state}`;
    },
  },
} satisfies Record<string, Happening>;
