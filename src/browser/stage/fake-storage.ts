import type { Call } from './fake-api.ts';
import type { FakeBrowser } from './fake-browser.ts';
import type { FakeEvents } from './fake-events.ts';

export type Items = Record<string, unknown>;

/** The storage areas of a browser in memory, for one worker. */
export function createAreas(browser: FakeBrowser, events: FakeEvents, call: Call) {
  const refuseSync = (area: string): void => {
    if (area === 'synced' && browser.syncIs === 'refused') throw new Error('Sync is switched off');
  };
  const areaNames = { disk: 'local', memory: 'session', synced: 'sync' } as const;
  return (name: 'disk' | 'memory' | 'synced') => ({
    get: (keys: null | string | readonly string[]) =>
      call(`${areaNames[name]}.get ${keyKind(keys)}`, () => {
        refuseSync(name);
        const wanted = typeof keys === 'string' ? [keys] : keys;
        return Object.fromEntries(
          Object.entries(browser[name]).filter(([key]) => wanted?.includes(key) ?? true),
        );
      }),
    set: (items: Items) => {
      const text = JSON.stringify(items);
      browser.bytesWritten += text.length;
      const copy: Items = JSON.parse(text);
      return call(`${areaNames[name]}.set ${keyKind(Object.keys(items))}`, () => {
        if (name === 'disk' && browser.diskIs === 'full') throw new Error('QUOTA_BYTES quota exceeded');
        refuseSync(name);
        if (name === 'synced') refuseLongItems(copy);
        browser[name] = { ...browser[name], ...copy };
        events.storageChanged.fire(copy, areaNames[name]);
      });
    },
    remove: (keys: string | readonly string[]) =>
      call(`${areaNames[name]}.remove ${keyKind(keys)}`, () => {
        const gone = typeof keys === 'string' ? [keys] : keys;
        browser[name] = Object.fromEntries(
          Object.entries(browser[name]).filter(([key]) => !gone.includes(key)),
        );
        events.storageChanged.fire({}, areaNames[name]);
      }),
    setAccessLevel: () => call(`${areaNames[name]}.setAccessLevel`, () => undefined),
  });
}

/** What the keys of a call are about, without the ids in them. */
function keyKind(keys: null | string | readonly string[]): string {
  const [first = 'nothing'] = typeof keys === 'string' ? [keys] : (keys ?? ['everything']);
  return first.split(':', 1)[0] ?? '';
}

/** As both browsers count: the key, and the value as JSON, in bytes. */
function refuseLongItems(items: Items): void {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  for (const [key, value] of Object.entries(items)) {
    if (bytes(key) + bytes(JSON.stringify(value)) > 8192)
      throw new Error('QUOTA_BYTES_PER_ITEM quota exceeded');
  }
}
