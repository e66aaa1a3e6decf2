const longestMs = 24 * 60 * 60 * 1000;

/**
 * A `Retry-After` header, seconds or an HTTP date, as milliseconds from `now`: never negative, at most a day.
 * `undefined` when there is none or it makes no sense. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestMs);
}
