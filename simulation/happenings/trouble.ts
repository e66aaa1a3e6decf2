import type { FaultSpec } from '../../sandbox/faults.ts';
import type { Dice } from '../dice.ts';
import { isOutside } from '../world.ts';
import { type Happening, publicHosts } from './happening.ts';

const isStorage = (name: string): boolean => /^(local|session)\./.test(name);

/** Codes that mean something to FogBugz and nothing to a log-off, in the words of either API. */
function someError(dice: Dice): string {
  const code = dice.pick([6, 7, 13, 26]);
  const errors = [{ message: 'No', detail: null, code: String(code) }];
  return dice.chance(0.5)
    ? JSON.stringify({ data: {}, errors, warnings: [], meta: {}, errorCode: 400, maxCacheAge: null })
    : `<?xml version="1.0" encoding="UTF-8"?><response><error code="${code}">No</error></response>`;
}

function someFault(dice: Dice): FaultSpec {
  const times = 1 + dice.below(4);
  const command = dice.pick(['any', 'logoff', 'logon', 'discovery', 'page']);
  const at = command === 'any' ? { times } : { times, command };
  return dice.pick<FaultSpec>([
    { is: 'status', status: 503, ...at },
    { is: 'status', status: 429, retryAfter: '30', ...at },
    { is: 'status', status: 500, ...at },
    { is: 'html', ...at },
    { is: 'says', status: dice.pick([200, 400]), body: someError(dice), ...at },
    { is: 'hang', ...at },
    { is: 'reset', ...at },
    { is: 'lose-reply', ...at },
    { is: 'maintenance', as: 'not-xml', ...at },
    { is: 'maintenance', as: 'error-28', ...at },
    { is: 'no-json', ...at },
    { is: 'redirect', status: 302, to: '/login', ...at },
    { is: 'redirect', status: 307, to: 'https://elsewhere.example/', ...at },
    { is: 'endless', ...at },
    { is: 'too-large', bytes: 1_100_000, ...at },
  ]);
}

/** What goes wrong at servers, in the network and on the disk. */
export const trouble = {
  'server fault': {
    weight: 6,
    calm: true,
    do: world => {
      const site = world.site(world.dice.pick(publicHosts));
      const fault = someFault(world.dice);
      site.fault(fault);
      return `${site.host} has a fault: ${JSON.stringify(fault)}`;
    },
  },
  'server down': {
    weight: 2,
    calm: true,
    do: world => {
      const site = world.site(world.dice.pick(publicHosts));
      site.down = !site.down;
      return `${site.host} is ${site.down ? 'down' : 'up'}`;
    },
  },
  'server changes': {
    weight: 3,
    calm: true,
    do: world => {
      const site = world.site(world.dice.pick(publicHosts));
      return `${site.host} changes: ${site.turn(world.dice)}`;
    },
  },
  'server moves': {
    weight: 1,
    calm: true,
    do: world => {
      const site = world.site(world.dice.pick(publicHosts));
      const path = world.dice.pick(['', '/fogbugz', '/bugs']);
      site.place.move(path, world.dice.pick([307, 308]));
      return `${site.host} moves to ${site.base}`;
    },
  },
  'administrator ends': {
    weight: 1,
    calm: true,
    do: world => {
      const lives = [...world.judge.lives.values()];
      if (lives.length === 0) return undefined;
      const life = world.dice.pick(lives);
      life.site.tokens.end(life.token, 'administrator');
      return `an administrator ends ${life.name}`;
    },
  },
  network: {
    weight: 4,
    calm: true,
    do: async world => {
      world.online = !world.online;
      const { worker } = world;
      if (world.online && worker?.alive) await world.fire(() => worker.online());
      return `the network is ${world.online ? 'there' : 'gone'}`;
    },
  },
  disk: {
    weight: 2,
    calm: true,
    do: world => {
      const { browser } = world;
      browser.diskIs = browser.diskIs === 'full' ? 'writable' : 'full';
      if (browser.diskIs === 'full') world.judge.burialFailed = true;
      return `the disk is ${browser.diskIs}`;
    },
  },
  'storage slow': {
    weight: 2,
    calm: true,
    do: world => {
      const which = world.dice.pick(['local.', 'session.', 'cookies.', 'tabs.', 'permissions.', 'nothing']);
      world.slow = name => name.startsWith(which);
      return `the browser is slow with ${which}`;
    },
  },
  'storage fails': {
    weight: 3,
    calm: true,
    do: async world => {
      const name = await world.refuse(isStorage);
      if (name === undefined) return undefined;
      if (name.includes('dead')) world.judge.burialFailed = true;
      return `${name} fails`;
    },
  },
  'call fails': {
    weight: 1,
    calm: true,
    do: async world => {
      const name = await world.refuse(one => !isOutside(one) && !isStorage(one) && one !== 'crypto.digest');
      return name === undefined ? undefined : `${name} fails`;
    },
  },
} satisfies Record<string, Happening>;
