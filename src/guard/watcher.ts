import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { isAlive, processOf } from './browser-process.ts';
import { readHandOver } from './hand-over.ts';
import { readParsed, writePrivately } from './private-file.ts';
import { type Tools, takeCare } from './take-care.ts';

/** The detached process that ends what a host could not end: it outlives both the browser and the host. */
export async function runWatcher(tools: Tools): Promise<void> {
  const hurry = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => hurry.abort());
  const handed = readHandOver(await text(process.stdin));
  if (!handed) return;
  const marked = mark(tools.stateFolder).catch(() => undefined);
  await takeCare(handed, tools, hurry.signal);
  await marked;
  await rm(markOf(tools.stateFolder, process.pid), { force: true });
}

const markSchema = v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(2)), startedAt: v.string() });

/** The watchers that run now, by their process ids; marks of dead ones are cleared away. */
export async function runningWatchers(stateFolder: string): Promise<readonly number[]> {
  const running: number[] = [];
  for (const name of await readdir(marksFolder(stateFolder)).catch(() => [])) {
    const path = join(marksFolder(stateFolder), name);
    const watcher = await readParsed(path, markSchema);
    if (watcher && isAlive(watcher)) running.push(watcher.pid);
    else if (watcher) await rm(path, { force: true });
  }
  return running;
}

/** Says that a watcher runs here, so that an uninstall leaves it the folder it writes to. */
function mark(stateFolder: string): Promise<void> {
  return writePrivately(markOf(stateFolder, process.pid), processOf(process.pid));
}

function markOf(stateFolder: string, pid: number): string {
  return join(marksFolder(stateFolder), `${pid}.json`);
}

function marksFolder(stateFolder: string): string {
  return join(stateFolder, 'watchers');
}
