import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The program to drive: what the environment variable names, or the first of `names` that the `PATH` has. */
export function programOf(variable: 'CHROMIUM' | 'FIREFOX', names: readonly string[]): string {
  const { [variable]: named, PATH = '' } = process.env;
  if (named) return named;
  const found = names
    .flatMap(name => PATH.split(delimiter).map(folder => join(folder, name)))
    .find(isExecutable);
  if (!found) throw new Error(`None of ${names.join(', ')} is installed; name one in ${variable}`);
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
