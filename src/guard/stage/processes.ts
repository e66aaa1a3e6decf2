import { readdirSync, readFileSync } from 'node:fs';

/** A process that runs, as everybody on the machine can see it. */
export type Seen = { readonly pid: number; readonly commandLine: string; readonly environment: string };

/** The processes whose command line has `text` in it; those that are dead and not reaped have none. */
export function processesWith(text: string): readonly Seen[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(name => ({
      pid: Number(name),
      commandLine: contentOf(`/proc/${name}/cmdline`),
      environment: contentOf(`/proc/${name}/environ`),
    }))
    .filter(({ commandLine }) => commandLine.includes(text));
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // gone meanwhile
  }
}
