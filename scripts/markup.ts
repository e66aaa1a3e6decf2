import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Where code under a folder makes markup from text, each as `FILE:LINE: the line`. Reads the files itself, so that it
 * finds the same in a repository and in an unpacked source package. Throws where there is nothing to read.
 */
export function markupFromText(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  if (files.length === 0) throw new Error(`There is nothing in ${folder}`);
  return files.flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySet/.test(line)
          ? [`${relative(folder, file)}:${index + 1}: ${line.trim()}`]
          : [],
      ),
  );
}
