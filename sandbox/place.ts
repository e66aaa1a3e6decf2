/** Where an installation lives, and where it lived before. Paths have a slash at both ends. */
export class Place {
  #base: string;
  #left = new Map<string, MovedStatus>();

  constructor(path: string) {
    this.#base = withSlashes(path);
  }

  get base(): string {
    return this.#base;
  }

  /** Moves the installation; from now on what is asked of the old path is redirected. */
  move(path: string, status: MovedStatus): void {
    this.#left.set(this.#base, status);
    this.#base = withSlashes(path);
    this.#left.delete(this.#base);
  }

  /** Where a path leads that belongs to where the installation lived before. The longest base that fits counts. */
  forward(path: string): Forward | undefined {
    const [from] = [this.#base, ...this.#left.keys()]
      .filter(base => path.startsWith(base) || `${path}/` === base)
      .sort((a, b) => b.length - a.length);
    const status = from === undefined ? undefined : this.#left.get(from);
    if (from === undefined || status === undefined) return undefined;
    return { from, to: this.#base + path.slice(from.length), status };
  }
}

/** Both keep the method and the body of what is redirected. */
export type MovedStatus = 307 | 308;

type Forward = { readonly from: string; readonly to: string; readonly status: MovedStatus };

function withSlashes(path: string): string {
  return `/${path}/`.replace(/\/{2,}/g, '/');
}
