import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './package/names.ts';

/** What each room of `src` may import, out of the table in docs/architecture.md. */
const rooms = new Map(
  readFileSync(join(root, 'docs/architecture.md'), 'utf8')
    .split('\n')
    .flatMap(line => {
      const [, room, may] = /^\| `src\/([\w-]+)(?:\.ts)?` \|.*\|([^|]*)\|$/.exec(line) ?? [];
      return room && may
        ? [[room, new Set([...may.matchAll(/`([\w-]+)`/g)].map(([, name]) => name))] as const]
        : [];
    }),
);

const roomOf = (path: string): string => /^src\/([\w-]+)/.exec(path)?.[1] ?? '';

/** Of what is shipped: tests and their stages may look into every room. */
const shipped = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map(path => join('src', path).replaceAll('\\', '/'))
  .filter(path => /\.tsx?$/.test(path) && !/\.test\.|\/stage\//.test(path));

it.each(shipped)('%s imports nothing that its room may not', path => {
  const imports = [...readFileSync(join(root, path), 'utf8').matchAll(/from '(\.[^']+)'/g)].map(
    ([, to = '']) => roomOf(normalize(join(dirname(path), to)).replaceAll('\\', '/')),
  );
  const own = roomOf(path);
  const may = rooms.get(own);
  expect(may, `docs/architecture.md says nothing of ${own}`).toBeDefined();
  expect(imports.filter(to => to !== '' && to !== own && !may?.has(to))).toEqual([]);
});

it('knows every room', () => {
  expect([...rooms.keys()].sort()).toEqual([...new Set(shipped.map(roomOf))].sort());
});
