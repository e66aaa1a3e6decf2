/** The folder that Firefox starts on: quiet preferences, the test's authority, the build as an installed add-on. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { filesIn, zip } from '../../scripts/zip.ts';
import { type Preference, quiet } from './preferences.ts';

const run = promisify(execFile);

const manifest = v.object({
  version: v.string(),
  browser_specific_settings: v.object({ gecko: v.object({ id: v.string() }) }),
});

export type Build = { readonly id: string; readonly version: string };

/** What Firefox needs to know of a build. Throws if its manifest has no gecko id. */
export async function readBuild(folder: string): Promise<Build> {
  const found = v.parse(manifest, JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  return { id: found.browser_specific_settings.gecko.id, version: found.version };
}

export function newProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'firefox-profile-'));
}

/** Writes `user.js`, which Firefox reads at each start. */
export async function writePreferences(
  profile: string,
  own: Readonly<Record<string, Preference>>,
): Promise<void> {
  const lines = Object.entries({ ...quiet, ...own }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(profile, 'user.js'), lines.join(''));
  await rm(join(profile, 'MarionetteActivePort'), { force: true }); // left by a run that was killed
}

/** Makes Firefox believe in an authority. */
export async function trust(profile: string, authority: string): Promise<void> {
  await mkdir(profile, { recursive: true });
  const database = `sql:${profile}`;
  const nickname = `test ${createHash('sha256').update(authority).digest('hex').slice(0, 12)}`;
  const file = join(profile, 'test-authority.pem');
  await writeFile(file, authority);
  if (!existsSync(join(profile, 'cert9.db')))
    await run('certutil', ['-N', '-d', database, '--empty-password']);
  await run('certutil', ['-A', '-d', database, '-n', nickname, '-t', 'C,,', '-i', file]);
}

/**
 * Puts the build into the profile as an installed add-on. On a profile that was started with this same build before,
 * it changes nothing: an update that was installed or waits there since then stays. Another build is an update that
 * Firefox finds at its start.
 */
export async function installBuild(profile: string, folder: string): Promise<void> {
  const { id } = await readBuild(folder);
  const archive = await zip(await filesIn(folder));
  const sum = createHash('sha256').update(archive).digest('hex');
  const note = join(profile, 'installed-build.txt');
  if ((await readFile(note, 'utf8').catch(() => '')) === sum) return;
  await mkdir(join(profile, 'extensions'), { recursive: true });
  const target = join(profile, 'extensions', `${id}.xpi`);
  await writeFile(`${target}.new`, archive);
  await rename(`${target}.new`, target);
  await writeFile(note, sum);
}
