import { posix, win32 } from 'node:path';

/** What decides where files go. Passed in, so that all three systems can be tested on one. */
export type Machine = {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
};

/** For the user alone, or for everybody on the machine (Linux). */
export type Scope = 'user' | 'system';

/** The one folder of ours, in each place where we have one. */
export const folderName = 'logoff-on-close';

/** The path rules of the machine that is spoken of, not of the one that this runs on. */
export function pathsOf({ platform }: Pick<Machine, 'platform'>): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

/** Where the Guard itself lives once it is installed. */
export function programFolder(machine: Machine, scope: Scope): string {
  const { join } = pathsOf(machine);
  const { platform, env, home } = machine;
  switch (platform) {
    case 'linux':
      return scope === 'system'
        ? join('/usr/local/lib', folderName)
        : join(absolute(env.XDG_DATA_HOME) ?? join(home, '.local/share'), folderName);
    case 'darwin':
      return join(home, 'Library/Application Support', folderName);
    case 'win32':
      return join(localAppData(machine), folderName);
    default:
      return platform satisfies never;
  }
}

/** Where receipts, claims and marks of watchers lie: the user's own, whatever the Guard's scope. */
export function stateFolder(machine: Machine): string {
  const { join } = pathsOf(machine);
  const { platform, env, home } = machine;
  switch (platform) {
    case 'linux':
      return join(absolute(env.XDG_STATE_HOME) ?? join(home, '.local/state'), folderName);
    case 'darwin':
      return join(programFolder(machine, 'user'), 'state');
    case 'win32':
      return join(programFolder(machine, 'user'), 'state');
    default:
      return platform satisfies never;
  }
}

export function localAppData({ env, home }: Machine): string {
  return env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local');
}

/** https://specifications.freedesktop.org/basedir/latest/: a relative path there is to be ignored. */
export function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}
