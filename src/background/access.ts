/**
 * Which sites the browser no longer lets the extension into. Their cookies and pages can't be seen, and what is not
 * seen is not gone.
 */
export function createAccess(
  bases: () => Iterable<string>,
  /** Whether it is still one of them. */
  isBase: (base: string) => boolean,
  withoutPermission: (bases: readonly string[]) => Promise<readonly string[]>,
  changed: () => void,
) {
  let missing: ReadonlySet<string> = new Set();
  return {
    async look(): Promise<void> {
      missing = new Set(await withoutPermission([...new Set(bases())]));
      changed();
    },
    /** Those of them that there are still. Asked at every change of anything. */
    missing: (): ReadonlySet<string> => new Set([...missing].filter(isBase)),
  };
}
