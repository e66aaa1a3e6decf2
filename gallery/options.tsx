import { OptionsPage } from '../src/options/options-page.tsx';
import { callbacksOf } from './callbacks.ts';
import { exhibit } from './show.ts';

exhibit('options', ({ face, answers, vendor = 'chromium' }) => (
  <OptionsPage
    {...callbacksOf(answers)}
    face={face}
    shortcuts={async () => [
      { command: 'log-off', keys: 'Alt+Shift+L' },
      { command: 'log-off-everywhere', keys: '' },
      { command: 'stay-once', keys: '' },
    ]}
    openShortcuts={async () => undefined}
    ownId="abcdefghijklmnopabcdefghijklmnop"
    keepRunning={async () => undefined}
    vendor={vendor}
  />
));
