import { statSync } from 'node:fs';
import { join } from 'node:path';
import { packages, packagesFolder, root } from '../../scripts/package/names.ts';
import { budgets, startedBy } from '../../scripts/sizes.ts';
import { table } from './compare.ts';
import { weigh } from './weights.ts';

/** What they were to be, in bytes. */
const goals = { parsed: 45_000, gzipped: 16_000, packed: 150_000 } as const;

/** The tables of what is parsed and packed, from the builds and packages as `npm run package` left them. */
export async function sizesLines(): Promise<readonly string[]> {
  const rows = (['chrome', 'firefox'] as const).flatMap(browser => {
    const { bytes, gzipped } = startedBy(join(root, 'dist', browser));
    const sizes = { parsed: bytes, gzipped, packed: statSync(join(packagesFolder, packages[browser])).size };
    const words = {
      parsed: 'JavaScript that a worker parses as it starts',
      gzipped: 'the same, each file gzipped',
      packed: 'the package',
    };
    return (['parsed', 'gzipped', 'packed'] as const).map(name => [
      browser,
      words[name],
      kilobytes(sizes[name]),
      kilobytes(goals[name]),
      kilobytes(budgets[name]),
    ]);
  });
  const weights = await weigh();
  const isOurs = (name: string) => name.startsWith('src/');
  const rooms = new Map<string, number>();
  for (const [name, bytes] of weights) {
    const room = isOurs(name)
      ? name
          .split('/')
          .slice(0, name.split('/').length > 2 ? 2 : 1)
          .join('/')
      : name;
    rooms.set(room, (rooms.get(room) ?? 0) + bytes);
  }
  return [
    ...table(['build', 'what', 'is', 'goal', 'budget of the gate'], rows),
    '',
    'What it is made of, in the Chromium build:',
    '',
    ...table(
      ['what', 'bytes'],
      [...rooms].sort(([, a], [, b]) => b - a).map(([room, bytes]) => [room, String(bytes)]),
    ),
    '',
    'The heaviest modules of our own:',
    '',
    ...table(
      ['module', 'bytes'],
      weights
        .filter(([name]) => isOurs(name))
        .slice(0, 12)
        .map(([name, bytes]) => [name, String(bytes)]),
    ),
  ];
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
