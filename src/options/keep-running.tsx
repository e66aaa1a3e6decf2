import { here } from '../ui/here.ts';
import { Choice } from './choice.tsx';
import { Section } from './section.tsx';

type KeepRunningProps = {
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => Promise<void>;
  readonly vendor: 'chromium' | 'firefox';
};

/** Whether the browser runs on after its last window. The permission itself is what is stored; Firefox has none for it. */
export function KeepRunning({ isOn, onChange, vendor }: KeepRunningProps) {
  const { say } = here;
  return (
    <Section title={say('keepRunningTitle')}>
      <Choice
        name="keepRunning"
        label={say('keepRunning')}
        hint={say(vendor === 'firefox' ? 'keepRunningNotInFirefox' : 'keepRunningHint')}
        checked={isOn}
        disabled={vendor === 'firefox'}
        onChange={onChange}
      />
    </Section>
  );
}
