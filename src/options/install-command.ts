import { chromiumIds, geckoIds, guardComesFrom, packageName } from '../guard-messages.ts';

/** The file that a build makes, and that can be carried to another computer. */
export const guardFile = 'guard.mjs';

/** What the user types to install the Guard for this extension. One from a store has an id that the Guard must be told. */
export function installCommand(ownId: string, from: typeof guardComesFrom = guardComesFrom): string {
  const program = from === 'npm' ? `npx ${packageName}` : `node ${guardFile}`;
  const known = [...chromiumIds, ...geckoIds].includes(ownId);
  return known ? `${program} install` : `${program} install --extension-id ${ownId}`;
}
