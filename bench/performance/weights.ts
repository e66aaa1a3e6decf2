/** What each module and each dependency weighs in what the worker parses as it starts, from the build's own source maps. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { build } from 'vite';
import { root } from '../../scripts/package/names.ts';
import { type Started, startedBy } from '../../scripts/sizes.ts';

const mapSchema = v.looseObject({
  version: v.number(),
  sources: v.array(v.string()),
  names: v.array(v.string()),
  mappings: v.string(),
  file: v.optional(v.string(), ''),
  sourceRoot: v.optional(v.string(), ''),
  sourcesContent: v.optional(v.array(v.string()), []),
});

/** Bytes of the worker's start by source file, heaviest first; what belongs to no file stands under `the bundler`. */
export async function weigh(): Promise<readonly (readonly [string, number])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weights-'));
  try {
    await build({
      root,
      mode: 'chrome',
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true, sourcemap: 'hidden' },
    });
    const weights = new Map<string, number>();
    for (const chunk of startedBy(folder).chunks) {
      for (const [source, bytes] of weighChunk(chunk))
        weights.set(source, (weights.get(source) ?? 0) + bytes);
    }
    return [...weights].sort(([, a], [, b]) => b - a);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every character belongs to the mapping that comes last before it. */
function weighChunk({ file, code }: Started['chunks'][number]): ReadonlyMap<string, number> {
  // The worker's loader is written by hand and has none.
  if (!existsSync(`${file}.map`)) return new Map([['the loader', code.length]]);
  const map = new SourceMap(v.parse(mapSchema, JSON.parse(readFileSync(`${file}.map`, 'utf8'))));
  const weights = new Map<string, number>();
  code.split('\n').forEach((line, number) => {
    for (let column = 0; column < line.length; column += 1) {
      const entry = map.findEntry(number, column);
      const source =
        'originalSource' in entry && entry.originalSource !== undefined
          ? sourceName(entry.originalSource)
          : 'the bundler';
      weights.set(source, (weights.get(source) ?? 0) + 1);
    }
  });
  return weights;
}

function sourceName(source: string): string {
  const [, dependency] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
  if (dependency !== undefined) return dependency;
  const [, ours] = /(src\/.*)$/.exec(source) ?? [];
  return ours ?? basename(source);
}
