import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';

const manifestSchema = v.looseObject({
  background: v.looseObject({
    service_worker: v.optional(v.string()),
    scripts: v.optional(v.array(v.string())),
  }),
});

/**
 * What may not grow without somebody deciding it, in bytes. They stand a little above what there is; docs/performance.md
 * says what the sizes are made of, and what they were to be.
 */
export const budgets = { parsed: 122_300, gzipped: 43_000, packed: 193_000 } as const;

export type Started = {
  readonly chunks: readonly { readonly file: string; readonly code: string }[];
  /** Of all that is parsed before the worker's listeners are registered. */
  readonly bytes: number;
  /** Each file gzipped by itself, as a network would carry it. */
  readonly gzipped: number;
};

/** What a worker of this build parses as it starts: the file that the manifest names, and all that it imports. */
export function startedBy(build: string): Started {
  const { background } = v.parse(
    manifestSchema,
    JSON.parse(readFileSync(join(build, 'manifest.json'), 'utf8')),
  );
  const [entry] =
    typeof background.service_worker === 'string' ? [background.service_worker] : (background.scripts ?? []);
  if (entry === undefined) throw new Error(`${build} has no worker`);
  const chunks = [...modulesFrom([join(build, entry)])].map(([file, code]) => ({ file, code }));
  return {
    chunks,
    bytes: sum(chunks.map(({ code }) => Buffer.byteLength(code))),
    gzipped: sum(chunks.map(({ code }) => gzipSync(code, { level: 9 }).length)),
  };
}

/** The code of these modules and of all that they import, by file. */
export function modulesFrom(entries: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    const code = readFileSync(file, 'utf8');
    files.set(file, code);
    for (const [, imported = ''] of code.matchAll(/\b(?:import|from)\s*["'](\.{1,2}\/[^"']+)["']/g))
      visit(join(dirname(file), imported));
  };
  entries.forEach(visit);
  return files;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** Says what of a build, or of its package, is over its budget. */
export function overBudget(build: string, archive: string): readonly string[] {
  const { bytes, gzipped } = startedBy(build);
  const sizes = { parsed: bytes, gzipped, packed: statSync(archive).size };
  return (['parsed', 'gzipped', 'packed'] as const).flatMap(name =>
    sizes[name] > budgets[name] ? [`${name}: ${sizes[name]} bytes, and the budget is ${budgets[name]}`] : [],
  );
}
