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

/**
 * How long the browser gets to note a request after its answer has been read, ms: to Chromium these are two events, and
 * on a busy computer the second one may come a turn late (docs/decisions/0093).
 */
const noteWithinMs = 2_000;

/**
 * Whether the request to `url` that was begun at `from` (`performance.now()`) found a connection open. To be asked in
 * the turn in which its answer has been read: nobody else is told of a request later.
 */
export async function reuseOf(url: string, from: number): Promise<Reuse> {
  const timing = timingIn(performance, url, from) ?? (await timingToCome(url, from));
  if (performance.getEntriesByType('resource').length > mostEntries) performance.clearResourceTimings();
  return timing ? readTiming(timing) : 'unknown';
}

/** The last request to `url` in a list, if it was begun at `from` or later. */
function timingIn(
  list: Pick<Performance, 'getEntriesByName'>,
  url: string,
  from: number,
): PerformanceResourceTiming | undefined {
  return list
    .getEntriesByName(url, 'resource')
    .filter(entry => entry instanceof PerformanceResourceTiming)
    .findLast(({ startTime }) => startTime >= from);
}

function timingToCome(url: string, from: number): Promise<PerformanceResourceTiming | undefined> {
  return new Promise(resolve => {
    const end = (timing: PerformanceResourceTiming | undefined): void => {
      observer.disconnect();
      clearTimeout(limit);
      resolve(timing);
    };
    const observer = new PerformanceObserver(list => {
      const timing = timingIn(list, url, from);
      if (timing) end(timing);
    });
    observer.observe({ type: 'resource' });
    // A last look: Firefox has noted requests of which it told no observer.
    const limit = setTimeout(() => end(timingIn(performance, url, from)), noteWithinMs);
  });
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
