import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './package/names.ts';
import { type Part, rowsOf, withRows } from './soak/summary.ts';

// npm run soak                            the long runs one after the other; what came of them goes into
//                                         docs/reliability.md, with the date
// npm run soak -- --schedules 1000000 --cycles 200 --without mutants
const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '100000' },
    cycles: { type: 'string', default: '200' },
    threads: { type: 'string', default: String(availableParallelism()) },
    without: { type: 'string', multiple: true, default: [] },
  },
});

const parts: readonly Part[] = [
  { name: 'simulate', command: ['simulation/command.ts', values.schedules, '--threads', values.threads] },
  { name: 'torture, Chromium', command: ['bench/torture.ts', 'chromium', values.cycles] },
  { name: 'torture, Firefox', command: ['bench/torture.ts', 'firefox', values.cycles] },
  { name: 'mutants', command: ['scripts/mutants.ts'] },
];

const done: { readonly part: string; readonly said: string; readonly good: boolean }[] = [];
for (const { name, command } of parts) {
  if (values.without.some(left => name.startsWith(left))) continue;
  console.log(`\n${name}: ${command.join(' ')}`);
  const { said, good } = await run(command);
  done.push({ part: name, said: rowsOf(said), good });
}
for (const { part, said, good } of done) console.log(`${good ? '✓' : '✗'} ${part}: ${said}`);
const page = join(root, 'docs', 'reliability.md');
writeFileSync(page, withRows(readFileSync(page, 'utf8'), done, new Date()));
process.exitCode = done.every(({ good }) => good) ? 0 : 1;

/** Runs one of our programs, and shows what it says while it is at it. */
function run(command: readonly string[]): Promise<{ readonly said: string; readonly good: boolean }> {
  return new Promise(resolve => {
    const child = spawn('npx', ['tsx', ...command], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      process.stdout.write(chunk);
    });
    child.once('error', error => resolve({ said: error.message, good: false }));
    child.once('exit', status => resolve({ said, good: status === 0 }));
  });
}
