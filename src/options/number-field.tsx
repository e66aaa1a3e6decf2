import { useState } from 'preact/hooks';
import { here } from '../ui/here.ts';
import { useUniqueId } from '../ui/use-unique-id.ts';
import { Locked } from './locked.tsx';
import { Saved } from './saved.tsx';
import { useSaving } from './use-saving.ts';
import { type Bounds, parseWholeNumber } from './whole-number.ts';

type NumberFieldProps = Bounds & {
  /** Names the unit. */
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly onChange: (value: number) => Promise<void>;
  /** Set by an administrator. */
  readonly locked: boolean;
  /** The setting it changes: a hook for tests. */
  readonly name: string;
};

/** A number, stored once it is complete; one that is not on offer is explained. */
export function NumberField({ label, hint, value, least, most, locked, onChange, name }: NumberFieldProps) {
  const { say, times } = here;
  const id = useUniqueId();
  const { shown, change, saving } = useSaving(value, onChange);
  const [draft, setDraft] = useState<string>();
  const [complaining, setComplaining] = useState(false);
  const parse = (text: string) => parseWholeNumber(text, { least, most });

  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        class="input"
        type="number"
        id={id}
        name={name}
        min={least}
        max={most}
        step={1}
        value={draft ?? String(shown)}
        aria-invalid={complaining}
        disabled={locked}
        aria-describedby={locked ? `${id}-hint ${id}-locked` : `${id}-hint`}
        onInput={event => {
          setDraft(event.currentTarget.value);
          if (parse(event.currentTarget.value) !== undefined) setComplaining(false);
        }}
        onChange={event => {
          const wanted = parse(event.currentTarget.value);
          setComplaining(wanted === undefined);
          if (wanted === undefined) return;
          setDraft(undefined);
          if (wanted !== shown) change(wanted);
        }}
      />
      <Saved saving={complaining ? undefined : saving} />
      <p class={complaining ? 'hint complaint' : 'hint muted'} id={`${id}-hint`} role="status">
        {complaining
          ? say('numberInvalid', times.number(least), times.number(most), times.number(value))
          : hint}
      </p>
      {locked && <Locked id={`${id}-locked`} />}
    </div>
  );
}
