import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';

const manifestSchema = v.looseObject({
  key: v.optional(v.string()),
  options_page: v.optional(v.string()),
  options_ui: v.optional(v.looseObject({ page: v.string() })),
});
const preferencesSchema = v.looseObject({
  extensions: v.optional(v.looseObject({ ui: v.optional(v.looseObject({})) })),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;

export async function readManifest(folder: string): Promise<Manifest> {
  return v.parse(manifestSchema, JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
}

/** The id that Chromium gives an unpacked extension: from its key, else from its path. */
export async function unpackedId(folder: string): Promise<string> {
  const { key } = await readManifest(folder);
  return idOf(key ? Buffer.from(key, 'base64') : Buffer.from(await realpath(folder)));
}

/** The first 128 bits of the hash, in letters from a to p. */
export function idOf(publicKey: Buffer): string {
  const digits = createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
  return [...digits].map(digit => 'abcdefghijklmnop'.charAt(Number.parseInt(digit, 16))).join('');
}

/**
 * Makes a profile unless there is one. The extension's button stands in the toolbar, where it can be clicked, and
 * developer mode is on, without which Chromium disables an unpacked extension at its first reload. Downloads go into
 * the profile.
 */
export async function prepareProfile(given: string | undefined, id: string): Promise<string> {
  const profile = given ?? (await mkdtemp(join(tmpdir(), 'e2e-chromium-')));
  await mkdir(join(profile, 'Default'), { recursive: true });
  const file = join(profile, 'Default', 'Preferences');
  const preferences = v.parse(preferencesSchema, JSON.parse(await readFile(file, 'utf8').catch(() => '{}')));
  const extensions = {
    ...preferences.extensions,
    pinned_extensions: [id],
    ui: { ...preferences.extensions?.ui, developer_mode: true },
  };
  const download = { default_directory: join(profile, 'downloads'), prompt_for_download: false };
  await writeFile(file, JSON.stringify({ ...preferences, extensions, download }));
  return profile;
}
