import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from './mutants/list.ts';

// npm run mutants                 breaks a copy of the product in each way of the list, and runs the related tests
// npm run mutants -- guard wire   only those whose names begin so

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
const wanted = process.argv.slice(2);
const chosen = Object.entries(mutants).filter(
  ([name]) => wanted.length === 0 || wanted.some(beginning => name.startsWith(beginning)),
);
const survived: string[] = [];

try {
  const left = ['node_modules', 'dist', '.git'].map(name => join(root, name));
  cpSync(root, copy, { recursive: true, filter: path => !left.includes(path) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [name, { file, find, replace }] of chosen) {
    const path = join(copy, file);
    const sound = readFileSync(path, 'utf8');
    if (sound.split(find).length !== 2) throw new Error(`${file} does not have this once: ${find}`);
    writeFileSync(
      path,
      sound.replace(find, () => replace),
    );
    const { status } = spawnSync('npx', ['vitest', 'related', file, '--run', '--bail=1'], {
      cwd: copy,
      stdio: 'ignore',
    });
    writeFileSync(path, sound);
    if (status === 0) survived.push(name);
    console.log(`${status === 0 ? 'SURVIVED' : 'found out'}  ${name}`);
  }
} finally {
  rmSync(copy, { recursive: true });
}
console.log(`${chosen.length - survived.length} of ${chosen.length} found out.`);
process.exitCode = survived.length > 0 ? 1 : 0;
