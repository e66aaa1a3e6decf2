import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { modulesFrom } from './sizes.ts';

/** The modules that a page of a build imports and its HTML does not name: the browser would fetch them one layer late. */
export function lateIn(build: string, page: string): readonly string[] {
  const html = readFileSync(join(build, page), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, file = '']) => file);
  if (named.length === 0) throw new Error(`${page} has no script`);
  const all = [...modulesFrom(named.map(file => join(build, file))).keys()];
  return all.map(file => relative(build, file).replaceAll('\\', '/')).filter(file => !named.includes(file));
}
