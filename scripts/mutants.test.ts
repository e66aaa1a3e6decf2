import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mutants, promises, withoutLogic } from './mutants/list.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const all = Object.entries(mutants);
const rooms = ['src/session', 'src/background', 'src/fogbugz', 'src/guard'];
const files = rooms.flatMap(room =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.ts$/.test(name) && !/\.test\.ts$/.test(name) && !name.startsWith('stage/'))
    .map(name => `${room}/${name}`),
);

describe('the breakages on purpose', () => {
  it('still stand in the source, each once, and change it', () => {
    const wrong = all.filter(
      ([, { file, find, replace }]) =>
        find === replace || readFileSync(join(root, file), 'utf8').split(find).length !== 2,
    );
    expect(wrong.map(([name, { file }]) => `${name} (${file})`)).toEqual([]);
  });

  it.each(promises)('break promise %i in five ways at least', promise => {
    expect(all.filter(([name]) => name.startsWith(`${promise}:`)).length).toBeGreaterThanOrEqual(5);
  });

  it('break every file that decides anything', () => {
    const broken = new Set(all.map(([, { file }]) => file));
    expect(files.filter(file => !broken.has(file) && !Object.hasOwn(withoutLogic, file))).toEqual([]);
    expect(Object.keys(withoutLogic).filter(file => broken.has(file) || !files.includes(file))).toEqual([]);
  });

  it('have names of their own', () => {
    const names = ['background', 'fogbugz', 'guard', 'invariants', 'promises', 'session'].flatMap(name =>
      [...readFileSync(join(root, 'scripts', 'mutants', `${name}.ts`), 'utf8').matchAll(/\bfind:/g)].map(
        () => name,
      ),
    );
    expect(all).toHaveLength(names.length);
  });
});
