import { isFirefox } from './vendor.ts';

/** What a request has shown of the connection that was to be kept open. */
export type Reuse =
  /** It was still up. */
  | 'reused'
  /** The request had to set up another one. */
  | 'new'
  /** Nobody answered. */
  | 'unanswered'
  /** The browser doesn't tell. */
  | 'unknown';

/** Of a request's times, ms; all 0 where the browser keeps them to itself. */
export type Timing = Pick<
  PerformanceResourceTiming,
  'startTime' | 'fetchStart' | 'connectStart' | 'connectEnd' | 'secureConnectionStart' | 'requestStart'
>;

/** The browser stops noting requests at 250. */
const mostEntries = 100;

/**
 * Whether the request to `url` that was begun at `from` (`performance.now()`) found a connection open.
 * https://www.w3.org/TR/resource-timing/#attribute-descriptions
 */
export function reuseOf(url: string, from: number, store: Performance = performance): Reuse {
  const timing = store
    .getEntriesByName(url, 'resource')
    .filter(entry => entry instanceof PerformanceResourceTiming)
    .findLast(({ startTime }) => startTime >= from);
  if (store.getEntriesByType('resource').length > mostEntries) store.clearResourceTimings();
  return timing ? readTiming(timing) : 'unknown';
}

export function readTiming({ connectStart, connectEnd, requestStart }: Timing): Reuse {
  if (requestStart === 0) return 'unknown';
  return isFirefox ? 'unknown' : connectStart === connectEnd ? 'reused' : 'new';
}
