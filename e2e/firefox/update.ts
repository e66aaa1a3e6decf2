/** New versions of a build, for tests of what an update does to a running extension. */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { filesIn, zip } from '../../scripts/zip.ts';

export type Updated = 'installed' | 'postponed';

/** Copies a build to a folder of its own under another version, and gives the folder. The caller removes it. */
export async function withVersion(folder: string, version: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'build-'));
  await cp(folder, copy, { recursive: true });
  const file = join(copy, 'manifest.json');
  const manifest = v.parse(v.looseObject({ version: v.string() }), JSON.parse(await readFile(file, 'utf8')));
  await writeFile(file, JSON.stringify({ ...manifest, version }, undefined, 2));
  return copy;
}

/** The build as one file in the profile: an update that was postponed still needs it when it goes on. */
export async function pack(folder: string, profile: string): Promise<string> {
  const file = join(await mkdtemp(join(profile, 'update-')), 'update.xpi');
  await writeFile(file, await zip(await filesIn(folder)));
  return file;
}
