/** Packs a folder into a zip without compression: all that Firefox asks of an .xpi. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { crc32 } from 'node:zlib';

/** Midnight of 1 January 1980, the first date that a zip knows: the same folder gives the same bytes. */
const date = 0x21;
const utf8Names = 0x0800;

/** The bytes of a zip with all files under the folder. */
export async function zipFolder(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const path of paths.sort()) {
    const name = Buffer.from(relative(folder, path).split(sep).join('/'));
    const data = await readFile(path);
    const common = commonFields(name, data);
    const local = Buffer.concat([bytes([0x04034b50, 4]), common, name, data]);
    directory.push(
      bytes([0x02014b50, 4], [20, 2]),
      common,
      bytes([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
      name,
    );
    bodies.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const count = paths.length;
  const end = bytes([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [index.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...bodies, index, end]);
}

/** What the entry and its line in the directory have in common: version, flags, method, date, sum and lengths. */
function commonFields(name: Buffer, data: Buffer): Buffer {
  const { length } = data;
  return bytes(
    [20, 2],
    [utf8Names, 2],
    [0, 2],
    [0, 2],
    [date, 2],
    [crc32(data), 4],
    [length, 4],
    [length, 4],
    [name.length, 2],
    [0, 2],
  );
}

/** Numbers as little-endian fields of so many bytes. */
function bytes(...fields: readonly (readonly [value: number, size: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, size]) => {
      const field = Buffer.alloc(size);
      field.writeUIntLE(value, 0, size);
      return field;
    }),
  );
}
