import { describe, expect, it } from 'vitest';
import { readTiming, reuseOf } from './reuse.ts';

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

  it('tell nothing of a request that was not noted', () => {
    expect(reuseOf('https://acme.fogbugz.com/api.xml', 0)).toBe('unknown');
  });
});
