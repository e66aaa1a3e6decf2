import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from './list.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Mutated = { readonly found: number; readonly survived: readonly string[] };

/**
 * Breaks a copy of the product in each way of the list whose name begins as one of `wanted` does, or in all. The
 * tests of each file run once before, with nothing broken.
 *
 * @throws {Error} if a breakage is no longer in the source, or the tests fail without one.
 */
export async function mutate(
  wanted: readonly string[],
  heard: (name: string, is: 'found out' | 'SURVIVED') => void,
): Promise<Mutated> {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  const chosen = Object.entries(mutants).filter(
    ([name]) => wanted.length === 0 || wanted.some(beginning => name.startsWith(beginning)),
  );
  const survived: string[] = [];
  try {
    const left = ['node_modules', 'dist', '.git'].map(name => join(root, name));
    cpSync(root, copy, { recursive: true, filter: path => !left.includes(path) });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const sane = new Set<string>();
    for (const [name, { file, find, replace }] of chosen) {
      // Tests that fail anyway would find out every breakage. Twice, for a busy computer may let one of them time out.
      if (!sane.has(file) && (await isFoundOut(copy, file)) && (await isFoundOut(copy, file)))
        throw new Error(`The tests of ${file} fail though nothing is broken`);
      sane.add(file);
      const path = join(copy, file);
      const sound = readFileSync(path, 'utf8');
      if (sound.split(find).length !== 2) throw new Error(`${file} does not have this once: ${find}`);
      writeFileSync(
        path,
        sound.replace(find, () => replace),
      );
      const isFound = await isFoundOut(copy, file);
      writeFileSync(path, sound);
      if (!isFound) survived.push(name);
      heard(name, isFound ? 'found out' : 'SURVIVED');
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
  return { found: chosen.length - survived.length, survived };
}

/** The tests beside the file come first: they are few, and most often enough. Not one of them may go on for ever. */
async function isFoundOut(copy: string, file: string): Promise<boolean> {
  const name = basename(file, '.ts');
  const folder = dirname(file);
  const beside = existsSync(join(copy, folder))
    ? readdirSync(join(copy, folder)).filter(one => one.startsWith(name) && one.endsWith('.test.ts'))
    : [];
  if (beside.length > 0 && !(await passes(copy, ['run', ...beside.map(one => join(folder, one))])))
    return true;
  // The list of breakages would find each of them by its text.
  if (!(await passes(copy, ['related', file, '--run', '--exclude', 'scripts/mutants.test.ts']))) return true;
  // These start the program as it is built, and import nothing of it.
  return folder.startsWith('src/guard') && !(await passes(copy, ['run', ...withBuiltGuard(copy)]));
}

function withBuiltGuard(copy: string): readonly string[] {
  const folder = join('src', 'guard');
  return readdirSync(join(copy, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .map(name => join(folder, name))
    .filter(path => readFileSync(join(copy, path), 'utf8').includes('useBuiltGuard()'));
}

function passes(cwd: string, args: readonly string[]): Promise<boolean> {
  return new Promise(resolve => {
    const tests = spawn('npx', ['vitest', ...args, '--bail=1'], { cwd, stdio: 'ignore' });
    tests.once('error', () => resolve(false));
    tests.once('exit', status => resolve(status === 0));
  });
}
