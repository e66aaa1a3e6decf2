import { useId, useState } from 'preact/hooks';
import { maxGraceSeconds } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { parseGrace } from './grace.ts';
import { Saved } from './saved.tsx';
import { useSaving } from './use-saving.ts';

type GraceFieldProps = {
  readonly seconds: number;
  readonly onChange: (seconds: number) => Promise<void>;
};

/** How long to wait after the last tab. A number is stored once it is complete; one that is not on offer is explained. */
export function GraceField({ seconds, onChange }: GraceFieldProps) {
  const { say, times } = here;
  const id = useId();
  const { shown, change, saving } = useSaving(seconds, onChange);
  const [draft, setDraft] = useState<string>();
  const [complaining, setComplaining] = useState(false);
  const [least, most] = [times.number(0), times.number(maxGraceSeconds)];

  return (
    <div class="grace">
      <label for={id}>{say('grace')}</label>
      <input
        type="number"
        id={id}
        name="graceSeconds"
        min={0}
        max={maxGraceSeconds}
        step={1}
        value={draft ?? String(shown)}
        aria-invalid={complaining}
        aria-describedby={`${id}-hint`}
        onInput={event => {
          setDraft(event.currentTarget.value);
          if (parseGrace(event.currentTarget.value) !== undefined) setComplaining(false);
        }}
        onChange={event => {
          const wanted = parseGrace(event.currentTarget.value);
          setComplaining(wanted === undefined);
          if (wanted === undefined) return;
          setDraft(undefined);
          if (wanted !== shown) change(wanted);
        }}
      />
      <Saved saving={complaining ? undefined : saving} />
      <p class={complaining ? 'hint complaint' : 'hint muted'} id={`${id}-hint`} role="status">
        {complaining
          ? say('graceInvalid', least, most, times.number(seconds))
          : say('graceHint', least, most)}
      </p>
    </div>
  );
}
