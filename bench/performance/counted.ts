import type { Stage } from '../../e2e/stage.ts';

/** What an extension's worker has asked of the browser since it is counted: calls, and the bytes that it has written. */
export type Counted = { readonly calls: number; readonly bytes: number };

/**
 * From now on counts, in the worker that runs, all calls of the browser but those that never leave the worker and the two
 * that keep it awake, three times a minute whatever happens.
 */
export async function countCalls({ browser }: Stage): Promise<() => Promise<Counted>> {
  await browser.inWorker(count);
  return async () => {
    const counted = await browser.inWorker<Counted | null>('return globalThis.counted ?? null');
    if (!counted) throw new Error('Another worker has come, in which nothing was counted');
    return counted;
  };
}

// The polyfill looks functions up at each call.
const count = `
  const counted = globalThis.counted = { calls: 0, bytes: 0 };
  const leftOut = new Set([
    'constructor', 'getURL', 'getManifest', 'getMessage', 'getUILanguage', 'getPlatformInfo', 'queryState',
  ]);
  const seen = new Set();
  const watch = (owner, path) => {
    if (seen.has(owner)) return;
    seen.add(owner);
    for (let level = owner; level && level !== Object.prototype; level = Object.getPrototypeOf(level))
      for (const name of Object.getOwnPropertyNames(level)) {
        if (leftOut.has(name)) continue;
        let value;
        try { value = owner[name]; } catch { continue; }
        if (value && typeof value === 'object' && typeof value.addListener !== 'function') watch(value, path + '.' + name);
        if (typeof value !== 'function') continue;
        Object.defineProperty(owner, name, {
          configurable: true,
          writable: true,
          value: (...given) => {
            counted.calls += 1;
            if (path.startsWith('chrome.storage.') && name === 'set') counted.bytes += JSON.stringify(given[0]).length;
            return value.apply(owner, given);
          },
        });
      }
  };
  watch(chrome, 'chrome');`;
