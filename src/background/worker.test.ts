import { expect, it, vi } from 'vitest';

/** Whatever is read of it or called on it is more of the same; who listens to what is noted. */
const anything = (path: string, noted: string[]): object =>
  new Proxy(() => undefined, {
    get: (_, key) =>
      key === 'addListener'
        ? () => void noted.push(path)
        : anything([path, String(key)].filter(name => name !== '').join('.'), noted),
    apply: () => undefined,
  });

it('listens to everything in its very first turn, and starts', async () => {
  const noted: string[] = [];
  let firstTurn: readonly string[] = [];
  vi.doMock('webextension-polyfill', () => ({ default: anything('', noted) }));
  vi.stubGlobal('addEventListener', (event: string) => void noted.push(event));
  vi.doMock('./background.ts', () => ({
    createBackground: () => {
      // Before anything that the worker itself might put off: this microtask is the first.
      queueMicrotask(() => {
        firstTurn = [...noted];
      });
      return { tabs: anything('', []), start: () => void noted.push('started') };
    },
  }));
  await import('./worker.ts');
  vi.unstubAllGlobals();
  expect([...new Set(firstTurn)].sort()).toEqual([
    'action.onClicked',
    'alarms.onAlarm',
    'commands.onCommand',
    'contextMenus.onClicked',
    'cookies.onChanged',
    'idle.onStateChanged',
    'notifications.onButtonClicked',
    'notifications.onClicked',
    'online',
    'permissions.onAdded',
    'permissions.onRemoved',
    'runtime.onInstalled',
    'runtime.onMessage',
    'runtime.onStartup',
    'runtime.onUpdateAvailable',
    'started',
    'storage.onChanged',
    'tabs.onAttached',
    'tabs.onCreated',
    'tabs.onDetached',
    'tabs.onRemoved',
    'tabs.onReplaced',
    'tabs.onUpdated',
    'windows.onRemoved',
  ]);
});
