import { here } from '../ui/here.ts';
import { Choice } from './choice.tsx';
import { Section } from './section.tsx';

type KeepRunningProps = {
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => Promise<void>;
};

/** Whether the browser runs on after its last window. The permission itself is what is stored. Chromium only. */
export function KeepRunning({ isOn, onChange }: KeepRunningProps) {
  const { say } = here;
  return (
    <Section title={say('keepRunningTitle')}>
      <Choice
        name="keepRunning"
        label={say('keepRunning')}
        hint={say('keepRunningHint')}
        checked={isOn}
        onChange={onChange}
      />
    </Section>
  );
}
