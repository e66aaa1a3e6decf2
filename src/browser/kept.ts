/**
 * The newer of two values, made of the older one's pieces wherever they are equal: what was read again and has not
 * changed stays the same object. Of plain data, as JSON has it. In lists, what has an `id` is known by it, wherever it
 * stands; all else by its place.
 */
export function kept<T>(before: T, after: T): T;
export function kept(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before;
  if (Array.isArray(before) && Array.isArray(after)) return keptList(before, after);
  if (isPlain(before) && isPlain(after)) return keptObject(before, after);
  return after;
}

type Plain = Readonly<Record<string, unknown>>;

function keptList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const known = new Map(before.flatMap(one => (isPlain(one) && 'id' in one ? [[one.id, one]] : [])));
  const pieces = after.map((one, index) =>
    kept(isPlain(one) && 'id' in one ? known.get(one.id) : before[index], one),
  );
  const same = pieces.length === before.length && pieces.every((one, index) => one === before[index]);
  return same ? before : pieces;
}

function keptObject(before: Plain, after: Plain): Plain {
  const pieces = Object.fromEntries(Object.entries(after).map(([key, one]) => [key, kept(before[key], one)]));
  const keys = Object.keys(pieces);
  const same =
    keys.length === Object.keys(before).length &&
    keys.every(key => Object.hasOwn(before, key) && pieces[key] === before[key]);
  return same ? before : pieces;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
