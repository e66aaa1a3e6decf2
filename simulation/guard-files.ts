import { posix } from 'node:path';

/** The disk that the Guard writes to. Paths are posix ones; there are no links and nobody else's files. */
export class GuardFiles {
  readonly #files = new Map<string, string>();
  /** No byte more fits. */
  full = false;

  /** What a program imports as `node:fs/promises`, as work to be done at once. Throws as the real ones reject. */
  readonly calls = {
    mkdir: () => this.#grow(),
    chmod: () => undefined,
    readFile: (path: string) => this.read(path),
    writeFile: (path: string, text: string, { flag = 'w' }: { readonly flag?: string } = {}) => {
      this.#grow();
      if (flag === 'wx' && this.#files.has(path)) throw failure('EEXIST');
      this.#files.set(path, text);
    },
    rename: (from: string, to: string) => {
      this.#files.set(to, this.read(from));
      this.#files.delete(from);
    },
    rm: (path: string) => void this.#files.delete(path),
    readdir: (folder: string) => {
      const names = this.below(folder).map(path => posix.basename(path));
      if (names.length === 0) throw failure('ENOENT');
      return names;
    },
  };

  read(path: string): string {
    const text = this.#files.get(path);
    if (text === undefined) throw failure('ENOENT');
    return text;
  }

  /** The paths of a folder's files. */
  below(folder: string): readonly string[] {
    return [...this.#files.keys()].filter(path => posix.dirname(path) === folder);
  }

  #grow(): void {
    if (this.full) throw failure('ENOSPC');
  }
}

const failure = (code: string): Error => Object.assign(new Error(code), { code });
