import type { Try } from './part.ts';

/** Of an even number, what lies between the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}

export function valuesOf(tries: readonly Try[], name: string): readonly number[] {
  return tries.flatMap(({ values }) => values[name] ?? []);
}

/**
 * How many times as long, as big: try by try, for those that stand beside each other were made one right after the
 * other. The median of these ratios, and the least and the most of them.
 */
export function ratio(ours: readonly Try[], theirs: readonly Try[], name: string): string {
  const ratios = ours.flatMap(({ values }, index) => {
    const [mine, other] = [values[name], theirs[index]?.values[name]];
    return mine !== undefined && other !== undefined && other > 0 ? [mine / other] : [];
  });
  return ratios.length === 0 ? '–' : spread(ratios, number => number.toFixed(2));
}

/** `12 (9–31)`: the median, and the range. */
export function spread(
  values: readonly number[],
  say = (number: number) => String(Math.round(number)),
): string {
  return values.length === 0
    ? '–'
    : `${say(median(values))} (${say(Math.min(...values))}–${say(Math.max(...values))})`;
}

/** `3 of 5`: in how many tries it came at all. */
export function share(tries: readonly Try[], name: string): string {
  return `${valuesOf(tries, name).length} of ${tries.length}`;
}

export function table(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [titles, titles.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`);
}

/** The same where one try has measured both, under two names. */
export function ratioWithin(tries: readonly Try[], name: string, other: string): string {
  const ratios = tries.flatMap(({ values }) => {
    const [mine, theirs] = [values[name], values[other]];
    return mine !== undefined && theirs !== undefined && theirs > 0 ? [mine / theirs] : [];
  });
  return spread(ratios, number => number.toFixed(2));
}
