import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { folderName } from './folders.ts';

/**
 * Writes a file that nobody else may read: whole or not at all.
 *
 * @throws if the folder can't be written, or is not the user's own.
 */
export async function writePrivately(path: string, value: object): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await closeToOthers(folder);
  const unfinished = join(folder, `.${randomUUID()}`);
  try {
    await writeFile(unfinished, JSON.stringify(value), { mode: 0o600, flag: 'wx' });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * Makes sure that a folder of ours, and those between it and `logoff-on-close`, are the user's own and closed to others.
 * Where somebody else can write into the folder above, such as a state folder in /tmp, they could have put a folder or a
 * link of theirs in the place of ours. The user's own link leads where the user wants.
 *
 * @throws if it belongs to somebody else than `user`, the id of whoever runs this.
 */
export async function closeToOthers(folder: string, user = process.getuid?.()): Promise<void> {
  if (user === undefined) return; // Windows: it lies in a folder that keeps others out
  const [entry, target] = await Promise.all([lstat(folder), stat(folder)]);
  if (entry.uid !== user || target.uid !== user) throw new Error(`A folder of somebody else: ${folder}`);
  if ((target.mode & 0o077) !== 0) await chmod(folder, 0o700);
  if (basename(folder) !== folderName && folder.includes(folderName))
    await closeToOthers(dirname(folder), user);
}

/** `undefined` for a file that is not there, or not what the schema says. */
export async function readParsed<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
