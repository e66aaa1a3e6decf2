import type { Shortcut } from '../src/browser/shortcuts.ts';
import { OptionsPage } from '../src/options/options-page.tsx';
import { callbacksOf } from './callbacks.ts';
import { exhibit } from './show.ts';

const keys: readonly Shortcut[] = [
  { command: 'log-off', keys: 'Alt+Shift+L' },
  { command: 'log-off-everywhere', keys: '' },
  { command: 'stay-once', keys: '' },
];

exhibit('options', ({ answers, vendor = 'chromium' }) => {
  // Browsers let a page copy in a real click only.
  const writeText = async () => {
    if (answers?.clipboard === 'denied') throw new DOMException('Not now', 'NotAllowedError');
  };
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  const callbacks = {
    ...callbacksOf(answers),
    shortcuts: async () => keys,
    openShortcuts: async () => {
      if (answers?.shortcutPage === 'refused') throw new Error('Illegal URL');
    },
    keepRunning: async () => undefined,
    logOnForDrill: async () => ({ is: 'begun' }) as const,
    drillWith: async () => answers?.drillWith ?? ({ is: 'begun' } as const),
  };
  return face => (
    <OptionsPage {...callbacks} face={face} ownId="abcdefghijklmnopabcdefghijklmnop" vendor={vendor} />
  );
});
