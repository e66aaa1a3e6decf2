import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Contents, filesIn } from '../zip.ts';

const manifestSchema = v.looseObject({ key: v.optional(v.string()) });

/**
 * A build as a store takes it: without `key`, which fixes the id of the unpacked build. A store has a key of its own,
 * and refuses another.
 */
export async function forStore(build: string): Promise<Contents> {
  const files = await filesIn(build);
  const text = files['manifest.json'];
  if (text === undefined) throw new Error(`There is no manifest.json in ${build}`);
  const { key: _, ...manifest } = v.parse(manifestSchema, JSON.parse(new TextDecoder().decode(text)));
  return { ...files, 'manifest.json': `${JSON.stringify(manifest, null, 2)}\n` };
}

/**
 * The sources: whatever stands under the folder and .gitignore lets pass. It need not be a repository, so that what
 * was unpacked from the source package makes the very same package again.
 */
export function sourcesIn(root: string): Contents {
  const empty = mkdtempSync(join(tmpdir(), 'no-repository-'));
  try {
    git(['init', '--quiet', '--bare', empty]);
    const list = ['ls-files', '--others', '-z', '--exclude-per-directory=.gitignore'];
    const paths = git([`--git-dir=${empty}`, `--work-tree=${root}`, ...list], root)
      .split('\0')
      .filter(path => path !== '');
    return Object.fromEntries(paths.map(path => [path, readFileSync(join(root, path))]));
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

function git(args: readonly string[], cwd?: string): string {
  // Its own variables would lead it to the repository whose hook this may run in.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd, env, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`git ${args[0]} ended with ${status}: ${stderr}`);
  return stdout;
}
