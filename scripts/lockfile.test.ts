import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { root } from './package/names.ts';

const names = v.record(v.string(), v.string());
const packageSchema = v.object({
  name: v.string(),
  version: v.string(),
  license: v.string(),
  dependencies: names,
  devDependencies: names,
  engines: names,
});
const lockSchema = v.object({
  lockfileVersion: v.literal(3),
  packages: v.record(v.string(), v.looseObject({})),
});

const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
const about = v.parse(packageSchema, read('package.json'));
const { '': own, ...locked } = v.parse(lockSchema, read('package-lock.json')).packages;

/** What is the matter with an entry: its bytes have to be fixed, and where they are fetched is the user's own setting. */
function faultsOf(entry: Readonly<Record<string, unknown>>): readonly string[] {
  const { integrity, resolved, link } = entry;
  return [
    ...(typeof integrity === 'string' && /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) ? [] : ['no sha512']),
    ...(resolved === undefined ? [] : ['an address']),
    ...(link === undefined ? [] : ['a link']),
  ];
}

describe('the lockfile', () => {
  it('is that of package.json', () => {
    expect(own).toEqual(about);
  });

  it('has a package for each that package.json asks for', () => {
    const asked = Object.keys({ ...about.dependencies, ...about.devDependencies });
    expect(asked.filter(name => !Object.hasOwn(locked, `node_modules/${name}`))).toEqual([]);
  });

  it('fixes the bytes of each package, and names no place to get them from', () => {
    const wrong = Object.entries(locked).flatMap(([path, entry]) =>
      faultsOf(entry).map(fault => `${path}: ${fault}`),
    );
    expect(wrong).toEqual([]);
    expect(Object.keys(locked).length).toBeGreaterThan(Object.keys(about.devDependencies).length);
  });

  it('would not pass with a weak checksum, an address or a link', () => {
    expect(faultsOf({ integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' })).toEqual(['no sha512']);
    expect(faultsOf({ resolved: 'https://registry.example/a.tgz', link: true })).toEqual([
      'no sha512',
      'an address',
      'a link',
    ]);
  });
});
