import { type Coverage, pointOf } from './coverage.ts';
import { createDice, type Dice } from './dice.ts';
import { happenings } from './happenings/all.ts';
import { openTab, ownHost, publicHosts, say } from './happenings/happening.ts';
import type { Programs } from './programs.ts';
import type { Wish } from './wishes.ts';
import { type Setting, World } from './world.ts';

/** One happening, with the seed of everything that is chance in it and until the next one. */
type Step = { readonly name: string; readonly seed: number };

/** What happens, from one seed. The same schedule gives the same life, with steps left out as well. */
export type Schedule = { readonly seed: number; readonly steps: readonly Step[]; readonly wish?: Wish };

/** What became of it. `broken`: the promise that was. */
export type Outcome = {
  readonly broken: string | undefined;
  readonly happened: number;
  readonly requests: number;
  readonly faults: number;
  readonly journal: readonly string[];
};

/** What may happen in a schedule of that kind. */
const possible = ({ isCalm, hasGuard }: Pick<Setting, 'isCalm' | 'hasGuard'>) =>
  [...happenings].filter(([, { calm, guard }]) => (calm || !isCalm) && (hasGuard || !guard));

/** 28 to 48 happenings, of which one in six can't happen when its time comes. */
export function scheduleOf(seed: number): Schedule {
  const dice = createDice(seed);
  const from = possible(settingOf(seed));
  const total = from.reduce((sum, [, { weight }]) => sum + weight, 0);
  const steps = Array.from({ length: 28 + dice.below(21) }, () => {
    let left = dice.next() * total;
    const [name] = from.find(([, { weight }]) => {
      left -= weight;
      return left < 0;
    }) ?? ['time passes'];
    return { name, seed: dice.below(2 ** 32) };
  });
  return { seed, steps };
}

/** Of four schedules one is calm, and one is in Firefox; one of two has the Guard. */
export function settingOf(seed: number): Omit<Setting, 'writes'> {
  return {
    seed,
    vendor: (seed >> 2) % 4 === 3 ? 'firefox' : 'chromium',
    isCalm: seed % 4 === 0,
    hasGuard: (seed >> 4) % 2 === 1,
  };
}

export async function live(
  programs: Programs,
  { seed, steps, wish }: Schedule,
  coverage?: Coverage,
  writes = false,
): Promise<Outcome> {
  const world = new World(programs, { ...settingOf(seed), writes });
  let happened = 0;
  await begin(world, createDice(seed + 1));
  const happen = async (name: string): Promise<boolean> => {
    const waiting = world.calls.names();
    const at = world.journal.push('') - 1;
    const what = await happenings.get(name)?.do(world);
    if (what === undefined) {
      world.journal.length = at;
      return false;
    }
    happened += 1;
    coverage?.met(name, waiting);
    if (writes) world.journal[at] = line(world, what, waiting);
    return true;
  };
  let open = wish;
  for (const step of steps) {
    if (world.judge.broken !== undefined) break;
    world.dice = createDice(step.seed);
    if (await happen(step.name)) await goOn(world, open);
    if (open && world.calls.has(isAt(open.point)) && (await happen(open.name))) open = undefined;
  }
  if (world.judge.broken === undefined) await settle(world);
  const { broken, requests, faults } = world.judge;
  if (broken !== undefined) world.journal.push(`BROKEN: ${broken}`);
  return { broken, happened, requests, faults, journal: world.journal };
}

/** What the browser, the servers and the settings are like before anything happens. */
async function begin(world: World, dice: Dice): Promise<void> {
  world.dice = dice;
  const { browser } = world;
  for (const host of publicHosts) {
    const site = world.site(host);
    if (dice.chance(0.4)) for (let turns = 1 + dice.below(3); turns > 0; turns--) site.turn(dice);
  }
  let settings = {};
  if (dice.chance(0.7)) {
    browser.grant(ownHost);
    settings = { ownSites: [world.site(ownHost).base], changedAt: 1 };
  }
  if (world.hasGuard) {
    browser.allowed.add('nativeMessaging');
    settings = { ...settings, guard: true, changedAt: 1 };
  }
  if ('changedAt' in settings) browser.disk = { settings };
  world.startBrowser();
  world.lastTab += 1;
  browser.tabs.set(world.lastTab, { id: world.lastTab, windowId: 1, url: 'https://www.example.org/' });
  await world.fire(() => browser.events.installed.fire({ reason: 'install' }));
  await world.work(200);
}

/** Between two happenings: nothing moves, a little does, or all that can. */
async function goOn(world: World, wish: Wish | undefined): Promise<void> {
  const { dice } = world;
  if (wish) {
    for (let done = 0; done < 150 && !world.calls.has(isAt(wish.point)); done++) await world.work(1);
    return;
  }
  const much = dice.next();
  if (much < 0.15) return;
  if (much < 0.5) return world.work(1 + dice.below(12));
  const slowly = dice.chance(0.3);
  await world.work(120, name => !slowly || !name.startsWith('fetch'));
}

/** Everything is well again: what is owed has to end, and what is open has to be there to be ended. */
async function settle(world: World): Promise<void> {
  const { judge, browser, dice } = world;
  world.journal.push('All is well again:');
  world.slow = () => false;
  world.online = true;
  world.lossy = false;
  browser.diskIs = 'writable';
  for (const site of world.sites.values()) {
    site.down = false;
    site.faults.clear();
    if (world.sites.has(site.host)) browser.grant(site.host);
  }
  world.guard.files.full = false;
  if (world.hasGuard && dice.chance(0.4)) await withoutBrowser(world);
  // A worker that met a failing browser knows less than there is; the next one does not.
  await world.killWorker();
  const starts = !world.browserRuns;
  if (starts) world.startBrowser();
  await world.fire(() => starts && browser.events.startup.fire());
  if (browser.tabs.size === 0) await openTab(world, 'https://www.example.org/', 'ordinary');
  await world.work(400);
  if (dice.chance(0.5)) await world.fire(() => world.worker?.online());
  await untilNothingIsOwed(world);
  const outlived = judge.outlived();
  if (outlived !== undefined && !world.closeKeeps) judge.breaks(`${outlived} outlived its browser`);
  judge.decide('the end', ({ kind }) => kind === 'session');
  await say(world, { do: 'log-off-everywhere' });
  await world.work(400);
  await untilNothingIsOwed(world);
  for (const { token, private: fleeting, kind } of judge.stored())
    if (kind === 'session')
      judge.breaks(`${judge.nameOf(token)}${fleeting ? ', private,' : ''} could not be ended`);
}

/** The browser is killed and stays away for as long as the Guard takes. */
async function withoutBrowser(world: World): Promise<void> {
  world.journal.push('The browser is killed, and stays away:');
  world.judge.decide('browser killed', ({ kind }) => kind === 'session');
  await world.endBrowser();
  // Several watchers at work for a day each.
  for (let round = 0; round < 20_000 && world.guard.processes().length > 0; round++) {
    await world.work(300);
    await world.pass(world.time.untilNext() ?? 1_000);
  }
  if (world.guard.processes().length > 0) world.judge.breaks('the Guard never gives up');
  const care = world.guard.lastCare();
  if (!care) return;
  world.guard.judge.hadItsTime(care);
  if (!world.guard.installed) return;
  world.journal.push('The browser starts again, and no server is there:');
  for (const site of world.sites.values()) site.down = true;
  world.startBrowser();
  await world.fire(() => world.browser.events.startup.fire());
  await openTab(world, 'https://www.example.org/', 'ordinary');
  await world.work(400);
  await world.pass(1_000);
  await world.work(400);
  world.guard.judge.hasToldOf(care, world.browser);
  for (const site of world.sites.values()) site.down = false;
}

async function untilNothingIsOwed(world: World): Promise<void> {
  const owing = () =>
    world.judge.stored().filter(({ state }) => state.is === 'owed' || state.is === 'answered');
  for (let round = 0; round < 20 && owing().length > 0; round++) {
    await world.work(300);
    // What the next worker finds is harder than what a timer does.
    if (world.dice.chance(0.5)) await world.killWorker();
    const { alarm } = world.browser;
    const toAlarm = alarm === undefined ? 60_000 : Math.max(0, alarm - world.time.now()) + 1_000;
    // With a Guard, an alarm rings often for its sake alone.
    await world.pass(world.hasGuard ? Math.max(toAlarm, 600_000) : toAlarm);
    await world.work(300);
  }
  for (const { token, state } of owing())
    world.judge.breaks(`${world.judge.nameOf(token)} is ${state.is}, and that does not end`);
}

const isAt = (point: string) => (name: string) => pointOf(name) === point;

function line(world: World, what: string, waiting: readonly string[]): string {
  const clock = new Date(world.time.now()).toISOString().slice(5, 23).replace('T', ' ');
  const stored = world.judge.stored().map(({ token, state }) => `${world.judge.nameOf(token)} ${state.is}`);
  const waits = waiting.length > 0 ? `\n        while the worker waits for: ${waiting.join(', ')}` : '';
  return `${clock}  ${what}${waits}\n        stored: ${stored.join(', ') || 'nothing'}`;
}
