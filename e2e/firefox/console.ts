import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Driver } from './driver.ts';

const script = readFileSync(new URL('./console.js', import.meta.url), 'utf8')
  .trim()
  .replace(/;$/, '');
const mark = 'extension-console ';

/** Collects what the extension writes, out of Firefox's standard output: so the last words before an end count too. */
export function createConsole() {
  const lines: string[] = [];
  return {
    lines: (): readonly string[] => [...lines],
    read(line: string): void {
      const at = line.indexOf(mark);
      if (at >= 0) lines.push(v.parse(v.string(), JSON.parse(line.slice(at + mark.length))));
    },
    listen: (driver: Driver, id: string) => driver.tell('listen', id, mark, script),
  };
}
