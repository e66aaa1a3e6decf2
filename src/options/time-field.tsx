import { useState } from 'preact/hooks';
import { timeOfDay } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { Locked } from './locked.tsx';
import { Saved } from './saved.tsx';
import { useSaving } from './use-saving.ts';

type TimeFieldProps = {
  readonly label: string;
  readonly hint: string;
  /** `HH:MM` */
  readonly value: string;
  readonly onChange: (value: string) => Promise<void>;
  /** Set by an administrator. */
  readonly locked: boolean;
  /** The setting it changes: a hook for tests. */
  readonly name: string;
};

/** A time of day, stored once it is complete. */
export function TimeField({ label, hint, value, locked, onChange, name }: TimeFieldProps) {
  const { say, times } = here;
  const id = useUniqueId();
  const { shown, change, saving } = useSaving(value, onChange);
  const [complaining, setComplaining] = useState(false);

  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        class="input"
        type="time"
        id={id}
        name={name}
        value={shown}
        required
        aria-invalid={complaining}
        disabled={locked}
        aria-describedby={locked ? `${id}-hint ${id}-locked` : `${id}-hint`}
        onChange={event => {
          const wanted = event.currentTarget.value;
          const complete = timeOfDay.test(wanted);
          setComplaining(!complete);
          if (complete && wanted !== shown) change(wanted);
        }}
      />
      <Saved saving={complaining ? undefined : saving} />
      <p class={complaining ? 'hint complaint' : 'hint muted'} id={`${id}-hint`} role="status">
        {complaining ? say('timeInvalid', times.timeOfDay(shown)) : hint}
      </p>
      {locked && <Locked id={`${id}-locked`} />}
    </div>
  );
}
