import type { Settings } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { Saved } from './saved.tsx';
import { useSaving } from './use-saving.ts';

type Click = Settings['toolbarClick'];
type ToolbarClickProps = {
  readonly chosen: Click;
  readonly onChange: (chosen: Click) => Promise<void>;
};

/** What a click on the toolbar button does. */
export function ToolbarClick({ chosen, onChange }: ToolbarClickProps) {
  const { say } = here;
  const { shown, change, saving } = useSaving(chosen, onChange);
  const offers = [
    ['popup', say('toolbarPopup')],
    ['log-off', say('toolbarLogOff')],
  ] as const;

  return (
    <fieldset class="radios">
      <legend>
        {say('toolbarClick')} <Saved saving={saving} />
      </legend>
      {offers.map(([value, words]) => (
        <label key={value}>
          <input
            type="radio"
            name="toolbarClick"
            value={value}
            checked={shown === value}
            onChange={() => change(value)}
          />
          {words}
        </label>
      ))}
      {shown === 'log-off' && <p class="muted hint">{say('toolbarHint')}</p>}
    </fieldset>
  );
}
