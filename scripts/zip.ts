import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import JSZip from 'jszip';

/** What a zip holds: the bytes or the text of each file, by its path with `/`. */
export type Contents = Readonly<Record<string, Uint8Array | string>>;

/**
 * The bytes of a zip. The same contents give the same bytes on every machine: sorted names, one date, no owners, and a
 * compressor in JavaScript, because Node's own is another one with each release and processor.
 */
export async function zip(contents: Contents): Promise<Uint8Array> {
  const archive = new JSZip();
  // The first date that a zip knows.
  const date = new Date(Date.UTC(1980, 0, 1));
  for (const path of Object.keys(contents).sort())
    archive.file(path, contents[path] ?? '', { date, createFolders: false });
  const compressed = { compression: 'DEFLATE', compressionOptions: { level: 9 }, platform: 'DOS' } as const;
  return archive.generateAsync({ type: 'uint8array', ...compressed });
}

/** What a zip holds, folders left out. */
export async function unzip(archive: Uint8Array): Promise<Readonly<Record<string, Uint8Array>>> {
  const files = Object.values((await JSZip.loadAsync(archive)).files).filter(({ dir }) => !dir);
  const read = files.map(async file => [file.name, await file.async('uint8array')] as const);
  return Object.fromEntries(await Promise.all(read));
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
