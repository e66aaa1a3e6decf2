import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';

/** What a zip holds: the bytes or the text of each file, by its path with `/`. */
export type Contents = Readonly<Record<string, Uint8Array | string>>;

/**
 * The bytes of a zip. The same contents give the same bytes on every machine: sorted names, one date, no owners, and a
 * compressor in JavaScript, because Node's own is another one with each release and processor.
 */
export function zip(contents: Contents): Uint8Array {
  // The first date that a zip knows. It has no time zone in it, and fflate takes the local one: so does this.
  const mtime = new Date(1980, 0, 1);
  const sorted: Zippable = {};
  for (const path of Object.keys(contents).sort()) {
    const body = contents[path] ?? '';
    sorted[path] = typeof body === 'string' ? strToU8(body) : body;
  }
  return zipSync(sorted, { level: 9, mtime });
}

/** All files under a folder, by their path in it. */
export async function filesIn(folder: string): Promise<Record<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const read = paths.map(
    async path => [relative(folder, path).split(sep).join('/'), await readFile(path)] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}
