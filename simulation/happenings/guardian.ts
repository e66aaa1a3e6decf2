import { type Happening, isSession } from './happening.ts';

/** What becomes of the Guard. */
export const guardian = {
  'guard killed': {
    weight: 4,
    calm: true,
    guard: true,
    do: async world => {
      const all = world.guard.processes();
      if (all.length === 0) return undefined;
      const one = world.dice.pick(all);
      await world.guard.kill(one);
      return `${one.name} is killed`;
    },
  },
  'guard told to end': {
    weight: 2,
    calm: false,
    guard: true,
    do: world => {
      const all = world.guard.processes();
      if (all.length === 0) return undefined;
      const one = world.dice.pick(all);
      // A computer that shuts down ends its sessions.
      world.judge.decide(
        'shutdown',
        life => isSession(life) && [...one.care.armed.values()].includes(life.token),
      );
      world.guard.signal(one);
      return `${one.name} is told to end`;
    },
  },
  'guard hears garbage': {
    weight: 2,
    calm: true,
    guard: true,
    do: world => {
      const what = world.dice.pick(['no json', 'no request', 'too long'] as const);
      return world.guard.hearGarbage(what) ? `the Guard hears what makes no sense: ${what}` : undefined;
    },
  },
  'guard installed': {
    weight: 1,
    calm: true,
    guard: true,
    do: world => {
      world.guard.installed = !world.guard.installed;
      return `the Guard is ${world.guard.installed ? 'installed' : 'removed'}`;
    },
  },
  'guard disk': {
    weight: 1,
    calm: false,
    guard: true,
    do: world => {
      const { files, judge } = world.guard;
      files.full = !files.full;
      judge.filesFailed ||= files.full;
      return `the Guard's disk is ${files.full ? 'full' : 'writable'}`;
    },
  },
} satisfies Record<string, Happening>;
