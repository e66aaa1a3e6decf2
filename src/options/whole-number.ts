export type Bounds = { readonly least: number; readonly most: number };

/** The whole number that a field holds, if it is one on offer. */
export function parseWholeNumber(text: string, { least, most }: Bounds): number | undefined {
  if (!/^\s*\d+\s*$/.test(text)) return undefined;
  const number = Number(text);
  return number >= least && number <= most ? number : undefined;
}
