import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Puts lines between a pair of marks in a page of `docs`, in the place of those before. @throws if it has no such marks. */
export function putBetween(page: string, name: string, lines: readonly string[]): void {
  const file = fileURLToPath(new URL(`../docs/${page}`, import.meta.url));
  const [from, to] = [`<!-- measured ${name} -->`, `<!-- /measured ${name} -->`];
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(from), text.indexOf(to)];
  if (begin < 0 || end < 0) throw new Error(`docs/${page} has lost the marks of ${name}`);
  writeFileSync(file, `${text.slice(0, begin)}${[from, ...lines].join('\n')}\n${text.slice(end)}`);
}
