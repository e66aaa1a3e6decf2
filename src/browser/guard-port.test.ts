import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** The Guard's end of the line, as `runtime.connectNative` gives it. */
let answer: (message: unknown) => void;
let end: () => void;
let posted: object[];
let disconnected: number;
let connectNative: ((name: string) => unknown) | undefined;
let port: typeof import('./guard-port.ts');

const listens = (listener: typeof answer): void => {
  answer = listener;
};
const ends = (listener: typeof end): void => {
  end = listener;
};

beforeEach(async () => {
  posted = [];
  disconnected = 0;
  connectNative = () => ({
    onMessage: { addListener: listens },
    onDisconnect: { addListener: ends },
    postMessage: (message: object) => void posted.push(message),
    disconnect: () => void disconnected++,
  });
  vi.useFakeTimers();
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: { runtime: { connectNative } } }));
  port = await import('./guard-port.ts');
});
afterEach(() => void vi.useRealTimers());

describe('which browser it is', () => {
  it('is asked without a hello, on a line that is closed with the answer', async () => {
    const asked = port.askWhichBrowser();
    expect(posted).toEqual([{ do: 'which-browser' }]);
    answer({ is: 'browser', run: 'boot 42 1000' });
    expect(await asked).toBe('boot 42 1000');
    expect(disconnected).toBe(1);
  });

  it.each([
    ['does not know', () => answer({ is: 'browser' })],
    ['is older than the question', () => answer({ is: 'refused', why: 'unknown' })],
    ['is not there', () => end()],
    ['never answers', () => void vi.advanceTimersByTime(3_000)],
  ])('is unknown where the Guard %s', async (_, happen) => {
    const asked = port.askWhichBrowser();
    happen();
    expect(await asked).toBeUndefined();
  });
});

describe('where this worker may not connect', () => {
  it.each<[string, typeof connectNative]>([
    ['has no function for it', undefined],
    [
      'is refused',
      () => {
        throw new Error('Access denied for extension');
      },
    ],
  ])('it is unknown: it %s', async (_, found) => {
    connectNative = found;
    vi.resetModules();
    vi.doMock('webextension-polyfill', () => ({ default: { runtime: { connectNative } } }));
    port = await import('./guard-port.ts');
    expect(await port.askWhichBrowser()).toBeUndefined();
  });
});
