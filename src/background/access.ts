/**
 * Which sites the browser no longer lets the extension into. Their cookies and pages can't be seen, and what is not
 * seen is not gone.
 */
export function createAccess(
  bases: () => Iterable<string>,
  /** Whether it is still one of them. */
  isBase: (base: string) => boolean,
  isPermitted: (base: string) => Promise<boolean>,
  changed: () => void,
) {
  let missing: ReadonlySet<string> = new Set();
  return {
    async look(): Promise<void> {
      const all = [...new Set(bases())];
      const lost = await Promise.all(all.map(async base => ((await isPermitted(base)) ? [] : [base])));
      missing = new Set(lost.flat());
      changed();
    },
    /** Those of them that there are still. Asked at every change of anything. */
    missing: (): ReadonlySet<string> => new Set([...missing].filter(isBase)),
  };
}
