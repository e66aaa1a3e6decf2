import type { Wish } from './wishes.ts';

/** Cells that stay empty whatever is tried. `points` and `names`: each of the one with each of the other. */
type Impossible = {
  readonly names: readonly string[];
  readonly points: readonly string[];
  readonly because: string;
};

const impossible: readonly Impossible[] = [
  {
    names: ['storage fails', 'call fails'],
    points: ['nothing'],
    because: 'a call that fails has to be there',
  },
  {
    names: ['guard hears garbage'],
    points: ['get everything'],
    because: 'the pipe opens once the sessions have been read, and closes with the worker',
  },
];

/** Why this can't be, if it is known not to. */
export function whyNot({ name, point }: Wish): string | undefined {
  return impossible.find(({ names, points }) => names.includes(name) && points.includes(point))?.because;
}
