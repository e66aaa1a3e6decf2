import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks again and again until the answer is truthy, and gives it.
 *
 * @param what names what is awaited, for the error after `ms` milliseconds.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { ms = 30_000, every = 25 }: { readonly ms?: number; readonly every?: number } = {},
): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
  const limit = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (Date.now() >= limit) throw new Error(`Waited ${ms} ms in vain for ${what}`);
    await wait(every);
  }
}

/** Waits for a promise, but not longer than `ms` milliseconds. */
export async function within<T>(what: string, promise: Promise<T>, ms = 30_000): Promise<T> {
  const late = new AbortController();
  const limit = wait(ms, undefined, { signal: late.signal }).then(() => {
    throw new Error(`Waited ${ms} ms in vain for ${what}`);
  });
  limit.catch(() => undefined); // cut short below
  try {
    return await Promise.race([promise, limit]);
  } finally {
    late.abort();
  }
}

function isThere<T>(answer: T): answer is Exclude<T, undefined | null | false | 0 | ''> {
  return Boolean(answer);
}
