import { hostName } from '../../guard-messages.ts';
import type { Machine } from '../folders.ts';
import type { Family } from './browsers.ts';

/** The ids of the extensions that may call the Guard, by family. */
export type ExtensionIds = Readonly<Record<Family, readonly string[]>>;

/** The file by which a browser finds the host, and knows who may start it. */
export function hostManifest(family: Family, launcher: string, ids: ExtensionIds): string {
  const allowed =
    family === 'firefox'
      ? { allowed_extensions: ids.firefox }
      : { allowed_origins: ids.chromium.map(id => `chrome-extension://${id}/`) };
  const manifest = {
    name: hostName,
    description: 'Logs FogBugz sessions off when the browser is gone.',
    path: launcher,
    type: 'stdio',
    ...allowed,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What the browser starts: a manifest can name a program, and not its arguments. */
export function launcherScript(
  { platform }: Pick<Machine, 'platform'>,
  { node, program }: { readonly node: string; readonly program: string },
  ids: ExtensionIds,
): string {
  const known = [...ids.chromium, ...ids.firefox].map(id => `--extension-id=${id}`);
  if (platform === 'win32') {
    const words = [node, program, 'host', ...known].map(quotedForBatch);
    // `chcp` makes the rest of this file UTF-8; it must not read what the browser says.
    return `@echo off\r\nchcp 65001 >nul 2>&1 <nul\r\n${words.join(' ')} -- %*\r\n`;
  }
  const words = [program, 'host', ...known].map(quotedForShell).join(' ');
  const start = `exec \${setsid:+"$setsid"} "$node" ${words} -- "$@"`;
  return `#!/bin/sh
# Started by the browser; written by the Guard's installer.
# Should it ever crash: no image of its memory, in which tokens are, on the disk.
ulimit -c 0
node=${quotedForShell(node)}
[ -x "$node" ] || node=node
${
  platform === 'linux'
    ? `# A session of its own: what kills the browser's process group leaves the Guard alive.
setsid=$(command -v setsid)`
    : 'setsid='
}
${start}
`;
}

function quotedForShell(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function quotedForBatch(word: string): string {
  return `"${word.replaceAll('%', '%%')}"`;
}
