import { useId } from 'preact/hooks';
import type { Settings } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { Locked } from './locked.tsx';
import { Saved } from './saved.tsx';
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
  const id = useId();
  const { shown, change, saving } = useSaving(chosen, onChange);
  const offers = [
    ['popup', say('toolbarPopup')],
    ['log-off', say('toolbarLogOff')],
  ] as const;

  return (
    <fieldset class="radios" disabled={locked} aria-describedby={locked ? id : undefined}>
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
      {locked && <Locked id={id} />}
    </fieldset>
  );
}
