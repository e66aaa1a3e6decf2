import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { closeToOthers, readParsed, writePrivately } from './private-file.ts';

const schema = v.object({ one: v.number() });
const me = process.getuid?.() ?? 0;
const modeOf = (path: string) => statSync(path).mode & 0o777;
let above: string;
let ours: string;

beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), 'guard-files-'));
  ours = join(above, 'logoff-on-close');
  onTestFinished(() => rmSync(above, { recursive: true }));
});

describe('a file of the Guard’s', () => {
  it('is closed to others, and so are the folders that were there and open', async () => {
    mkdirSync(join(ours, 'receipts'), { recursive: true });
    for (const folder of [ours, join(ours, 'receipts')]) chmodSync(folder, 0o777);
    const outside = modeOf(above);
    const path = join(ours, 'receipts', 'profile', 'one.json');
    await writePrivately(path, { one: 1 });
    expect(modeOf(path)).toBe(0o600);
    for (const folder of ['', 'receipts', 'receipts/profile']) expect(modeOf(join(ours, folder))).toBe(0o700);
    expect(modeOf(above)).toBe(outside);
  });

  it('takes the place of a link, and leaves alone what that led to', async () => {
    mkdirSync(ours);
    writeFileSync(join(above, 'precious'), 'precious');
    symlinkSync(join(above, 'precious'), join(ours, 'one.json'));
    await writePrivately(join(ours, 'one.json'), { one: 1 });
    expect(readFileSync(join(above, 'precious'), 'utf8')).toBe('precious');
    expect(await readParsed(join(ours, 'one.json'), schema)).toEqual({ one: 1 });
  });

  it('leaves nothing behind where it can’t be finished', async () => {
    mkdirSync(join(ours, 'one.json', 'not empty'), { recursive: true });
    await expect(writePrivately(join(ours, 'one.json'), { one: 1 })).rejects.toThrow();
    expect(readdirSync(ours)).toEqual(['one.json']);
  });

  it('is read as nothing where it is torn, foreign or not there', async () => {
    mkdirSync(ours);
    for (const text of ['', '{"one":', '[]', '{"one":"1"}', '{"__proto__":{"one":1}}']) {
      writeFileSync(join(ours, 'one.json'), text);
      expect(await readParsed(join(ours, 'one.json'), schema)).toBeUndefined();
    }
    expect(await readParsed(join(ours, 'two.json'), schema)).toBeUndefined();
  });
});

describe('a folder of the Guard’s', () => {
  it('may be reached by a link of the user’s own', async () => {
    mkdirSync(join(above, 'elsewhere'));
    symlinkSync(join(above, 'elsewhere'), ours);
    await writePrivately(join(ours, 'one.json'), { one: 1 });
    expect(readdirSync(join(above, 'elsewhere'))).toEqual(['one.json']);
  });

  it('is not used when it, its link, or one on the way belongs to somebody else', async () => {
    mkdirSync(join(ours, 'receipts'), { recursive: true });
    symlinkSync(ours, join(above, 'link'));
    for (const folder of [join(ours, 'receipts'), ours, join(above, 'link')])
      await expect(closeToOthers(folder, me + 1)).rejects.toThrow('somebody else');
    await closeToOthers(join(ours, 'receipts'), me);
  });
});
