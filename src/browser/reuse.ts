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

/** The browser stops noting requests at 250. */
const mostEntries = 100;

/** Whether the request to `url` that was begun at `from` (`performance.now()`) found a connection open. */
export function reuseOf(url: string, from: number, store: Performance = performance): Reuse {
  const timing = store
    .getEntriesByName(url, 'resource')
    .filter(entry => entry instanceof PerformanceResourceTiming)
    .findLast(({ startTime }) => startTime >= from);
  if (store.getEntriesByType('resource').length > mostEntries) store.clearResourceTimings();
  return timing ? readTiming(timing) : 'unknown';
}

/**
 * Without a connection to set up, connecting has ended when fetching starts
 * (https://www.w3.org/TR/resource-timing/#dom-performanceresourcetiming-connectend). Both browsers keep to it; with a
 * proxy, Firefox shows no time between the start and the end of connecting, but some before it. All times are 0 where
 * the browser keeps them to itself.
 */
export function readTiming({
  fetchStart,
  connectEnd,
  requestStart,
}: Pick<PerformanceResourceTiming, 'fetchStart' | 'connectEnd' | 'requestStart'>): Reuse {
  if (requestStart === 0) return 'unknown';
  return connectEnd <= fetchStart ? 'reused' : 'new';
}
