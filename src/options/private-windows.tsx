import type { Face } from '../browser/face.ts';
import { here } from '../ui/here.ts';
import { Section } from './section.tsx';
import { WithAddress } from './with-address.tsx';

type PrivateWindowsProps = {
  readonly privateWindows: Face['privateWindows'];
  readonly vendor: 'chromium' | 'firefox';
};

/** Whether private windows are covered, and what that means. */
export function PrivateWindows({ privateWindows, vendor }: PrivateWindowsProps) {
  const { say } = here;
  const address = vendor === 'firefox' ? 'about:addons' : 'chrome://extensions';
  return (
    <Section title={say('privateTitle')}>
      <p>{say(privateWindows === 'allowed' ? 'privateAllowed' : 'privateNotAllowed')}</p>
      {privateWindows === 'not-allowed' && (
        <WithAddress
          words={say(vendor === 'firefox' ? 'privateFirefox' : 'privateChrome', address)}
          address={address}
        />
      )}
      <ul class="points">
        <li>{say('privateEnd')}</li>
        <li>{say('privateMemory')}</li>
        <li>{say('privateAfterCrash')}</li>
      </ul>
    </Section>
  );
}
