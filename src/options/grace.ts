import { maxGraceSeconds } from '../session/settings.ts';

/** The seconds that a field holds, if it holds a wait on offer. */
export function parseGrace(text: string): number | undefined {
  if (!/^\s*\d+\s*$/.test(text)) return undefined;
  const seconds = Number(text);
  return seconds <= maxGraceSeconds ? seconds : undefined;
}
