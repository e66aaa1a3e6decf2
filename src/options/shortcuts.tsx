import { useEffect, useState } from 'preact/hooks';
import type { Shortcut } from '../browser/shortcuts.ts';
import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import type { Say } from '../ui/language.ts';
import { WithAddress } from './with-address.tsx';

export type ShortcutsProps = {
  readonly shortcuts: () => Promise<readonly Shortcut[]>;
  readonly openShortcuts: () => Promise<void>;
  readonly vendor: 'chromium' | 'firefox';
};

/** Which keys do what. They are changed on a page of the browser's own. */
export function Shortcuts({ shortcuts, openShortcuts, vendor }: ShortcutsProps) {
  const { say } = here;
  const [list, setList] = useState<readonly Shortcut[]>([]);
  const [opened, setOpened] = useState<'failed'>();
  const address = vendor === 'firefox' ? 'about:addons' : 'chrome://extensions/shortcuts';

  useEffect(() => {
    const read = (): void => void shortcuts().then(setList, () => undefined);
    read();
    // Whoever has changed them comes back to this page.
    addEventListener('focus', read);
    return () => removeEventListener('focus', read);
  }, []);

  return (
    <>
      <dl class="shortcuts">
        {list.map(({ command, keys }) => (
          <div key={command}>
            <dt>{words(command, say)}</dt>
            <dd>{keys === '' ? <span class="muted">{say('shortcutNone')}</span> : <kbd>{keys}</kbd>}</dd>
          </div>
        ))}
      </dl>
      <Button does="open-shortcuts" onPress={() => void openShortcuts().catch(() => setOpened('failed'))}>
        {say('shortcutChange')}
      </Button>
      {opened === 'failed' && (
        <WithAddress
          words={say(vendor === 'firefox' ? 'shortcutFirefox' : 'shortcutChrome', address)}
          address={address}
        />
      )}
    </>
  );
}

function words(command: Shortcut['command'], say: Say): string {
  switch (command) {
    case 'log-off':
      return say('commandLogOff');
    case 'log-off-everywhere':
      return say('menuLogOffEverywhere');
    case 'stay-once':
      return say('stayOnce');
    default:
      return command satisfies never;
  }
}
