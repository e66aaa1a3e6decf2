import { hostName } from '../../guard-messages.ts';
import { type Machine, pathsOf, programFolder, type Scope, stateFolder } from '../folders.ts';
import { type Place, placesOf } from './browsers.ts';
import { type ExtensionIds, hostManifest, launcherScript } from './contents.ts';

/** One change to the machine. What it says to the user is made from it, so nothing is done in silence. */
export type Step =
  | { readonly do: 'copy'; readonly from: string; readonly path: string; readonly mode: number }
  | { readonly do: 'write'; readonly path: string; readonly text: string; readonly mode: number }
  | { readonly do: 'register'; readonly key: string; readonly path: string }
  | { readonly do: 'unregister'; readonly key: string }
  | { readonly do: 'remove'; readonly path: string }
  | { readonly do: 'remove-folder'; readonly path: string }
  | { readonly do: 'remove-if-empty'; readonly path: string };

/** Where everything of one installation is. */
export type Layout = {
  readonly folder: string;
  readonly program: string;
  readonly launcher: string;
  readonly state: string;
  readonly places: readonly Place[];
};

export function layoutOf(machine: Machine, scope: Scope): Layout {
  const { join } = pathsOf(machine);
  const folder = programFolder(machine, scope);
  return {
    folder,
    program: join(folder, 'guard.mjs'),
    launcher: join(folder, machine.platform === 'win32' ? 'guard.bat' : 'guard'),
    state: stateFolder(machine),
    places: placesOf(machine, scope, folder),
  };
}

/** Windows has one file for each family, to which the registry leads; elsewhere it lies in the browser's folder. */
export function manifestPath(machine: Machine, { folder, family }: Place): string {
  const { join } = pathsOf(machine);
  return join(folder, machine.platform === 'win32' ? `${hostName}.${family}.json` : `${hostName}.json`);
}

export function planInstall(
  machine: Machine,
  layout: Layout,
  places: readonly Place[],
  from: { readonly program: string; readonly node: string },
  ids: ExtensionIds,
): readonly Step[] {
  const { program, launcher } = layout;
  const start = launcherScript(machine, { node: from.node, program }, ids);
  const steps = places.flatMap((place): Step[] => {
    const path = manifestPath(machine, place);
    const text = hostManifest(place.family, launcher, ids);
    const write: Step = { do: 'write', path, text, mode: 0o644 };
    return place.registry === undefined
      ? [write]
      : [write, { do: 'register', key: `${place.registry}\\${hostName}`, path }];
  });
  return once([
    ...(from.program === program
      ? []
      : [{ do: 'copy', from: from.program, path: program, mode: 0o755 } as const]),
    { do: 'write', path: launcher, text: start, mode: 0o755 },
    ...steps,
  ]);
}

/** Undoes an installation for every browser, found or not. `keepsState`: a watcher still writes there. */
export function planUninstall(
  machine: Machine,
  layout: Layout,
  state: 'remove-state' | 'keep-state',
): readonly Step[] {
  const { dirname } = pathsOf(machine);
  const steps = layout.places.flatMap((place): Step[] => {
    const remove: Step = { do: 'remove', path: manifestPath(machine, place) };
    return place.registry === undefined
      ? [
          remove,
          { do: 'remove-if-empty', path: place.folder },
          { do: 'remove-if-empty', path: dirname(place.folder) },
        ]
      : [{ do: 'unregister', key: `${place.registry}\\${hostName}` }, remove];
  });
  const kept = state === 'keep-state';
  return once([
    ...steps,
    { do: 'remove', path: layout.launcher },
    { do: 'remove', path: layout.program },
    ...(kept ? [] : [{ do: 'remove-folder', path: layout.state } as const]),
    { do: 'remove-if-empty', path: layout.folder },
  ]);
}

/** Several browsers may share a file or a key. */
function once(steps: readonly Step[]): readonly Step[] {
  const seen = new Set<string>();
  return steps.filter(step => {
    const key = JSON.stringify(step);
    return !seen.has(key) && seen.add(key);
  });
}
