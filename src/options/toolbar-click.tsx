import type { Settings } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { Radios } from './radios.tsx';
import { useSaving } from './use-saving.ts';

type Click = Settings['toolbarClick'];
type ToolbarClickProps = {
  readonly chosen: Click;
  /** Set by an administrator. */
  readonly locked: boolean;
  readonly onChange: (chosen: Click) => Promise<void>;
};

/** What a click on the toolbar button does. */
export function ToolbarClick({ chosen, locked, onChange }: ToolbarClickProps) {
  const { say } = here;
  const { shown, change, saving } = useSaving(chosen, onChange);

  return (
    <Radios
      name="toolbarClick"
      legend={say('toolbarClick')}
      offers={[
        { value: 'popup', label: say('toolbarPopup') },
        { value: 'log-off', label: say('toolbarLogOff'), hint: say('toolbarHint') },
      ]}
      chosen={shown}
      onChoose={change}
      saving={saving}
      locked={locked}
    />
  );
}
