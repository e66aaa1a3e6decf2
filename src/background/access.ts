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
      const ask = () => withoutPermission([...new Set(bases())]);
      // Not to know is to take pages that are hidden for gone.
      missing = new Set(await ask().catch(ask));
      changed();
    },
    /** Those of them that there are still. Asked at every change of anything. */
    missing: (): ReadonlySet<string> => new Set([...missing].filter(isBase)),
  };
}
