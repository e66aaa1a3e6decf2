import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isByHand, runByHand } from './by-hand.ts';
import { type Machine, stateFolder } from './folders.ts';
import { readHostOptions, runHost } from './host.ts';
import { runInstaller } from './install/installer.ts';
import { createFetch } from './network.ts';
import { runWatcher } from './watcher.ts';

declare const __GUARD_VERSION__: string;

const [command = 'help', ...args] = process.argv.slice(2);
const { platform } = process;
const machine: Machine = {
  platform: platform === 'win32' || platform === 'darwin' ? platform : 'linux',
  env: process.env,
  home: homedir(),
};
const self = { program: fileURLToPath(import.meta.url), version: __GUARD_VERSION__, node: process.execPath };

run().then(
  // Not left to Node: connections that are kept alive, and a pipe that is still open, would hold it up. What was
  // written is out by then, or nobody reads it any more.
  status => process.stdout.write('', () => process.exit(status)),
  // Nothing of it is shown: what a browser's log gets to see must not depend on what an error quotes.
  () => process.exit(70),
);

async function run(): Promise<number> {
  switch (command) {
    case 'host':
      await runHost(readHostOptions(args), tools(), self);
      return 0;
    case 'watch':
      await runWatcher(tools());
      return 0;
    default:
      if (isByHand(command)) return runByHand(command, args, { fetch: createFetch(process.env) });
      return runInstaller(command, args, machine, self);
  }
}

function tools() {
  // Nobody is there to be asked where to: no server may send this program about the user's network.
  return { stateFolder: stateFolder(machine), fetch: createFetch(process.env, 'its origin') };
}
