import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Reuse, readTiming, reuseOf } from './reuse.ts';

/** Times as the browsers gave them, ms since the request began; the server said which connections were reused. */
const measured = {
  'Chromium, first request': [{ fetchStart: 0, connectEnd: 17.4, requestStart: 17.7 }, 'new'],
  'Chromium, again': [{ fetchStart: 0, connectEnd: 0, requestStart: 0.8 }, 'reused'],
  'Chromium, 80 ms away, first': [{ fetchStart: 0, connectEnd: 262.9, requestStart: 263.8 }, 'new'],
  'Chromium, HTTP/2, after the limit': [{ fetchStart: 0, connectEnd: 2.7, requestStart: 3 }, 'new'],
  'Firefox through a proxy, first': [{ fetchStart: 0, connectEnd: 12, requestStart: 12 }, 'new'],
  'Firefox through a proxy, after the limit': [{ fetchStart: 0, connectEnd: 4, requestStart: 4 }, 'new'],
  'Firefox, again, late': [{ fetchStart: 0, connectEnd: 0, requestStart: 39 }, 'reused'],
} as const;

describe("a request's times", () => {
  it.each(Object.entries(measured))('%s', (_, [{ fetchStart, connectEnd, requestStart }, reuse]) => {
    const began = 1_234.5;
    expect(
      readTiming({
        fetchStart: began + fetchStart,
        connectEnd: began + connectEnd,
        requestStart: began + requestStart,
      }),
    ).toBe(reuse);
  });

  it('tell nothing where the browser keeps them to itself', () => {
    expect(readTiming({ fetchStart: 10, connectEnd: 0, requestStart: 0 })).toBe('unknown');
  });
});

describe('a request', () => {
  const url = 'https://acme.fogbugz.com/api.xml';
  const late = () => new Promise<void>(resolve => setImmediate(resolve));

  afterEach(() => {
    vi.useRealTimers();
    performance.clearResourceTimings();
  });

  it('that was noted before its answer was read', async () => {
    const from = performance.now();
    note(url, 'reused');
    expect(await reuseOf(url, from)).toBe('reused');
  });

  it('that is noted a moment after its answer was read', async () => {
    const from = performance.now();
    const reuse = reuseOf(url, from);
    await late();
    note('https://beta.fogbugz.com/api.xml', 'reused');
    await late();
    note(url, 'new');
    expect(await reuse).toBe('new');
  });

  it('is not taken for an earlier one to the same address', async () => {
    note(url, 'new');
    await late();
    const from = performance.now();
    const reuse = reuseOf(url, from);
    await late();
    note(url, 'reused');
    expect(await reuse).toBe('reused');
  });

  it('that is not noted at all is waited for two seconds, and tells nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let reuse: Reuse | undefined;
    void reuseOf(url, performance.now()).then(told => {
      reuse = told;
    });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(reuse).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(reuse).toBe('unknown');
  });

  it('leaves room for those to come', async () => {
    const from = performance.now();
    for (let count = 0; count < 101; count += 1) note(url, 'reused');
    expect(await reuseOf(url, from)).toBe('reused');
    expect(performance.getEntriesByType('resource')).toEqual([]);
  });
});

/** Has the platform note a request that was begun now, as a browser does for `fetch`. */
function note(url: string, reuse: 'reused' | 'new'): void {
  const now = performance.now();
  const connected = reuse === 'new' ? now + 2 : now;
  const timing = {
    startTime: now,
    redirectStartTime: 0,
    redirectEndTime: 0,
    postRedirectStartTime: now,
    finalServiceWorkerStartTime: 0,
    finalNetworkRequestStartTime: now + 3,
    finalNetworkResponseStartTime: now + 4,
    endTime: now + 5,
    encodedBodySize: 0,
    decodedBodySize: 0,
    finalConnectionTimingInfo: {
      domainLookupStartTime: now,
      domainLookupEndTime: now,
      connectionStartTime: now,
      connectionEndTime: connected,
      secureConnectionStartTime: now,
      ALPNNegotiatedProtocol: 'http/1.1',
    },
  };
  performance.markResourceTiming(timing, url, 'fetch', globalThis, '');
}
